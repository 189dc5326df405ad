use super::*;
use crate::{AttachmentId, ClientId, IntentId, LetterId, NoteId};
use jiff::{SignedDuration, Timestamp};

const RULES: Rules = Rules {
    first_wait: SignedDuration::from_secs(5),
    longest_wait: SignedDuration::from_mins(15),
    quiet: SignedDuration::from_mins(3),
    between_looks: SignedDuration::from_secs(45),
    most_attempts: 3,
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

fn file() -> FileRef {
    FileRef { hash: "h".into(), name: "letter.pdf".into(), kind: "application/pdf".into(), size: 9, caption: None }
}

fn fax() -> OutboxRow {
    let to = FaxTo::Recipient("Equifax".into());
    let intent = Intent::Fax { file: file(), number: "8885550100".into(), to, item: None, letter: None };
    OutboxRow::new(IntentId("fax".into()), ClientId(1), intent, at(0))
}

fn note() -> OutboxRow {
    OutboxRow::new(IntentId("note".into()), ClientId(1), Intent::CreateNote { text: "Called.".into() }, at(0))
}

fn email() -> OutboxRow {
    let intent = Intent::Email { to: "a@b.c".into(), subject: "S".into(), body: "B".into(), item: None };
    OutboxRow::new(IntentId("mail".into()), ClientId(1), intent, at(0))
}

fn accepted(id: &str) -> Attempt {
    Attempt::Accepted { server_id: Some(id.into()), attachment: None }
}

fn uploaded() -> OutboxRow {
    let attempt = Attempt::Accepted { server_id: None, attachment: Some(AttachmentId(7)) };
    fax().begin(at(1)).unwrap().attempted(attempt, at(2), &RULES, 0)
}

/// A fax whose answer was lost.
fn unknown() -> OutboxRow {
    uploaded().begin(at(3)).unwrap().attempted(Attempt::Lost("timed out".into()), at(33), &RULES, 0)
}

fn absent() -> Look {
    Look::Absent { evidence: "no fax with file 7".into() }
}

fn found() -> Look {
    Look::Found { server_id: Some("12".into()), evidence: "fax 12 has file 7".into() }
}

#[test]
fn a_chain_carries_the_files_key_to_the_call_that_uses_it() {
    assert_eq!((fax().step, note().step), (Step::Upload, Step::Act));
    let row = uploaded();
    assert_eq!((row.state, row.step, row.attachment), (OutboxState::Queued, Step::Act, Some(AttachmentId(7))));
    assert_eq!(row.turn(at(2)), Turn::Send);
    let done = row.begin(at(3)).unwrap().attempted(accepted("12"), at(4), &RULES, 0);
    assert_eq!((done.state, done.server_id.as_deref()), (OutboxState::Done, Some("12")));
    assert_eq!(done.turn(at(9)), Turn::Over);
}

#[test]
fn what_did_not_leave_waits_longer_each_time_and_counts_no_attempt() {
    let mut row = note();
    let mut waits = Vec::new();
    for _ in 0..9 {
        let now = row.next.unwrap_or(at(0));
        let unreachable = Attempt::NotSent(NotSent::Unreachable("refused".into()));
        row = row.begin(now).unwrap().attempted(unreachable, now, &RULES, 0);
        waits.push(row.next.unwrap().duration_since(now).as_secs());
        assert_eq!((row.state, row.attempts), (OutboxState::Queued, 0));
    }
    assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 640, 900]);
    assert_eq!(row.turn(at(0)), Turn::Wait(row.next.unwrap()));
    assert_eq!(row.trouble.unwrap().kind, TroubleKind::Unreachable);
}

#[test]
fn the_wait_that_the_server_asks_for_wins_and_jitter_only_shortens() {
    let busy = Attempt::NotSent(NotSent::Busy(Some(SignedDuration::from_secs(77))));
    let row = note().begin(at(0)).unwrap().attempted(busy, at(0), &RULES, 255);
    assert_eq!(row.next, Some(at(77)));
    for tries in 0..20 {
        let (full, short) = (RULES.backoff(tries, 0), RULES.backoff(tries, 255));
        assert!(short < full && short >= full * 3 / 4, "{tries}: {short} of {full}");
    }
}

#[test]
fn a_clock_that_was_set_back_makes_nobody_wait_for_hours() {
    let away = Attempt::NotSent(NotSent::Busy(Some(SignedDuration::from_hours(30))));
    let row = note().begin(at(0)).unwrap().attempted(away, at(0), &RULES, 0);
    assert_eq!(row.turn(at(0)), Turn::Wait(at(3600)));
    assert_eq!(row.turn(at(-7200)), Turn::Send);
}

