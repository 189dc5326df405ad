//! A long print run to a real queue of CUPS: put together with progress, taken by the print system, and every page there.
//!
//! `DESK_PAPER_LETTERS` says how many. The last line is one JSON object.

use desk::Desk;
use desk::contract::{
    AgreementState, BureauCode, ClientSearch, DeskEvent, Empty, Id, LetterItem, PrepareLetters, PrintRunStart,
    RecipientChoice, RecipientParty,
};
use desk_tests::{Office, portal, signed_in_and_synced};
use platform::SystemPrinters;
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const LETTERS: usize = 5_000;
/// A client has three bureaus at most, and not every client may be written for.
const CLIENTS_A_LETTER: f64 = 0.75;
/// How long the print system may take to bring a job to paper.
const PATIENCE: Duration = Duration::from_mins(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_long_run_prints_to_a_real_queue() {
    let wanted = std::env::var("DESK_PAPER_LETTERS").ok().and_then(|n| n.parse().ok()).unwrap_or(LETTERS);
    let printed = PathBuf::from(std::env::var_os("DESK_PRINTED").expect("`cargo xtask bench paper` sets a printer up"));
    let office = Office { system_printers: Some(Arc::new(SystemPrinters)), ..Office::default() };
    let clients = (wanted as f64 * CLIENTS_A_LETTER).ceil() as u32;
    let portal = portal(clients.max(40)).await;
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;

    let started = Instant::now();
    let ids = letters(&desk, wanted).await;
    let preparing = started.elapsed();
    println!("  {wanted} letters written in {preparing:.1?}");

    let printer = desk.printer_list(Empty {}).await.unwrap().remove(0);
    let mut events = desk.events();
    let start = PrintRunStart { ids, printer: printer.name, tray: None, duplex: false, copies: 1 };
    let started = Instant::now();
    let running = tokio::spawn({
        let desk = desk.clone();
        async move { desk.print_run_start(start).await.unwrap() }
    });
    let (mut told, mut last) = (0, 0);
    while !running.is_finished() {
        let Ok(Ok(event)) = tokio::time::timeout(Duration::from_millis(100), events.recv()).await else { continue };
        if let DeskEvent::PrintRun(progress) = event {
            assert!(progress.done >= last, "progress goes on");
            (told, last) = (told + 1, progress.done);
        }
    }
    let run = running.await.unwrap();
    let taken = started.elapsed();
    println!(
        "  run {} of {} letters, {} pages, taken after {taken:.1?}, progress told {told} times",
        run.number, run.letters, run.pages
    );
    let pages = loop {
        if let Some(pages) = pages(&printed) {
            break pages;
        }
        assert!(started.elapsed() < PATIENCE, "the print system takes longer than {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(500)).await;
    };
    assert_eq!(pages, run.pages, "every page is on paper");
    println!(
        "{}",
        json!({
            "bench": "paper", "letters": run.letters, "pages": pages, "preparing_s": preparing.as_secs_f64(),
            "taken_s": taken.as_secs_f64(), "on_paper_s": started.elapsed().as_secs_f64(), "progress_told": told,
            "peak_mib": peak_mib(),
        })
    );
    desk.close().await;
}

/// A letter for each bureau of each client who may be written for.
async fn letters(desk: &Desk, wanted: usize) -> Vec<String> {
    const PAGE: u32 = 500;
    let template = desk.template_list(Empty {}).await.unwrap().into_iter().find(|t| t.name.contains("611")).unwrap();
    let reason = desk.reason_list(Empty {}).await.unwrap().remove(0);
    let mut ids = Vec::with_capacity(wanted);
    for offset in (0..).step_by(PAGE as usize) {
        let page = desk
            .client_search(ClientSearch { query: String::new(), offset, limit: PAGE, ..ClientSearch::default() })
            .await
            .unwrap();
        assert!(!page.rows.is_empty(), "there are clients enough: {} letters", ids.len());
        for client in page.rows.into_iter().filter(|client| client.agreement == AgreementState::Signed) {
            let items = desk.item_list(Id { id: client.id.clone() }).await.unwrap();
            for bureau in [BureauCode::Equifax, BureauCode::Experian, BureauCode::Transunion] {
                let Some(item) = items.iter().find(|item| item.bureau == Some(bureau) && !item.excluded) else {
                    continue;
                };
                let asked = PrepareLetters {
                    client_id: client.id.clone(),
                    template_id: template.id.clone(),
                    items: vec![LetterItem { item_id: item.id.clone(), reason_id: reason.id.clone() }],
                    recipients: vec![RecipientChoice { party: RecipientParty::Bureau { bureau }, item_ids: None }],
                    unsigned_override: None,
                    enclosures: Vec::new(),
                };
                let done = desk.letter_prepare(asked).await.unwrap();
                ids.extend(done.letters.into_iter().map(|letter| letter.id));
                if ids.len() == wanted {
                    return ids;
                }
            }
        }
    }
    ids
}

/// How many pages the printed file has, once it is there in whole.
fn pages(file: &std::path::Path) -> Option<u32> {
    let info = Command::new("pdfinfo").arg(file).env("LC_ALL", "C").output().ok()?;
    let text = String::from_utf8(info.stdout).ok()?;
    info.status.success().then_some(())?;
    text.lines().find_map(|line| line.strip_prefix("Pages:"))?.trim().parse().ok()
}

/// The most memory that this process had, the practice portal's included.
fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib / 1024)
}
