//! From the chosen letters to paper, and what follows from it.

use crate::main_job::{BUREAUS, bureau, everyone, items, on_paper, ready_client, request};
use desk::contract::{
    AgreementState, ChannelCode, CorrespondenceRow, DeskEvent, Empty, FaxSend, FollowUpFilter, FollowUpSet, Id,
    LetterStage, ManifestFormat, OutboxKind, OutboxQuery, OutboxStage, OutcomeCode, PrintRunConfirm, PrintRunManifest,
    PrintRunStage, PrintRunStart, ProblemCode, SentByCode,
};
use desk::{Clock, Desk};
use desk_tests::{Office, RunningClock, StoppedClock, code, portal, signed_in_and_synced};
use domain::gate::{Review, ReviewChannel};
use domain::{LetterId, SentBy};
use practice_portal::AcceptedKind;
use std::sync::Arc;
use store::KeptLetter;

/// Letters of several clients to their bureaus.
async fn letters(desk: &Desk, wanted: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for client in everyone(desk).await.into_iter().filter(|c| c.agreement == AgreementState::Signed) {
        let chosen: Vec<_> = items(desk, &client).await.into_iter().filter(|item| item.bureau.is_some()).collect();
        if ids.len() < wanted && !chosen.is_empty() {
            let ask = request(desk, &client, &chosen[..1], BUREAUS.into_iter().map(bureau).collect()).await;
            ids.extend(desk.letter_prepare(ask).await.unwrap().letters.into_iter().map(|letter| letter.id));
        }
    }
    ids.truncate(wanted);
    assert_eq!(ids.len(), wanted);
    ids
}

fn pages(pdf: &[u8]) -> usize {
    lopdf::Document::load_mem(pdf).unwrap().get_pages().len()
}

#[tokio::test]
async fn a_run_is_one_job_and_on_both_sides_every_letter_begins_on_a_new_sheet() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let ids = letters(&desk, 5).await;
    let printers = desk.printer_list(Empty {}).await.unwrap();
    assert!(printers[0].duplex && printers[0].trays[1].name == "Lower");
    let mut events = desk.events();
    let start = PrintRunStart { duplex: true, copies: 2, tray: Some("Lower".into()), ..on_paper(&ids) };
    let run = desk.print_run_start(start.clone()).await.unwrap();
    assert_eq!((run.number, run.letters, run.stage), (1, 5, PrintRunStage::Printed));
    let mut progress = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let DeskEvent::PrintRun(told) = event {
            assert_eq!(told.id, run.id);
            progress.push((told.done, told.total));
        }
    }
    assert_eq!((progress.first(), progress.last()), (Some(&(0, 5)), Some(&(5, 5))));
    {
        let jobs = office.printers.jobs.lock().unwrap();
        assert_eq!(jobs.len(), 1);
        assert_eq!((jobs[0].duplex, jobs[0].copies, jobs[0].tray.as_deref()), (true, 2, Some("Lower")));
        assert_eq!(pages(&jobs[0].pdf), 2 * usize::try_from(run.sheets).unwrap());
    }

    let one_sided = desk.print_run_start(on_paper(&ids)).await.unwrap();
    let again = desk.print_run_start(on_paper(&ids)).await.unwrap();
    let why = desk.letter_why(Id { id: ids[0].clone() }).await.unwrap();
    assert_eq!(why.releases.len(), 3, "each run is somebody's decision");
    assert!(why.releases.iter().all(|release| !release.fax && release.by == why.author), "{:?}", why.releases);
    assert!(why.fonts.iter().any(|face| face.contains("Tinos")), "{:?}", why.fonts);
    let jobs = office.printers.jobs.lock().unwrap();
    assert_eq!(jobs[1].pdf, jobs[2].pdf, "two runs of the same letters are the same bytes");
    assert_eq!(pages(&jobs[1].pdf), usize::try_from(one_sided.pages).unwrap());
    assert_eq!((one_sided.sheets, again.number), (one_sided.pages, 3));
}

