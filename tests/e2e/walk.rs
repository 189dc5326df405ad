//! The steps of an agent's day, each waiting for what an agent would wait for.

pub(crate) mod dialogs;
pub(crate) mod documents;
pub(crate) mod flow;
pub(crate) mod outbox;

use crate::driver::{Window, until};
use crate::portal::CompanyPortal;
use serde_json::json;
use std::path::Path;
use std::process::Output;
use thirtyfour::prelude::*;
use tokio::process::Command;

/// Moves the focus with Tab until it is on the element with this test id.
async fn tab_to(window: &Window, test_id: &str) {
    for _ in 0..60 {
        let here = window.script("return document.activeElement?.dataset?.testid ?? null;").await;
        if here == json!(test_id) {
            return;
        }
        window.keys(Key::Tab).await;
    }
    panic!("Tab never reaches {test_id}");
}

pub(crate) async fn practice_sign_in(window: &Window) {
    window.find("practice-button").await;
    window.looked_at("sign-in").await;
    tab_to(window, "practice-button").await;
    window.keys(Key::Enter).await;
}

/// Waits until the focus is on the element with this test id, where the window puts it by itself.
async fn focused(window: &Window, test_id: &str) {
    until(&format!("the focus on {test_id}"), async || {
        let here = window.script("return document.activeElement?.dataset?.testid ?? null;").await;
        (here == json!(test_id)).then_some(())
    })
    .await;
}

/// Waits until the last dialog has gone: an open one has the keyboard to itself.
async fn no_dialog(window: &Window) {
    until("the dialog to close", async || window.all("[role='dialog']").await.is_empty().then_some(())).await;
}

/// Waits until the first line of the list in sight has these words: the one that Enter picks.
async fn option(window: &Window, words: &str) {
    let script = "return [...document.querySelectorAll(\"[role='option']\")].find((line) => line.getClientRects().length > 0)?.textContent ?? null;";
    until(&format!("the line {words}"), async || {
        let line = window.script(script).await;
        line.as_str().filter(|line| line.to_lowercase().contains(words)).map(drop)
    })
    .await;
}

/// Opens a page that has no key of its own.
async fn by_palette(window: &Window, words: &str) {
    window.chord(Key::Control, 'k').await;
    window.css("[role='dialog']").await;
    window.keys(words).await;
    option(window, words).await;
    window.keys(Key::Enter).await;
    no_dialog(window).await;
}

/// Types the address and the account as an agent would, from the first field on.
pub(crate) async fn sign_in_by_hand(window: &Window, portal: &CompanyPortal) {
    let account = portal.sign_in();
    let fields = [
        ("portal-address", account.portal),
        ("email", account.email),
        ("password", account.password),
        ("api-key", account.api_key),
    ];
    for (field, value) in fields {
        tab_to(window, field).await;
        window.keys(value).await;
    }
    window.keys(Key::Enter).await;
}

pub(crate) async fn first_pull(window: &Window) {
    window.css("[data-testid='sync-state'][data-kind='synced']").await;
    to_the_clients(window).await;
    window.find("practice-badge").await;
    window.looked_at("clients").await;
}

/// The first page is the day's work.
async fn to_the_clients(window: &Window) {
    window.find("nav-clients").await;
    window.chord(Key::Control, '1').await;
    window.find("client-row").await;
}

/// The client of the walk: found by name, opened with Enter.
pub(crate) async fn search_and_open(window: &Window) {
    to_the_clients(window).await;
    let name = ready_client(window, 0).await;
    search(window, &name).await;
    window.looked_at("search").await;
    open_found(window, &name).await;
    window.looked_at("client").await;
}

/// Opens another client of the walk, from anywhere.
async fn open_client(window: &Window, number: usize) {
    to_the_clients(window).await;
    let name = ready_client(window, number).await;
    search(window, &name).await;
    open_found(window, &name).await;
}

/// Types a client's family name in the place of what was searched for before.
async fn search(window: &Window, name: &str) {
    tab_to(window, "client-search").await;
    window.chord(Key::Control, 'a').await;
    window.keys(family(name)).await;
    found(window, name).await;
}