#[test]
fn a_refusal_goes_to_the_agent_and_comes_back_corrected() {
    let mut trouble = Trouble::new(TroubleKind::Refused, "The note text field is required.");
    trouble.fields.insert("note_text".into(), vec!["Required.".into()]);
    let refused = note().begin(at(0)).unwrap().attempted(Attempt::Refused(trouble.clone()), at(1), &RULES, 0);
    assert_eq!(
        (refused.state, refused.turn(at(99)), refused.trouble.as_ref()),
        (OutboxState::Rejected, Turn::Agent, Some(&trouble))
    );
    let edited = refused.edited(Intent::CreateNote { text: "Called twice.".into() }).unwrap();
    assert_eq!((edited.state, edited.turn(at(2)), edited.trouble.as_ref()), (OutboxState::Queued, Turn::Send, None));
    assert_eq!(refused.retried().unwrap().state, OutboxState::Queued);
    assert_eq!(refused.cancelled().unwrap().turn(at(2)), Turn::Over);
}

#[test]
fn a_lost_answer_is_read_back_and_never_simply_sent_again() {
    let row = unknown();
    assert_eq!((row.state, row.turn(at(37)), row.turn(at(38))), (OutboxState::Unknown, Turn::Wait(at(38)), Turn::Look));
    assert_eq!(row.trouble.as_ref().unwrap().kind, TroubleKind::Lost);
    assert!(row.begin(at(40)).is_err() && row.retried().is_err() && row.edited(note().intent).is_err());
    let done = row.looked(found(), false, at(38), &RULES, 0).unwrap();
    assert_eq!((done.state, done.server_id.as_deref()), (OutboxState::Done, Some("12")));
    assert_eq!(done.evidence.last().unwrap().what, "fax 12 has file 7");
}

#[test]
fn absence_counts_only_after_the_quiet_period_and_only_when_seen_twice() {
    let early = unknown().looked(absent(), false, at(40), &RULES, 0).unwrap();
    assert_eq!((early.absences, early.turn(at(41)), early.turn(at(85))), (0, Turn::Wait(at(85)), Turn::Look));
    let once = early.looked(absent(), true, at(300), &RULES, 0).unwrap();
    assert_eq!((once.state, once.absences), (OutboxState::Unknown, 1));
    let twice = once.looked(absent(), true, at(345), &RULES, 0).unwrap();
    assert_eq!((twice.state, twice.step, twice.attachment), (OutboxState::Queued, Step::Act, Some(AttachmentId(7))));
    let late = once.looked(found(), true, at(345), &RULES, 0).unwrap();
    assert_eq!(late.state, OutboxState::Done);
    // A new try begins to count anew.
    let again = twice.begin(at(400)).unwrap().attempted(Attempt::Lost("reset".into()), at(401), &RULES, 0);
    assert_eq!((again.absences, again.attempts), (0, 2));
}

#[test]
fn messages_without_a_mark_are_never_sent_again_by_themselves() {
    let lost = email().begin(at(0)).unwrap().attempted(Attempt::Lost("reset".into()), at(1), &RULES, 0);
    let once = lost.looked(absent(), true, at(300), &RULES, 0).unwrap();
    let twice = once.looked(absent(), true, at(400), &RULES, 0).unwrap();
    assert_eq!((twice.state, twice.turn(at(9999))), (OutboxState::Unknown, Turn::Agent));
    let unclear = lost.looked(Look::Unclear { evidence: "two alike".into() }, true, at(300), &RULES, 0).unwrap();
    assert_eq!(unclear.turn(at(9999)), Turn::Agent);
}

#[test]
fn the_agents_decision_settles_and_a_second_send_has_a_file_of_its_own() {
    let row = unknown();
    let settled = |decision| row.settled(decision, at(50)).unwrap();
    assert_eq!(settled(Decision::WasSent).state, OutboxState::Done);
    assert_eq!(settled(Decision::Cancel).state, OutboxState::Cancelled);
    let again = settled(Decision::SendAgain);
    assert_eq!((again.state, again.step, again.attachment), (OutboxState::Queued, Step::Upload, None));
    assert_eq!(again.decision, Some((Decision::SendAgain, at(50))));
    assert!(note().settled(Decision::WasSent, at(1)).is_err());
}

