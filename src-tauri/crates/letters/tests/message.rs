//! A template as an e-mail or a text message says it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use domain::TemplateKind;
use letters::{Draft, Finding, Layout, LetterError, Press};
use support::Case;

/// What a template says as a message, and how many shortcodes it could not fill.
fn message(case: &Case) -> (String, usize) {
    let draft = Draft { layout: Layout::Message, proof: true, ..case.draft() };
    let (text, findings) = Press::new().unwrap().message(&draft).unwrap();
    (text, findings.iter().filter(|finding| matches!(finding, Finding::Unfilled(_))).count())
}

#[test]
fn paragraphs_lists_and_tables_are_told_by_white_space() {
    let case = Case::saying(
        "<h1>Hello</h1><p>First<br>second &amp; <b>third</b></p><div>a</div><div>b</div>\
         <ul><li>one</li><li>two<ol><li>inside</li></ol></li></ul><hr>\
         <table><tr><td>x</td><td>y</td></tr><tr><td>1</td><td>2</td></tr></table><p>End</p><img src='data:,'>",
    );
    let expected = "Hello\n\nFirst\nsecond & third\n\na\nb\n• one\n• two\n  1. inside\n\nx\ty\n1\t2\n\nEnd";
    assert_eq!(message(&case), (expected.to_owned(), 0));
}

#[test]
fn a_text_message_keeps_its_lines_and_is_no_letter() {
    let mut case = Case::saying("Hello [FirstName],\nyour letters are ready.\n\nReply STOP to opt out.");
    case.template.kind = TemplateKind::Sms;
    case.variables.insert("FirstName", "Maria <b>");
    let said = "Hello Maria <b>,\nyour letters are ready.\n\nReply STOP to opt out.";
    assert_eq!(message(&case), (said.to_owned(), 0));
    let letter = Press::new().unwrap().set(&case.draft());
    assert!(matches!(letter, Err(LetterError::NotALetter { .. })), "{letter:?}");
}

#[test]
fn what_cannot_be_filled_in_stays_to_be_seen() {
    let mut case = Case::saying("<p>About [ItemCreditor] for [Nobody]. [NegativeItems][Signature]</p>");
    case.items.clear();
    assert_eq!(message(&case), ("About [ItemCreditor] for [Nobody].".to_owned(), 2));
}

#[test]
fn nothing_is_added_to_what_the_template_says() {
    let case = Case::saying("<p>Dear client</p>");
    assert!(!case.items.is_empty());
    assert_eq!(message(&case).0, "Dear client");
}

#[test]
fn a_template_to_read_is_no_message() {
    let mut case = Case::saying("<p>How to choose</p>");
    case.template.kind = TemplateKind::Reference;
    let draft = Draft { layout: Layout::Message, proof: true, ..case.draft() };
    assert!(matches!(Press::new().unwrap().message(&draft), Err(LetterError::NotALetter { .. })));
}

#[test]
fn a_link_says_where_it_leads() {
    let case = Case::saying(
        "<p><a href='https://example.com/sign'>Sign <b>here</b></a>, <a href='https://example.com'>https://example.com</a>, \
         <a href='mailto:us@example.com'>us@example.com</a>, <a href='javascript:alert(1)'>no</a></p>",
    );
    let said = "Sign here (https://example.com/sign), https://example.com, us@example.com, no";
    assert_eq!(message(&case).0, said);
    assert!(!case.set().unwrap().text.contains("example.com/sign"), "paper has nothing to press");
}