/// "Roe, Jane" -> "Roe"
fn family(name: &str) -> &str {
    name.split(',').next().unwrap_or(name)
}

/// Waits until the list has only what a search for the family name finds; where in it this client is.
async fn found(window: &Window, name: &str) -> usize {
    let family = family(name).to_lowercase();
    until(&format!("the clients named {family}"), async || {
        let script =
            "return [...document.querySelectorAll(\"[data-testid='client-row']\")].map((row) => row.textContent);";
        let rows = window.script(script).await;
        let rows: Vec<&str> = rows.as_array()?.iter().filter_map(|row| row.as_str()).collect();
        let settled = rows.iter().all(|row| row.to_lowercase().contains(&family));
        rows.iter().position(|row| row.contains(name)).filter(|_| settled)
    })
    .await
}

/// The search may find namesakes: the arrow goes down to the one that was meant.
async fn open_found(window: &Window, name: &str) {
    for _ in 0..found(window, name).await {
        window.keys(Key::Down).await;
    }
    window.keys(Key::Enter).await;
    window.find("item-row").await;
}

/// A client whose agreement is signed and who has items at all three bureaus, as the list's own data says; of several,
/// the one with this number.
async fn ready_client(window: &Window, number: usize) -> String {
    let script = r#"
        const done = arguments[arguments.length - 1];
        const number = arguments[0];
        (async () => {
            const call = (name, take) => window.__TAURI_INTERNALS__.invoke("call", { name, take });
            const page = await call("client_search", { query: "", offset: 0, limit: 300 });
            let before = number;
            for (const row of page.rows) {
                if (row.agreement !== "signed") continue;
                const items = (await call("item_list", { id: row.id })).filter((item) => !item.excluded);
                if (["equifax", "experian", "transunion"].every((b) => items.some((item) => item.bureau === b)) && before-- === 0) return row.sortedName;
            }
            return null;
        })().then(done, (error) => done(String(error)));
    "#;
    let name = window.page.execute_async(script, vec![json!(number)]).await.expect("the desk answers").json().clone();
    name.as_str().expect("the practice portal has such a client").to_owned()
}

pub(crate) async fn choose_three_items_and_three_bureaus(window: &Window) {
    choose_items(window, &["equifax", "experian", "transunion"]).await;
    // One reason for all three: nothing is chosen by default.
    window.chord(Key::Shift, 'R').await;
    window.css("[role='option']").await;
    window.looked_at("reasons").await;
    pick_reason(window).await;
    window.keys("123").await;
    pick_template(window).await;
}

/// Chooses the first item that may be disputed at each of these bureaus.
async fn choose_items(window: &Window, bureaus: &[&str]) {
    let items = window
        .script(
            "return [...document.querySelectorAll(\"[data-testid='item-row']\")].map((row) => [row.dataset.bureau, row.getAttribute('aria-disabled') === 'true']);",
        )
        .await;
    let items = items.as_array().unwrap().clone();
    let first_of = |bureau: &&str| items.iter().position(|item| item[0] == **bureau && item[1] == false).unwrap();
    let wanted: Vec<usize> = bureaus.iter().map(first_of).collect();
    for index in 0..=wanted.iter().copied().max().unwrap_or_default() {
        window.keys("j").await;
        if wanted.contains(&index) {
            window.keys(" ").await;
        }
    }
    let chosen = if bureaus.len() == 1 { "1 item".to_owned() } else { format!("{} items", bureaus.len()) };
    window.text_that("[data-testid='chosen-count']", |text| text.contains(&chosen)).await;
}

/// Picks a reason in the list that is open.
async fn pick_reason(window: &Window) {
    window.keys("amount").await;
    option(window, "amount").await;
    window.keys(Key::Down).await;
    window.keys(Key::Enter).await;
    until("a reason on every item", async || {
        let missing = window.all("[data-testid='reason-missing']").await;
        missing.is_empty().then_some(())
    })
    .await;
}

async fn pick_template(window: &Window) {
    window.keys("t").await;
    window.css("[role='option']").await;
    window.keys("611").await;
    option(window, "611").await;
    window.keys(Key::Enter).await;
}

