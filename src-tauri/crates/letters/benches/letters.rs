//! Letters a second: 200 different letters through one press, of one and of three pages.
//!
//! `cargo bench -p letters`; the column "item/s" is letters a second on one core, of which "fastest" is what the machine
//! does when nothing else runs on it. The last line is one JSON object, of the fastest of its own rounds.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]
#![expect(clippy::expect_used, reason = "a letter that cannot be set ends the bench")]

use divan::Bencher;
use divan::counter::ItemsCount;
use domain::{Money, Template, TemplateContent, TemplateId, TemplateKind};
use jiff::civil::date;
use letters::{AddressBlock, DisputedItem, Draft, Envelope, Layout, Press, Variables};
use std::time::Instant;

const LETTERS: usize = 200;

const NAMES: [&str; 10] = [
    "Maria Lopez",
    "James Smith",
    "José Muñoz",
    "Latoya Washington",
    "Nguyễn Thị Hồng",
    "Emily Johnson",
    "Wei Chen",
    "Łukasz Nowak",
    "Robert Williams",
    "Юлія Шевченко",
];

const OPENING: &str = "<p>{Dear Sir or Madam|To whom it may concern},</p>";
const BODY: &str = "<p>I am {writing to dispute|disputing} the following information in my credit file. I have recently \
    reviewed a copy of my credit report and found the items listed below to be <b>inaccurate or incomplete</b>. Under \
    the Fair Credit Reporting Act, 15 U.S.C. § 1681i, you are required to conduct a reasonable reinvestigation of each \
    disputed item within thirty days of receiving this letter.</p><p>My name is [Name]. I live at [Street].</p>";
const REQUEST: &str = "<p>Please remove or correct each item that you cannot verify, and send me:</p><ul><li>the results \
    of your investigation,</li><li>a copy of my corrected credit report, and</li><li>the name, address and telephone \
    number of each furnisher you contacted.</li></ul>";
const CLOSING: &str = "<p>Thank you for your prompt attention to this matter.</p><p>Sincerely,</p>";

fn template(body: &str) -> Template {
    let block = |(section, html): (&str, &str)| TemplateContent {
        section: Some(section.to_owned()),
        html: html.to_owned(),
        version: None,
    };
    Template {
        id: TemplateId(1),
        name: "Dispute".to_owned(),
        kind: TemplateKind::Smart,
        is_dispute: true,
        category: None,
        contents: [("opening", OPENING), ("body", body), ("closing", CLOSING)].map(block).into(),
    }
}

fn items(letter: usize, count: usize) -> Vec<DisputedItem> {
    let creditors = ["CAPITAL ONE BANK USA NA", "MIDLAND CREDIT MGMT", "SYNCB/AMAZON", "VERIZON WIRELESS"];
    let reasons =
        ["This account does not belong to me.", "The balance is not correct.", "Paid before the date reported."];
    (0..count)
        .map(|row| DisputedItem {
            creditor: creditors.iter().cycle().nth(letter + row).copied().unwrap_or_default().to_owned(),
            account_number: format!("****{:04}", (letter * 37 + row * 11) % 10_000),
            kind: "Collection".to_owned(),
            amount: i64::try_from(letter * 1_234 + row * 567).ok().map(Money::from_cents),
            date: Some(date(2024, 3, 5)),
            reason: reasons.iter().cycle().nth(letter + row).copied().unwrap_or_default().to_owned(),
            code: Some("103".to_owned()),
        })
        .collect()
}

/// Sets every letter of a batch; returns its pages and bytes.
fn batch(template: &Template, item_count: usize) -> (u32, usize) {
    let mut press = Press::new().expect("the typefaces load");
    let (mut pages, mut bytes) = (0, 0);
    for letter in 0..LETTERS {
        let name = NAMES.iter().cycle().nth(letter).copied().unwrap_or_default();
        let street = format!("{} Peachtree Street", 100 + letter);
        let mut variables = Variables::new();
        variables.insert("Name", name);
        variables.insert("Street", &street);
        let items = items(letter, item_count);
        let ssn = domain::Ssn::parse("123-45-6789").expect("nine digits");
        let lines = |lines: [&str; 3]| AddressBlock { lines: lines.map(str::to_owned).into() };
        let draft = Draft {
            template,
            snippets: &[],
            state: Some("GA"),
            variables: &variables,
            images: &[],
            sender: lines([name, &street, "Atlanta, GA 30309"]),
            recipient: lines(["Equifax Information Services LLC", "P.O. Box 740256", "Atlanta, GA 30374-0256"]),
            date: date(2026, 11, 23),
            subject: "Dispute of inaccurate information in my credit file".to_owned(),
            items: &items,
            signer: name.to_owned(),
            seed: letter as u64,
            layout: Layout::Letter,
            envelope: Envelope::default(),
            fold_marks: false,
            enclosures: &[],
            ssn: Some(&ssn),
            proof: false,
            title: "Dispute letter - Equifax".to_owned(),
        };
        let set = press.set(&draft).expect("every letter of the bench can be set");
        (pages, bytes) = (pages + set.pages, bytes + set.pdf.len());
    }
    (pages, bytes)
}

/// A letter of one page with three items, and one of three pages with fifteen.
fn template_of(pages: u32) -> (Template, usize) {
    match pages {
        1 => (template(&format!("{BODY}[NegativeItems]{REQUEST}")), 3),
        _ => (template(&format!("{}[NegativeItems]{REQUEST}{}", BODY.repeat(4), BODY.repeat(4))), 15),
    }
}

#[divan::bench(sample_count = 20, args = [1, 3])]
fn letters_of_pages(bencher: Bencher<'_, '_>, pages: u32) {
    let (template, items) = template_of(pages);
    bencher.counter(ItemsCount::new(LETTERS)).bench(|| batch(&template, items));
}

fn main() {
    divan::main();
    let figures = [1, 3].map(|wanted| {
        let (template, items) = template_of(wanted);
        let rounds = (0..10).map(|_| {
            let started = Instant::now();
            let (pages, bytes) = batch(&template, items);
            assert_eq!(pages, wanted * LETTERS as u32, "letters of {wanted} pages");
            (started.elapsed(), bytes)
        });
        let (fastest, bytes) = rounds.min().expect("ten rounds");
        (LETTERS as f64 / fastest.as_secs_f64(), bytes / LETTERS)
    });
    let [(one, one_bytes), (three, three_bytes)] = figures;
    println!(
        r#"{{"bench":"letters","letters_per_second_one_page":{one:.0},"letters_per_second_three_pages":{three:.0},"bytes_one_page":{one_bytes},"bytes_three_pages":{three_bytes},"cores":1}}"#
    );
}