#[test]
fn what_may_be_repeated_is_repeated_until_the_server_answered_too_often() {
    let lost = || Attempt::Lost("500".into());
    let mut row = fax();
    for attempt in 1..RULES.most_attempts {
        let now = row.next.unwrap_or(at(0));
        row = row.begin(now).unwrap().attempted(lost(), now, &RULES, 0);
        assert_eq!((row.state, row.attempts, row.step), (OutboxState::Queued, attempt, Step::Upload));
    }
    let now = row.next.unwrap();
    let given_up = row.begin(now).unwrap().attempted(lost(), now, &RULES, 0);
    assert_eq!((given_up.state, given_up.trouble.unwrap().kind), (OutboxState::Rejected, TroubleKind::TooManyTries));
}

#[test]
fn a_change_whose_answer_was_lost_goes_again_once_the_first_call_can_only_be_over() {
    let base = NoteBase { note: NoteId(7), text: "One".into() };
    let intent = Intent::UpdateNote { base, text: "Two".into() };
    let sending = OutboxRow::new(IntentId("u".into()), ClientId(1), intent, at(0)).begin(at(1)).unwrap();
    let lost = sending.attempted(Attempt::Lost("timed out".into()), at(10), &RULES, 0);
    for (row, since) in [(lost, 10), (sending.recovered(at(60), &RULES), 60)] {
        assert_eq!((row.state, row.turn(at(since + 179))), (OutboxState::Queued, Turn::Wait(at(since + 180))));
        assert_eq!(row.turn(at(since + 180)), Turn::Send);
    }
}

#[test]
fn after_a_crash_what_was_being_sent_is_unknown_and_an_upload_goes_again() {
    let sending = uploaded().begin(at(3)).unwrap();
    assert_eq!(sending.turn(at(4)), Turn::Agent, "nobody else sends it");
    let row = sending.recovered(at(60), &RULES);
    assert_eq!((row.state, row.attempts, row.turn(at(65))), (OutboxState::Unknown, 0, Turn::Look));
    let upload = fax().begin(at(1)).unwrap().recovered(at(60), &RULES);
    assert_eq!((upload.state, upload.turn(at(60))), (OutboxState::Queued, Turn::Send));
}

#[test]
fn a_portal_that_is_away_leaves_the_unknown_unknown() {
    let row = unknown().looked(Look::NotNow(NotSent::Unreachable("refused".into())), true, at(40), &RULES, 0).unwrap();
    assert_eq!((row.state, row.absences, row.turn(at(41))), (OutboxState::Unknown, 0, Turn::Wait(at(45))));
    assert_eq!(row.trouble.unwrap().kind, TroubleKind::Lost);
}

#[test]
fn the_network_that_is_back_ends_the_wait_for_it_and_no_other() {
    let away = Attempt::NotSent(NotSent::Unreachable("refused".into()));
    let row = note().begin(at(0)).unwrap().attempted(away, at(0), &RULES, 0);
    let hurried = row.hurried(&[TroubleKind::Unreachable]).unwrap();
    assert_eq!((hurried.turn(at(0)), hurried.unreached), (Turn::Send, 0));
    let busy = Attempt::NotSent(NotSent::Busy(Some(SignedDuration::from_secs(9))));
    let asked = note().begin(at(0)).unwrap().attempted(busy, at(0), &RULES, 0);
    assert_eq!(asked.unreached, 0, "the portal was reached");
    assert_eq!(asked.hurried(&[TroubleKind::Unreachable]), None);
    assert_eq!(unknown().hurried(&[TroubleKind::Unreachable]), None, "its first look waits as it should");
    let unread =
        unknown().looked(Look::NotNow(NotSent::Unreachable("refused".into())), true, at(40), &RULES, 0).unwrap();
    assert_eq!(unread.hurried(&[TroubleKind::Unreachable]).unwrap().turn(at(40)), Turn::Look);
}

#[test]
fn the_gate_holds_before_the_first_byte_only() {
    let trouble = Trouble::new(TroubleKind::Held, "The agreement is no longer signed.");
    assert_eq!(fax().hold(trouble.clone()).unwrap().state, OutboxState::Rejected);
    assert!(fax().begin(at(1)).unwrap().hold(trouble).is_err());
}