#[tokio::test]
async fn good_letters_are_mailed_filed_and_followed_up_and_only_the_jammed_ones_are_printed_again() {
    let office = Office { clock: Arc::new(RunningClock::default()), ..Office::default() };
    let portal = portal(30).await;
    let desk = signed_in_and_synced(&office, &portal).await;
    let ids = letters(&desk, 4).await;
    let run = desk.print_run_start(on_paper(&ids)).await.unwrap();
    assert_eq!(desk.today_get(Empty {}).await.unwrap().to_confirm.len(), 1);
    let stranger = PrintRunConfirm { id: run.id.clone(), jammed: vec!["x".into()], mailed_on: None, file: true };
    assert_eq!(code(desk.print_run_confirm(stranger).await), ProblemCode::BadRequest);
    let confirm = PrintRunConfirm {
        id: run.id.clone(),
        jammed: vec![ids[1].clone()],
        mailed_on: Some("2026-11-23".into()),
        file: true,
    };
    let done = desk.print_run_confirm(confirm.clone()).await.unwrap();
    assert_eq!((done.detail.run.stage, done.detail.run.jammed), (PrintRunStage::Confirmed, 1));
    let came_out: Vec<_> = done.detail.letters.iter().map(|letter| letter.came_out).collect();
    assert_eq!(came_out, [Some(true), Some(false), Some(true), Some(true)]);
    assert_eq!((done.follow_ups.len(), done.queued), (3, 6));
    let follow_up = &done.follow_ups[0];
    assert_eq!((follow_up.sent_by, follow_up.sent_on.as_str()), (SentByCode::Mail, "2026-11-23"));
    // Five days in the mail and thirty for the answer.
    assert_eq!((follow_up.due_on.as_str(), follow_up.estimated, follow_up.days_left), ("2026-12-28", true, 35));
    assert_eq!(code(desk.print_run_confirm(confirm).await), ProblemCode::BadRequest, "once is enough");

    let mut events = desk.events();
    loop {
        let rows = desk.outbox_list(OutboxQuery { over: true, ..OutboxQuery::default() }).await.unwrap();
        if rows.iter().all(|row| row.stage == OutboxStage::Done) {
            assert_eq!(rows.iter().filter(|row| row.kind == Some(OutboxKind::FileLetter)).count(), 3);
            break;
        }
        let _ = events.recv().await;
    }
    let accepted = portal.accepted().await.unwrap();
    assert_eq!(accepted.iter().filter(|it| it.kind == AcceptedKind::Note).count(), 3);
    // Each stands once among what was sent to and for its client, on its day.
    for follow_up in &done.follow_ups {
        let pieces = desk.correspondence_list(Id { id: follow_up.client_id.clone() }).await.unwrap();
        let mailed: Vec<_> =
            pieces.iter().filter(|piece| piece.letter_id.as_ref() == Some(&follow_up.letter_id)).collect();
        let [piece] = mailed.as_slice() else { panic!("once: {mailed:?}") };
        assert_eq!((piece.channel, &piece.recipient), (ChannelCode::Letter, &follow_up.recipient_name));
        assert_eq!((piece.sent_on.as_deref(), &piece.pending), (Some("2026-11-23"), &None));
        assert_eq!(piece.item_id.as_ref(), Some(&follow_up.items[0].item_id));
        let day = |piece: &CorrespondenceRow| piece.created_at.clone().or(piece.sent_on.clone());
        assert!(pieces.iter().map(day).is_sorted_by(|one, next| one >= next), "newest first");
    }

    let again = desk.print_run_reprint(Id { id: run.id.clone() }).await.unwrap();
    assert_eq!((again.letters, again.reprint_of), (1, Some(1)));
    let detail = desk.print_run_get(Id { id: again.id.clone() }).await.unwrap();
    assert_eq!(detail.letters[0].letter_id, ids[1]);
    let good = PrintRunConfirm { id: again.id.clone(), jammed: vec![], mailed_on: None, file: false };
    assert_eq!(desk.print_run_confirm(good).await.unwrap().follow_ups.len(), 1);
    assert_eq!(code(desk.print_run_reprint(Id { id: again.id }).await), ProblemCode::BadRequest);
    assert_eq!(desk.today_get(Empty {}).await.unwrap().awaited, 4);
}

#[tokio::test]
async fn a_manifest_names_every_letter_with_sheets_weight_and_postage() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let ids = letters(&desk, 5).await;
    let run = desk.print_run_start(on_paper(&ids)).await.unwrap();
    let detail = desk.print_run_get(Id { id: run.id.clone() }).await.unwrap();
    let out = office.folder.path().join("Print run 1.csv");
    *office.dialogs.answer.lock().unwrap() = Some(out.clone());
    let ask = PrintRunManifest { id: run.id.clone(), format: ManifestFormat::Csv };
    assert_eq!(desk.print_run_manifest(ask).await.unwrap().files.len(), 1);
    let text = std::fs::read_to_string(&out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 6);
    for (line, letter) in lines[1..].iter().zip(&detail.letters) {
        for cell in [&letter.client_name, &letter.recipient_name, &letter.destination, &letter.ounces, &letter.postage]
        {
            assert!(line.contains(&format!("\"{cell}\"")), "{line}");
        }
    }
    assert_eq!(detail.letters[0].postage, "Letter, 1 oz");
    let pdf = office.folder.path().join("run.pdf");
    desk.print_run_manifest_to(&run.id, ManifestFormat::Pdf, &pdf).await.unwrap();
    let bytes = std::fs::read(&pdf).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    let again = office.folder.path().join("again.pdf");
    desk.print_run_manifest_to(&run.id, ManifestFormat::Pdf, &again).await.unwrap();
    assert_eq!(std::fs::read(again).unwrap(), bytes);
}