pub(crate) async fn prepare_and_preview(window: &Window) {
    window.looked_at("letter-desk").await;
    window.keys("g").await;
    window.css("[data-testid='pdf-page'][data-page='1'][data-rendered='true']").await;
    assert_eq!(window.all("[data-testid='letter-row']").await.len() % 3, 0, "three letters a time");
    // The page is really painted: a white canvas has one colour.
    let colours = window
        .script(
            r#"
            const canvas = document.querySelector("[data-testid='pdf-page'][data-page='1'] canvas");
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
            return seen.size;
            "#,
        )
        .await;
    assert!(colours.as_u64().unwrap() > 16, "page 1 is painted: {colours} colours");
    window.looked_at("preview").await;
}

/// A sentence is typed into the letter in view; its page says it then, and not any more when that is taken back.
pub(crate) async fn a_letters_text_is_changed(window: &Window) {
    window.keys("t").await;
    window.css("[data-testid='wording-text'] p").await;
    window.looked_at("wording").await;
    let in_the_text = "return document.activeElement?.closest(\"[data-testid='wording-text']\") !== null;";
    until("the focus in the text", async || (window.script(in_the_text).await == json!(true)).then_some(())).await;
    window.keys("I called you on Monday. ").await;
    window.text_that("[data-testid='wording-text']", |text| text.contains("I called you on Monday.")).await;
    window.chord(Key::Control, Key::Enter.into()).await;
    no_dialog(window).await;
    window.text_that("[data-testid='pdf-text']", |text| text.contains("I called you on Monday.")).await;
    window.chord(Key::Control, 'z').await;
    window.text_that("[data-testid='pdf-text']", |text| !text.is_empty() && !text.contains("I called you")).await;
}

/// Ctrl+S opens the operating system's own dialog; its file name is typed and Enter pressed, as a person would.
pub(crate) async fn save_through_the_systems_dialog(window: &Window, file: &Path) {
    window.chord(Key::Control, 's').await;
    let dialog = until("the save dialog", async || {
        let found = run("xdotool", &["search", "--onlyvisible", "--name", "^Save$"]).await;
        String::from_utf8_lossy(&found.stdout).lines().next().map(str::to_owned)
    })
    .await;
    run("xdotool", &["windowfocus", "--sync", &dialog]).await;
    run("xdotool", &["key", "ctrl+a"]).await;
    run("xdotool", &["type", &file.display().to_string()]).await;
    until("the file", async || {
        run("xdotool", &["key", "Return"]).await;
        std::fs::metadata(file).ok().filter(|meta| meta.len() > 0)
    })
    .await;
    let text = run("pdftotext", &["-layout", &file.display().to_string(), "-"]).await;
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    for bureau in ["Equifax", "Experian", "TransUnion"] {
        assert!(text.contains(bureau), "{bureau} is in the saved letters");
    }
}

/// Prints three letters, and reads what the print system made of them: every page, true to size.
pub(crate) async fn print_to_a_real_queue(window: &Window) {
    let paper = Paper::new();
    window.keys("p").await;
    window.find("print-dialog").await;
    window.text_that("[data-testid='print-sentence']", |text| text.contains("3 letters")).await;
    window.looked_at("print").await;
    tab_to(window, "print-confirm").await;
    window.keys(Key::Enter).await;
    paper.has_come_out().await;
}

/// What the printer puts in a file.
struct Paper(String);

impl Paper {
    /// An empty tray: what was printed before is taken away.
    fn new() -> Self {
        let file = std::env::var_os("DESK_PRINTED").expect("DESK_PRINTED names the printer's file");
        if let Err(error) = std::fs::remove_file(&file) {
            assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}");
        }
        Self(Path::new(&file).display().to_string())
    }

    /// Waits for letters to all three bureaus, whole and true to size.
    async fn has_come_out(&self) {
        let pages = until("the pages on paper", async || {
            let text = run("pdftotext", &["-layout", &self.0, "-"]).await;
            let text = String::from_utf8_lossy(&text.stdout).into_owned();
            ["Equifax", "Experian", "TransUnion"].iter().all(|bureau| text.contains(bureau)).then_some(text)
        })
        .await;
        assert!(pages.matches('\u{c}').count() >= 3, "a page a letter at least");
        // The queue may still be writing the file.
        let size = until("the printed file in whole", async || {
            let info = run("pdfinfo", &[&self.0]).await;
            info.status.success().then(|| String::from_utf8_lossy(&info.stdout).into_owned())
        })
        .await;
        assert!(size.contains("612 x 792 pts"), "US Letter, not scaled: {size}");
    }
}