#[test]
fn an_edit_keeps_an_uploaded_file_and_uploads_another() {
    let Intent::Fax { number, to, .. } = fax().intent else { panic!("a fax") };
    let with = |file: FileRef, number: &str| Intent::Fax {
        file,
        number: number.into(),
        to: to.clone(),
        item: None,
        letter: None,
    };
    let renumbered = uploaded().edited(with(file(), "8885550199")).unwrap();
    assert_eq!((renumbered.step, renumbered.attachment), (Step::Act, Some(AttachmentId(7))));
    let other = uploaded().edited(with(FileRef { hash: "other".into(), ..file() }, &number)).unwrap();
    assert_eq!((other.step, other.attachment), (Step::Upload, None));
}

#[test]
fn every_change_has_its_own_revision() {
    let row = unknown();
    for next in [
        fax().begin(at(1)).unwrap(),
        fax().cancelled().unwrap(),
        row.recovered(at(1), &RULES),
        row.settled(Decision::WasSent, at(1)).unwrap(),
        row.looked(absent(), true, at(1), &RULES, 0).unwrap(),
    ] {
        assert!(next.revision == fax().revision + 1 || next.revision == row.revision + 1);
    }
}

#[test]
fn stored_spellings_are_read_back() {
    for (kind, code) in IntentKind::ALL {
        assert_eq!((IntentKind::from_code(code), kind.code()), (Some(*kind), *code));
    }
    for (kind, code) in TroubleKind::ALL {
        assert_eq!((TroubleKind::from_code(code), kind.code()), (Some(*kind), *code));
    }
    for code in ["queued", "sending", "done", "rejected", "unknown", "cancelled"] {
        assert_eq!(OutboxState::from_code(code).unwrap().code(), code);
    }
    assert_eq!((IntentKind::from_code("gift"), OutboxState::from_code("gone")), (None, None));
}

#[test]
fn evidence_does_not_grow_without_end() {
    let mut row = unknown();
    for round in 0..100 {
        row = row.looked(absent(), false, at(round), &RULES, 0).unwrap();
    }
    assert_eq!((row.evidence.len(), row.evidence.last().unwrap().at), (2, at(99)), "the same seen again is one piece");
    for round in 0..100 {
        let evidence = format!("{round} faxes are listed");
        row = row.looked(Look::Absent { evidence }, false, at(round), &RULES, 0).unwrap();
    }
    assert_eq!((row.evidence.len(), row.evidence.last().unwrap().at), (20, at(99)));
}

#[test]
fn a_row_that_begins_forgets_its_wait_and_what_was_looked_for() {
    let mut row = unknown().looked(absent(), true, at(300), &RULES, 0).unwrap();
    row = row.settled(Decision::SendAgain, at(301)).unwrap();
    (row.next, row.absences) = (Some(at(999)), 1);
    let begun = row.begin(at(302)).unwrap();
    assert_eq!((begun.sent, begun.next, begun.absences), (Some(at(302)), None, 0));
}

#[test]
fn refusals_are_counted_and_whoever_tries_again_begins_anew() {
    let refuse = |row: &OutboxRow| {
        let trouble = Trouble::new(TroubleKind::Refused, "The subject is too long.");
        row.begin(at(1)).unwrap().attempted(Attempt::Refused(trouble), at(2), &RULES, 0)
    };
    let mut row = refuse(&email());
    assert_eq!(row.attempts, 1);
    row.state = OutboxState::Queued;
    row = refuse(&row);
    assert_eq!((row.attempts, row.state), (2, OutboxState::Rejected));
    (row.next, row.unreached) = (Some(at(99)), 4);
    let again = row.retried().unwrap();
    assert_eq!((again.next, again.attempts, again.unreached, again.trouble), (None, 0, 0, None));
    assert_eq!(row.cancelled().unwrap().next, None, "nobody waits for what was given up");
}

#[test]
fn what_the_gate_holds_says_why_and_waits_for_nobody() {
    let mut row = fax();
    row.next = Some(at(99));
    let held = row.hold(Trouble::new(TroubleKind::Held, "The agreement is no longer signed.")).unwrap();
    assert_eq!((held.next, held.trouble.unwrap().message.as_str()), (None, "The agreement is no longer signed."));
}

#[test]
fn only_what_is_done_or_given_up_is_over() {
    let over = |state: OutboxState| state.is_over();
    assert!(over(OutboxState::Done) && over(OutboxState::Cancelled));
    for state in [OutboxState::Queued, OutboxState::Sending, OutboxState::Rejected, OutboxState::Unknown] {
        assert!(!over(state), "{state:?}");
    }
}