#[tokio::test]
async fn a_run_that_fails_or_is_cancelled_printed_nothing_and_says_so() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let ids = letters(&desk, 3).await;
    *office.printers.refuses.lock().unwrap() = true;
    assert_eq!(code(desk.print_run_start(on_paper(&ids)).await), ProblemCode::PrintFailed);
    let runs = desk.print_run_list(Empty {}).await.unwrap();
    assert_eq!(runs[0].stage, PrintRunStage::Failed);
    assert!(runs[0].failure.as_ref().unwrap().contains("out of toner"));
    *office.printers.refuses.lock().unwrap() = false;

    // Cancelled while the job is put together: the first progress is told before the first letter is read.
    let mut events = desk.events();
    let (running, start) = (desk.clone(), on_paper(&ids));
    let printing = tokio::spawn(async move { running.print_run_start(start).await });
    loop {
        if let Ok(DeskEvent::PrintRun(_)) = events.recv().await {
            desk.print_run_cancel(Empty {}).await.unwrap();
            break;
        }
    }
    let outcome = printing.await.unwrap();
    let runs = desk.print_run_list(Empty {}).await.unwrap();
    match outcome {
        Err(error) => {
            assert_eq!(error.problem().code, ProblemCode::Cancelled);
            assert_eq!(runs[0].stage, PrintRunStage::Cancelled);
            assert!(office.printers.jobs.lock().unwrap().is_empty());
        }
        // The job was faster than the cancel: then it was printed, and says so.
        Ok(run) => assert_eq!((run.stage, office.printers.jobs.lock().unwrap().len()), (PrintRunStage::Printed, 1)),
    }
    assert_eq!(
        code(desk.print_run_start(PrintRunStart { copies: 0, ..on_paper(&ids) }).await),
        ProblemCode::BadRequest
    );
}

#[tokio::test]
async fn a_run_that_was_cut_short_asks_after_a_restart_what_came_out() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let run = desk.print_run_start(on_paper(&letters(&desk, 2).await)).await.unwrap();
    desk.close().await;
    office
        .in_the_cache(async |store| {
            let mut write = store.write().await.unwrap();
            write.move_print_run(&run.id, domain::PrintRunState::Printing, None, None).await.unwrap();
            write.commit().await.unwrap();
        })
        .await;
    let desk = office.desk().await;
    let asked = loop {
        let asked = desk.print_run_list(Empty {}).await.unwrap().remove(0);
        if asked.stage != PrintRunStage::Printing {
            break asked;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(asked.stage, PrintRunStage::Printed);
    assert!(asked.failure.unwrap().contains("say which letters came out"));
    let confirm = PrintRunConfirm { id: run.id, jammed: vec![], mailed_on: None, file: false };
    assert_eq!(desk.print_run_confirm(confirm).await.unwrap().follow_ups.len(), 2);
}

#[tokio::test]
async fn receipt_and_outcomes_are_recorded_and_the_items_show_them() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, chosen) = ready_client(&desk).await;
    let ask = request(&desk, &client, &chosen, BUREAUS.into_iter().map(bureau).collect()).await;
    let ids: Vec<String> =
        desk.letter_prepare(ask).await.unwrap().letters.into_iter().map(|letter| letter.id).collect();
    let run = desk.print_run_start(on_paper(&ids)).await.unwrap();
    let confirm = PrintRunConfirm { id: run.id, jammed: vec![], mailed_on: Some("2026-10-01".into()), file: false };
    desk.print_run_confirm(confirm).await.unwrap();
    let filter = || FollowUpFilter { client_id: Some(client.id.clone()), closed: true };
    let listed = desk.follow_up_list(filter()).await.unwrap();
    assert_eq!(listed.len(), 3);
    assert!(listed.iter().all(|row| row.days_left == -18 && row.open));
    assert_eq!(desk.today_get(Empty {}).await.unwrap().due.len(), 3, "overdue answers are today's work");

    let set = |received: Option<&str>, extended| FollowUpSet {
        letter_id: ids[0].clone(),
        received_on: received.map(str::to_owned),
        extended,
    };
    assert_eq!(code(desk.follow_up_set(set(Some("2026-09-30"), false)).await), ProblemCode::BadRequest);
    assert_eq!(code(desk.follow_up_set(set(Some("2026-12-30"), false)).await), ProblemCode::BadRequest);
    let received = desk.follow_up_set(set(Some("2026-10-08"), true)).await.unwrap();
    assert_eq!((received.due_on.as_str(), received.estimated), ("2026-11-22", false));

    let item = received.items[0].item_id.clone();
    let outcome =
        |outcome| desk::contract::FollowUpOutcome { letter_id: ids[0].clone(), item_ids: vec![item.clone()], outcome };
    assert!(!desk.follow_up_outcome(outcome(Some(OutcomeCode::Deleted))).await.unwrap().open);
    let rows = desk.item_list(Id { id: client.id.clone() }).await.unwrap();
    let row = rows.iter().find(|row| row.id == item).unwrap();
    assert_eq!((row.rounds, row.last_outcome, row.awaited), (1, Some(OutcomeCode::Deleted), false));
    assert!(desk.follow_up_outcome(outcome(None)).await.unwrap().open, "an outcome can be taken back");
    let unknown = desk::contract::FollowUpOutcome { item_ids: vec!["x".into()], ..outcome(Some(OutcomeCode::Deleted)) };
    assert_eq!(code(desk.follow_up_outcome(unknown).await), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_fax_that_the_portal_took_opens_its_follow_up() {
    let office = Office { clock: Arc::new(RunningClock::default()), ..Office::default() };
    let portal = portal(12).await;
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, chosen) = ready_client(&desk).await;
    let ask = request(&desk, &client, &chosen[..1], vec![bureau(chosen[0].bureau.unwrap())]).await;
    let letter = desk.letter_prepare(ask).await.unwrap().letters.remove(0);
    let mut events = desk.events();
    let fax = FaxSend {
        letter_ids: vec![letter.id.clone()],
        numbers: [(letter.id.clone(), "(888) 555-0100".to_owned())].into(),
        cover: false,
        again: false,
    };
    assert_eq!(desk.fax_send(fax).await.unwrap().problems, []);
    let releases = desk.letter_why(Id { id: letter.id.clone() }).await.unwrap().releases;
    assert!(matches!(releases.as_slice(), [release] if release.fax), "{releases:?}");
    let filter = || FollowUpFilter { client_id: Some(client.id.clone()), closed: false };
    let follow_up = loop {
        if let Some(row) = desk.follow_up_list(filter()).await.unwrap().into_iter().next() {
            break row;
        }
        let _ = events.recv().await;
    };
    assert_eq!((follow_up.sent_by, follow_up.letter_id), (SentByCode::Fax, letter.id.clone()));
    let today = desk.today_get(Empty {}).await.unwrap();
    assert_eq!((today.awaited, today.to_print.len() + today.to_review.len()), (1, 0), "what is faxed waits no more");
    let stages: Vec<LetterStage> =
        desk.letter_list(Default::default()).await.unwrap().iter().map(|l| l.stage).collect();
    assert_eq!(stages, [LetterStage::Prepared]);
}

