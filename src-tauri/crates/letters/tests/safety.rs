//! What is looked for before a letter goes out, and letters by the batch.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which the lints' own exception for tests does not see")]

mod support;

use domain::{Envelope, Ssn};
use letters::{
    AddressBlock, BatchEnd, Draft, Enclosure, Exposure, Finding, LetterError, Merger, Press, SetLetter, batch, merge,
    similarity,
};
use std::num::NonZero;
use std::ops::ControlFlow;
use support::{Case, assert_sound, pdftotext, words};

#[test]
fn a_social_security_number_is_found_wherever_it_stands() {
    let ssn = Ssn::parse("123-45-6789").unwrap();
    let enclosures = [Enclosure { name: "Card 123 45 6789", bytes: b"" }];
    let mut case = Case::saying(
        "<p>My number is 123456789.</p><table><tr><td>123-45-</td><td>6789</td></tr></table><img src=x alt='SSN 987-65-4321'>",
    );
    case.subject = "SSN 123.45.6789".into();
    let letter =
        Press::new().unwrap().set(&Draft { ssn: Some(&ssn), enclosures: &enclosures, ..case.draft() }).unwrap();
    let found: Vec<(Exposure, bool)> = letter
        .findings
        .iter()
        .filter_map(|finding| match finding {
            Finding::SocialSecurityNumber { place, own } => Some((*place, *own)),
            _ => None,
        })
        .collect();
    assert_eq!(
        found,
        [
            (Exposure::Subject, true),
            // The words for a picture that is not there are printed in its place.
            (Exposure::Text, false),
            (Exposure::Text, true),
            (Exposure::Table, true),
            (Exposure::Enclosure(1), true),
        ]
    );
    let clean = Case::new("Maria Lopez");
    assert_eq!(Press::new().unwrap().set(&Draft { ssn: Some(&ssn), ..clean.draft() }).unwrap().findings, []);
}

#[test]
fn a_proof_is_set_where_a_letter_is_refused() {
    let mut case = Case::saying("<p>Dear [Nobody],</p>");
    case.recipient = AddressBlock { lines: (0..9).map(|n| format!("Recipient line {n}")).collect() };
    assert!(matches!(case.set(), Err(LetterError::Shortcodes(_))));
    let proof = Press::new().unwrap().set(&Draft { proof: true, ..case.draft() }).unwrap();
    assert!(proof.text.contains("Dear [Nobody],") && proof.text.contains("Recipient line 8"));
    assert!(proof.findings.contains(&Finding::AddressOutsideWindow));
    assert!(proof.findings.iter().any(|finding| matches!(finding, Finding::Unfilled(fault) if fault.name == "Nobody")));
}

#[test]
fn two_windows_show_sender_and_recipient_and_nothing_else() {
    let envelope = Envelope::double_window();
    let case = Case { envelope, fold_marks: true, ..Case::new("Maria Lopez") };
    let letter = case.set().unwrap();
    let [upper, lower] = envelope.can_show()[..] else { panic!() };
    for (reach, expected) in [
        (upper, "Maria Lopez 14 Peachtree Street Decatur, GA 30030"),
        (lower, "Equifax Information Services LLC P.O. Box 740256 Atlanta, GA 30374-0256"),
    ] {
        let inside = words(&letter.pdf, 1).into_iter().filter(|(left, top, right, bottom, _)| {
            *left < reach.right() && *right > reach.left && *top < reach.bottom() && *bottom > reach.top
        });
        assert_eq!(inside.map(|word| word.4).collect::<Vec<_>>().join(" "), expected);
    }
    let sender = AddressBlock { lines: vec!["Line".into(); 9] };
    assert!(matches!(Case { sender, ..case }.set(), Err(LetterError::SenderDoesNotFit)));
}

#[test]
fn letters_from_one_template_are_alike_and_others_are_not() {
    let set = |case: Case| case.set().unwrap().fingerprint;
    let (maria, james) = (set(Case::new("Maria Lopez")), set(Case::new("James Smith")));
    let goodwill = support::templates::all().into_iter().find(|(name, _)| *name == "goodwill").unwrap().1;
    let percent = similarity(&maria, &james);
    assert!((40..100).contains(&percent), "the names differ: {percent}");
    assert!(similarity(&maria, &set(goodwill)) < 10);
    assert_eq!(similarity(&maria, &set(Case::new("Maria Lopez"))), 100);
}

/// Thirty letters of all kinds.
fn make(number: usize, press: &mut Press) -> Result<SetLetter, LetterError> {
    let templates = support::templates::all();
    let (_, case) = templates.get(number % templates.len()).unwrap();
    press.set(&Draft { seed: number as u64, ..case.draft() })
}

#[test]
fn any_number_of_threads_makes_the_same_letters_in_the_same_order() {
    let run = |threads: usize| {
        let mut pdfs = Vec::new();
        let end = batch(30, NonZero::new(threads), make, |number, letter| {
            assert_eq!(number, pdfs.len());
            pdfs.push(letter.unwrap().pdf);
            ControlFlow::Continue(())
        });
        assert_eq!(end.unwrap(), BatchEnd::Complete);
        pdfs
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(7));
    let mut other_press = Press::new().unwrap();
    let backwards: Vec<Vec<u8>> = (0..30).rev().map(|number| make(number, &mut other_press).unwrap().pdf).collect();
    assert!(one.iter().eq(backwards.iter().rev()), "a letter does not depend on those before it");
    let parts: Vec<&[u8]> = one.iter().map(Vec::as_slice).collect();
    assert_eq!(merge(&parts).unwrap(), merge(&parts).unwrap());
}

#[test]
fn a_batch_stops_when_it_is_told_to_and_hands_errors_over() {
    let fails = |number: usize, press: &mut Press| {
        if number == 3 { Err(LetterError::EmptyTemplate) } else { make(number, press) }
    };
    let mut seen = Vec::new();
    let end = batch(1000, NonZero::new(2), fails, |number, letter| {
        seen.push(letter.is_ok());
        if number == 9 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(end.unwrap(), BatchEnd::Cancelled { taken: 10 });
    assert_eq!(seen.len(), 10);
    assert_eq!(seen.iter().position(|ok| !ok), Some(3));
    let nothing = batch(0, None, make, |_, _| ControlFlow::Continue(()));
    assert_eq!(nothing.unwrap(), BatchEnd::Complete);
}

#[test]
fn a_merged_file_is_written_while_letters_come() {
    let mut press = Press::new().unwrap();
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("run.pdf");
    let mut merger = Merger::new(std::io::BufWriter::new(std::fs::File::create(&path).unwrap())).unwrap();
    let mut pages = 0;
    for number in 0..24 {
        pages += merger.add(&make(number, &mut press).unwrap().pdf).unwrap();
    }
    merger.finish().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_sound("run", &bytes);
    assert_eq!(pages, 28);
    assert!(bytes.len() < 24 * 16_000, "fonts are shared: {} bytes", bytes.len());
    assert!(pdftotext(&bytes, &["-f", "28", "-l", "28"]).contains("Fax"));
}