#[test]
fn each_kind_says_whether_it_may_be_repeated_and_whether_it_leaves_the_company() {
    let of = |wanted: fn(IntentKind) -> bool| {
        IntentKind::ALL.iter().filter(|(kind, _)| wanted(*kind)).map(|(kind, _)| *kind).collect::<Vec<_>>()
    };
    use IntentKind::{
        AssignGoals, DeleteDocument, DeleteNote, Email, Fax, PostalLetter, RemoveGoals, ReplaceDocument, Sms,
        UnlinkAttachment, UpdateClient, UpdateNote,
    };
    let mut repeatable = of(IntentKind::is_repeatable);
    let mut expected = vec![
        ReplaceDocument,
        DeleteDocument,
        UnlinkAttachment,
        UpdateNote,
        DeleteNote,
        UpdateClient,
        AssignGoals,
        RemoveGoals,
    ];
    repeatable.sort_by_key(|kind| kind.code());
    expected.sort_by_key(|kind| kind.code());
    assert_eq!(repeatable, expected);
    assert_eq!(of(IntentKind::leaves_the_company), [Fax, Email, Sms, PostalLetter]);
}

#[test]
fn a_row_knows_its_file_its_letter_and_whom_it_goes_to() {
    let letter = || LetterId("letter".into());
    let document = DocumentFile { file: file(), kind: "other".into(), subkind: None };
    let to = FaxTo::Furnisher("Bank".into());
    assert_eq!((to.name(), FaxTo::Recipient("Equifax".into()).name()), ("Bank", "Equifax"));
    let fax = Intent::Fax { file: file(), number: "8885550100".into(), to, item: None, letter: Some(letter()) };
    let filed = Intent::FileLetter { document: document.clone(), letter: letter() };
    for intent in [&fax, &filed] {
        assert_eq!((intent.letter(), intent.file()), (Some(&letter()), Some(&file())));
    }
    assert_eq!(Intent::AddDocument(document).file(), Some(&file()));
    let to = FaxTo::Recipient("Equifax".into());
    let record = Intent::RecordFax { file: Some(file()), number: "8885550100".into(), to };
    let signed =
        Intent::CreateAgreement { name: "Service".into(), kind: "main".into(), signed: None, file: Some(file()) };
    assert_eq!((record.file(), signed.file(), record.letter()), (Some(&file()), Some(&file()), None));
    assert_eq!((note().intent.file(), note().intent.letter()), (None, None));
}

#[test]
fn a_paused_row_begins_nothing_until_it_is_resumed() {
    let mut waiting = fax();
    waiting.next = Some(at(99));
    for row in [fax(), uploaded(), waiting] {
        let paused = row.paused().unwrap();
        assert_eq!((paused.turn(at(5)), paused.revision), (Turn::Paused, row.revision + 1));
        assert_eq!(paused.begin(at(5)), Err(OutboxError::Paused));
        let resumed = paused.resumed().unwrap();
        assert_eq!(OutboxRow { revision: row.revision, ..resumed }, row, "it goes on where it stood");
    }
    let paused = note().paused().unwrap();
    assert_eq!(paused.retried().unwrap().turn(at(5)), Turn::Send, "now means now");
    let corrected = paused.edited(Intent::CreateNote { text: "Called twice.".into() }).unwrap();
    assert_eq!(corrected.turn(at(5)), Turn::Paused, "a correction sends nothing by itself");
}

#[test]
fn a_row_that_is_paused_on_its_way_stays_before_its_next_call() {
    let sending = fax().begin(at(1)).unwrap().paused().unwrap();
    let arrived = Attempt::Accepted { server_id: None, attachment: Some(AttachmentId(7)) };
    let after = sending.attempted(arrived, at(2), &RULES, 0);
    assert_eq!((after.step, after.attachment, after.turn(at(3))), (Step::Act, Some(AttachmentId(7)), Turn::Paused));
    let away = sending.attempted(Attempt::NotSent(NotSent::SignIn), at(2), &RULES, 0);
    assert_eq!(away.turn(at(9999)), Turn::Paused);
    let crashed = sending.recovered(at(60), &RULES);
    assert_eq!((crashed.state, crashed.turn(at(9999))), (OutboxState::Queued, Turn::Paused));
    let acting = uploaded().begin(at(3)).unwrap().paused().unwrap();
    let done = acting.attempted(accepted("12"), at(4), &RULES, 0);
    assert_eq!((done.state, done.paused), (OutboxState::Done, false));
    let refused = acting.attempted(Attempt::Refused(Trouble::new(TroubleKind::Refused, "No.")), at(4), &RULES, 0);
    assert_eq!((refused.turn(at(5)), refused.paused), (Turn::Agent, false), "it waits for the agent anyway");
}