#[tokio::test]
async fn the_day_counts_all_that_is_due_and_waits_and_lists_the_first_of_it() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, chosen) = ready_client(&desk).await;
    let ask = request(&desk, &client, &chosen[..1], vec![bureau(chosen[0].bureau.unwrap())]).await;
    let made = desk.letter_prepare(ask).await.unwrap().letters.remove(0);
    desk.close().await;
    // The same letter 205 times over: mailed long ago, mailed three weeks ago, not reviewed yet, and reviewed.
    office
        .in_the_cache(async |store| {
            let record = store.letter(&LetterId(made.id.clone())).await.unwrap().unwrap();
            let pdf = store.letter_pdf(&record.letter.id).await.unwrap().unwrap();
            let now = StoppedClock.now();
            let review =
                Review { channel: ReviewChannel::InPerson, on: StoppedClock.today(), recorded: now, by: "Ada".into() };
            let mut write = store.write().await.unwrap();
            for number in 0..4 * 205 {
                let mut record = record.clone();
                let id = LetterId(format!("{number}"));
                record.letter.id = id.clone();
                let wording = "<p>Dear Equifax</p>".to_owned();
                write.add_letter(&KeptLetter { record, enclosures: vec![], pdf: pdf.clone(), wording }).await.unwrap();
                match number % 4 {
                    0 => write.open_follow_up(&id, SentBy::Mail, "2026-10-01".parse().unwrap(), now).await.unwrap(),
                    1 => write.open_follow_up(&id, SentBy::Mail, "2026-10-26".parse().unwrap(), now).await.unwrap(),
                    2 => {}
                    _ => write.set_letter_review(&id, Some(&review)).await.unwrap(),
                }
            }
            write.commit().await.unwrap();
        })
        .await;
    let desk = office.desk().await;
    let today = desk.today_get(Empty {}).await.unwrap();
    assert_eq!((today.due.len(), today.due_total, today.overdue, today.awaited), (200, 410, 205, 410));
    assert!(today.due.iter().all(|row| row.days_left < 0), "the most overdue first");
    // The letter that they were made from waits for its review, too.
    assert_eq!((today.to_review.len(), today.to_review_total), (200, 206));
    assert_eq!((today.to_print.len(), today.to_print_total), (200, 205));
}