/// Nobody looks at the paper yet.
pub(crate) async fn confirm_later(window: &Window) {
    window.find("confirm-form").await;
    tab_to(window, "confirm-later").await;
    window.keys(Key::Enter).await;
    no_dialog(window).await;
}

/// One letter jammed: the good ones are mailed, the jammed one is printed again and came out.
pub(crate) async fn a_jammed_letter_is_printed_again(window: &Window) {
    window.find("confirm-form").await;
    window.looked_at("printed-well").await;
    tab_to(window, "came-out").await;
    window.keys(" ").await;
    tab_to(window, "run-confirm").await;
    window.keys(Key::Enter).await;
    window.find("run-confirmed").await;
    window.looked_at("mailed").await;
    tab_to(window, "reprint").await;
    window.keys(Key::Enter).await;
    window.find("confirm-form").await;
    tab_to(window, "run-confirm").await;
    window.keys(Key::Enter).await;
    window.find("run-confirmed").await;
    assert_eq!(window.all("[data-testid='reprint']").await.len(), 0, "nothing is left to print again");
    tab_to(window, "run-done").await;
    window.keys(Key::Enter).await;
}

/// Still with the client of the walk: the reports by their key, and what changed since the last one.
pub(crate) async fn a_report_is_compared(window: &Window) {
    window.keys("b").await;
    window.find("report-entry").await;
    window.looked_at("report").await;
    window.keys("s").await;
    window.find("beside-entry").await;
    window.looked_at("report-beside").await;
    window.chord(Key::Shift, 'D').await;
    let changed =
        "[data-testid='changed-entry'][data-change='changed'] [data-testid='changed-row'][data-label='Balance']";
    window.css(changed).await;
    let told = format!(
        "return [...document.querySelector(\"{changed}\").querySelectorAll('td')].map((cell) => cell.textContent);"
    );
    let told = window.script(&told).await;
    let amount = |at: usize| told[at].as_str().filter(|text| text.starts_with('$')).expect("an amount").to_owned();
    assert_ne!(amount(0), amount(1), "the balance of the last report and of this one");
    window.looked_at("report-difference").await;
}

/// The client's further sides: tasks, what was signed, a file opened, everything known, what the client sees, and how the
/// client's identity is proven.
pub(crate) async fn a_clients_other_sides(window: &Window) {
    window.chord(Key::Shift, 'T').await;
    // The client may have none that is open.
    window.find("filter-all").await;
    tab_to(window, "filter-all").await;
    window.keys(Key::Enter).await;
    window.css("section[aria-label='Tasks'] table, section[aria-label='Tasks'] h2").await;
    window.looked_at("tasks").await;
    window.chord(Key::Shift, 'A').await;
    window.find("agreement-row").await;
    window.looked_at("agreements").await;
    window.keys("d").await;
    window.find("document-row").await;
    window.keys("jo").await;
    window.css("[data-testid='file-viewer'] [data-testid='picture'], [data-testid='file-viewer'] canvas").await;
    window.looked_at("file").await;
    window.keys(Key::Escape).await;
    no_dialog(window).await;
    window.chord(Key::Shift, 'O').await;
    window.find("attribute-row").await;
    window.looked_at("overview").await;
    a_clients_data_is_changed(window).await;
    window.keys("a").await;
    window.css("[role='dialog']").await;
    window.looked_at("goals").await;
    window.keys(Key::Escape).await;
    no_dialog(window).await;
    tab_to(window, "filter-customer").await;
    window.keys(Key::Enter).await;
    window.css("[data-testid='customer-section'][data-part='goals']").await;
    window.looked_at("customer-view").await;
    tab_to(window, "kba-open").await;
    window.keys(Key::Enter).await;
    focused(window, "kba-provider").await;
    tab_to(window, "kba-ask").await;
    window.keys(Key::Enter).await;
    window.find("kba-question").await;
    window.looked_at("identity").await;
    window.keys(Key::Escape).await;
    no_dialog(window).await;
    window.keys("i").await;
    window.find("item-row").await;
    window.keys("6").await;
    focused(window, "addressee-name").await;
    window.looked_at("addressee").await;
    window.keys(Key::Escape).await;
    no_dialog(window).await;
}