#[test]
fn only_the_way_of_a_file_is_cut_without_a_doubt() {
    let sending = fax().begin(at(1)).unwrap().paused().unwrap();
    let cut = sending.attempted(Attempt::Stopped, at(2), &RULES, 0);
    assert_eq!((cut.state, cut.step, cut.attachment, cut.attempts), (OutboxState::Queued, Step::Upload, None, 0));
    assert_eq!((cut.turn(at(2)), cut.trouble.as_ref()), (Turn::Paused, None));
    assert_eq!(cut.resumed().unwrap().turn(at(2)), Turn::Send);
    let acting = uploaded().begin(at(3)).unwrap().attempted(Attempt::Stopped, at(4), &RULES, 0);
    assert_eq!(acting.state, OutboxState::Unknown, "whether the portal took it is read back");
}

#[test]
fn an_unknown_outcome_is_read_back_while_it_is_paused_and_sent_again_only_after() {
    let paused = unknown().paused().unwrap();
    assert_eq!(paused.turn(at(38)), Turn::Look);
    let done = paused.looked(found(), false, at(38), &RULES, 0).unwrap();
    assert_eq!((done.state, done.paused), (OutboxState::Done, false));
    let once = paused.looked(absent(), true, at(300), &RULES, 0).unwrap();
    let twice = once.looked(absent(), true, at(345), &RULES, 0).unwrap();
    assert_eq!((twice.state, twice.turn(at(9999))), (OutboxState::Queued, Turn::Paused));
    let again = paused.settled(Decision::SendAgain, at(50)).unwrap();
    assert_eq!(again.turn(at(50)), Turn::Send, "the agent said so");
}

#[test]
fn what_waits_for_the_agent_or_is_over_is_neither_paused_nor_resumed() {
    let rejected = note().hold(Trouble::new(TroubleKind::Held, "No agreement.")).unwrap();
    assert_eq!(rejected.paused(), Err(OutboxError::NotNow(OutboxState::Rejected)));
    let cancelled = note().paused().unwrap().cancelled().unwrap();
    assert!(!cancelled.paused);
    for over in [cancelled, unknown().settled(Decision::WasSent, at(50)).unwrap()] {
        assert_eq!(over.paused(), Err(OutboxError::NotNow(over.state)));
        assert_eq!(over.resumed(), Err(OutboxError::NotNow(over.state)));
    }
}

#[test]
fn what_is_rescued_from_another_cache_goes_only_when_the_agent_says_so() {
    let rescued = |row: &OutboxRow| row.rescued(false, at(60), &RULES);
    for row in [fax(), uploaded(), fax().begin(at(1)).unwrap()] {
        assert_eq!((rescued(&row).state, rescued(&row).turn(at(9999))), (OutboxState::Queued, Turn::Paused));
    }
    let unknown = rescued(&uploaded().begin(at(3)).unwrap());
    assert_eq!((unknown.state, unknown.turn(at(65))), (OutboxState::Unknown, Turn::Look));
    let absent_twice = unknown.looked(absent(), true, at(300), &RULES, 0).unwrap();
    let absent_twice = absent_twice.looked(absent(), true, at(345), &RULES, 0).unwrap();
    assert_eq!(absent_twice.turn(at(9999)), Turn::Paused);
    let held = fax().hold(Trouble::new(TroubleKind::Held, "No agreement.")).unwrap();
    assert_eq!((rescued(&held).turn(at(99)), rescued(&held).trouble.as_ref()), (Turn::Agent, held.trouble.as_ref()));
    assert!(rescued(&fax()).evidence.last().unwrap().what.contains("set aside"));
}

#[test]
fn a_cache_that_lost_changes_leaves_open_whether_what_counts_was_sent() {
    for row in [fax(), uploaded(), note(), unknown()] {
        let rescued = row.rescued(true, at(60), &RULES);
        assert_eq!((rescued.state, rescued.turn(at(9999))), (OutboxState::Unknown, Turn::Agent));
        assert_eq!(rescued.settled(Decision::SendAgain, at(70)).unwrap().turn(at(70)), Turn::Send);
    }
    let goals = OutboxRow::new(IntentId("g".into()), ClientId(1), Intent::AssignGoals { goals: vec![] }, at(0));
    assert_eq!(goals.rescued(true, at(60), &RULES).turn(at(99)), Turn::Paused, "made twice it leaves the same");
}