/// The client has moved: the new city stands there, and soon nothing of it waits.
async fn a_clients_data_is_changed(window: &Window) {
    window.keys("e").await;
    window.find("client-data-form").await;
    window.looked_at("client-data").await;
    tab_to(window, "client-MailingCity").await;
    window.chord(Key::Control, 'a').await;
    window.keys("Savannah").await;
    window.chord(Key::Control, Key::Enter.into()).await;
    focused(window, "client-data-edit").await;
    let city = "return [...document.querySelectorAll(\"[data-testid='attribute-row']\")].map((row) => row.textContent).find((text) => text.includes('Savannah')) ?? null;";
    let row = until("the new city with the portal", async || {
        let row = window.script(city).await;
        let waits = window.all("[data-testid='client-data-waiting']").await;
        row.as_str().filter(|_| waits.is_empty()).map(str::to_owned)
    })
    .await;
    assert!(row.contains("MailingCity"), "the address of letters: {row}");
}

pub(crate) async fn look_at_every_other_screen(window: &Window) {
    window.chord(Key::Control, '0').await;
    window.find("today-synced").await;
    window.looked_at("today").await;
    window.chord(Key::Control, '4').await;
    window.find("run-row").await;
    window.looked_at("runs").await;
    by_palette(window, "gate").await;
    window.find("gate-rule").await;
    window.looked_at("gate").await;
    by_palette(window, "follow-ups").await;
    window.find("follow-up").await;
    window.looked_at("follow-ups").await;
    window.chord(Key::Control, '2').await;
    window.find("letter-row").await;
    window.css("[data-testid='pdf-page'][data-page='1'][data-rendered='true']").await;
    window.looked_at("letters").await;
    window.keys("?").await;
    window.css("[data-testid='shortcut-sheet'] kbd").await;
    window.looked_at("shortcuts").await;
    window.keys(Key::Escape).await;
    window.keys(Key::F1).await;
    window.find("page-title").await;
    window.looked_at("help").await;
    // Pictures load as they come into sight.
    window.script("document.querySelector('main figure').scrollIntoView();").await;
    let drawn = "return [...document.querySelectorAll('main figure img')].some((one) => one.naturalWidth > 0);";
    until("a picture of the guide", async || (window.script(drawn).await == json!(true)).then_some(())).await;
    window.looked_at("guide").await;
    window.chord(Key::Control, ',').await;
    window.find("settings-kinds").await;
    window.looked_at("settings").await;
    window.chord(Key::Control, '5').await;
    window.find("all-tasks-row").await;
    window.looked_at("everyones-tasks").await;
    window.chord(Key::Control, '1').await;
    window.find("client-row").await;
    tab_to(window, "filter-menu").await;
    window.keys(Key::Enter).await;
    window.find("filter-panel").await;
    window.looked_at("client-filter").await;
    window.keys(Key::Escape).await;
    window.keys("/").await;
    focused(window, "client-search").await;
    window.chord(Key::Control, 'k').await;
    window.css("[role='dialog']").await;
    window.looked_at("palette").await;
    window.keys(Key::Escape).await;
}

/// The window asked the portal at its start, found nobody, and says so; everything else is there.
pub(crate) async fn offline_is_shown(window: &Window) {
    to_the_clients(window).await;
    window.css("[data-testid='sync-state'][data-kind='offline']").await;
    window.looked_at("offline").await;
}

async fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .await
        .unwrap_or_else(|error| panic!("{program}: {error}"))
}
