//! What an agent notices of letters: pages, places, refusals, sameness.

mod support;

use domain::TemplateKind;
use letters::{
    AddressBlock, DisputedItem, Envelope, Field, Finding, LetterError, Press, Refusal, Variables, Window, merge,
};
use support::{Case, assert_sound, item, pdftotext, template, words};

const PARAGRAPH: &str = "<p>I have recently reviewed a copy of my credit report and found the items listed below to be \
    inaccurate or incomplete. Each of them has harmed my ability to obtain credit on fair terms, and I ask that you \
    investigate them without delay and tell me what you found.</p>";

fn page(pdf: &[u8], number: u32) -> String {
    let number = number.to_string();
    pdftotext(pdf, &["-layout", "-f", &number, "-l", &number])
}

#[test]
fn the_same_draft_gives_the_same_bytes_whatever_was_set_before() {
    let names = ["Maria Lopez", "محمد الأحمد", "Nguyễn Thị Hồng", "Łukasz Żółć", "王小明"];
    let cases: Vec<Case> = names.iter().map(|name| Case::new(name)).collect();
    let alone: Vec<_> = cases.iter().map(|case| case.set().unwrap()).collect();
    let mut press = Press::new().unwrap();
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 2, 0, 4, 1]] {
        for index in order {
            assert_eq!(press.set(&cases[index].draft()).unwrap(), alone[index], "{}", names[index]);
        }
    }
}

#[test]
fn nothing_but_the_seed_changes_between_two_seeds() {
    let texts: Vec<String> = (0..12).map(|seed| Case { seed, ..Case::new("Ana") }.set().unwrap().text).collect();
    assert!(texts.iter().any(|text| text.contains("Dear Sir or Madam,")));
    assert!(texts.iter().any(|text| text.contains("To whom it may concern,")));
    let rest = |text: &String| text.replace("To whom it may concern,", "Dear Sir or Madam,");
    assert!(texts.iter().all(|text| rest(text) == rest(&texts[0])));
}

#[test]
fn a_press_can_be_sent_to_another_thread() {
    let mut press = Press::new().unwrap();
    let pages = std::thread::spawn(move || press.set(&Case::new("Ana").draft()).unwrap().pages).join().unwrap();
    assert_eq!(pages, 1);
}

#[test]
fn a_letter_of_one_page_is_not_numbered_and_a_longer_one_is() {
    let short = Case::new("Maria Lopez").set().unwrap();
    assert_eq!(short.pages, 1);
    assert!(!page(&short.pdf, 1).contains("Page"));
    let long = Case::saying(&PARAGRAPH.repeat(24)).set().unwrap();
    assert_eq!(long.pages, 3);
    for number in 1..=3 {
        assert!(page(&long.pdf, number).contains(&format!("Page {number} of 3")));
    }
}

#[test]
fn the_table_header_stands_on_every_page_and_every_item_once() {
    let case = Case { items: (0..45).map(item).collect(), ..Case::new("Maria Lopez") };
    let letter = case.set().unwrap();
    assert!(letter.pages >= 3);
    let mut found = 0;
    for number in 1..=letter.pages {
        let text = page(&letter.pdf, number);
        let rows = text.matches("****").count();
        found += rows;
        assert_eq!(text.matches("Creditor").count(), usize::from(rows > 0), "page {number}:\n{text}");
    }
    assert_eq!(found, 45);
}

#[test]
fn amounts_end_at_one_edge() {
    let items =
        [5, 123_450, 9_999_999].map(|cents| DisputedItem { amount: Some(domain::Money::from_cents(cents)), ..item(1) });
    let case = Case { items: items.to_vec(), ..Case::new("Maria Lopez") };
    let edges: Vec<f32> =
        words(&case.pdf(), 1).iter().filter(|word| word.4.starts_with('$')).map(|word| word.2).collect();
    assert_eq!(edges.len(), 3);
    assert!(edges.iter().all(|edge| (edge - edges[0]).abs() < 0.1), "{edges:?}");
}

#[test]
fn closing_and_signature_are_never_alone_on_a_page() {
    let mut seen = 0;
    for paragraphs in 8..14 {
        for extra in 0..4 {
            let html =
                format!("{}<p>{}</p><p>Sincerely,</p>", PARAGRAPH.repeat(paragraphs), "Line.<br>".repeat(extra + 1));
            let case = Case { items: Vec::new(), ..Case::saying(&html) };
            let letter = case.set().unwrap();
            let last = page(&letter.pdf, letter.pages);
            assert!(last.contains("Sincerely,") && last.contains("Maria Lopez"), "{last}");
            let text = last.lines().filter(|line| line.contains("Line.") || line.contains("credit")).count();
            assert!(text >= 1, "text goes with the closing:\n{last}");
            seen += usize::from(letter.pages == 2);
        }
    }
    assert!(seen > 4, "the cases reach across a page break");
}

#[test]
fn the_window_shows_the_address_and_nothing_else() {
    let window = Window::default();
    let (shown, reach) = (window.always_shows(), window.can_show());
    for sender_lines in 1..=6 {
        let sender = AddressBlock { lines: (0..sender_lines).map(|n| format!("Sender line {n}")).collect() };
        let letter = Case { sender, ..Case::new("Maria Lopez") }.set().unwrap();
        let address = letter.address_area;
        assert!(address.left >= shown.left && address.right() <= shown.right(), "{address:?} {shown:?}");
        assert!(address.top >= shown.top && address.bottom() <= shown.bottom() + 0.01, "{address:?} {shown:?}");
        let inside = words(&letter.pdf, 1).into_iter().filter(|(left, top, right, bottom, _)| {
            *left < reach.right() && *right > reach.left && *top < reach.bottom() && *bottom > reach.top
        });
        let inside: Vec<String> = inside.map(|word| word.4).collect();
        assert_eq!(inside.join(" "), "Equifax Information Services LLC P.O. Box 740256 Atlanta, GA 30374-0256");
    }
}

#[test]
fn an_address_shrinks_to_eight_points_and_then_is_refused_with_its_measures() {
    let with = |lines: &[&str]| {
        let recipient = AddressBlock { lines: lines.iter().map(|line| (*line).to_owned()).collect() };
        Case { recipient, ..Case::new("Maria Lopez") }.set()
    };
    let two = with(&["TransUnion LLC", "Chester, PA 19016"]).unwrap();
    let three = with(&["TransUnion LLC", "P.O. Box 2000", "Chester, PA 19016"]).unwrap();
    assert!(two.address_area.height < three.address_area.height);
    let error = with(&["TransUnion LLC", "Consumer Dispute Center", "P.O. Box 2000", "Chester, PA 19016"]).unwrap_err();
    let LetterError::AddressDoesNotFit { needed, allowed, .. } = &error else { panic!("{error}") };
    assert!(needed.1 > allowed.1 && needed.0 < allowed.0, "{error}");
    assert!(error.to_string().contains("8 pt"), "{error}");
    let wide = with(&[&"A very long name of a company ".repeat(3), "Chester, PA 19016"]).unwrap_err();
    assert!(matches!(wide, LetterError::AddressDoesNotFit { needed, allowed, .. } if needed.0 > allowed.0));
}

#[test]
fn without_a_window_the_address_follows_the_date() {
    let case = Case { envelope: Envelope::None, ..Case::new("Maria Lopez") };
    let recipient = AddressBlock { lines: (0..9).map(|n| format!("Recipient line {n}")).collect() };
    let text = page(&Case { recipient, ..case }.pdf(), 1);
    let (date, address) = (text.find("November 23, 2026").unwrap(), text.find("Recipient line 0").unwrap());
    assert!(date < address && address < text.find("Re: Dispute").unwrap());
}

#[test]
fn what_may_not_show_in_a_window_is_refused() {
    let mut case = Case::new("Maria Lopez");
    case.recipient.lines.insert(1, "SSN 123-45-6789".into());
    assert!(matches!(case.set(), Err(LetterError::PrivateInWindow { line: 2 })));
    let recipient = AddressBlock { lines: vec![" ".into()] };
    let case = Case { recipient, ..Case::new("Maria Lopez") };
    assert!(matches!(case.set(), Err(LetterError::NoAddress)));
    let sender = AddressBlock { lines: vec!["Line".into(); 9] };
    assert!(matches!(Case { sender, ..Case::new("Ana") }.set(), Err(LetterError::SenderTooTall)));
}

#[test]
fn a_character_that_cannot_be_printed_names_its_field() {
    let no_glyph = |case: &Case| match case.set() {
        Err(LetterError::NoGlyph { character, field }) => (character, field),
        other => panic!("{other:?}"),
    };
    let mut variables = Variables::new();
    variables.insert("ClientName", "Ana 😀");
    let base = Case::new("Ana");
    assert_eq!(no_glyph(&Case { variables, ..base.clone() }), ('😀', Field::Variable("ClientName".into())));
    let items = vec![item(0), DisputedItem { reason: "☃".into(), ..item(1) }];
    assert_eq!(no_glyph(&Case { items, ..base.clone() }), ('☃', Field::Item(2)));
    assert_eq!(no_glyph(&Case { subject: "க".into(), ..base.clone() }), ('க', Field::Subject));
    assert_eq!(no_glyph(&Case { signer: "க".into(), ..base.clone() }), ('க', Field::Signer));
    let sender = AddressBlock { lines: vec!["க".into()] };
    assert_eq!(no_glyph(&Case { sender, ..base.clone() }), ('க', Field::Sender));
    assert_eq!(no_glyph(&Case::saying("<p>க</p>")), ('க', Field::Text));
    let message = Case { subject: "க".into(), ..base }.set().unwrap_err().to_string();
    assert!(message.contains("the subject line") && message.contains("U+0B95"), "{message}");
}

#[test]
fn hostile_templates_and_values_print_as_text_or_not_at_all() {
    let mut case =
        Case::saying("<p>Hello [ClientName]<script>alert('x')</script><style>p{}</style><img src=x onerror=y></p>");
    case.variables.insert("ClientName", "<b>{a|b}</b> [Signature] &amp;");
    let letter = case.set().unwrap();
    let text = pdftotext(&letter.pdf, &[]);
    assert!(text.contains("Hello <b>{a|b}</b> [Signature] &amp;"), "{text}");
    assert!(!text.contains("alert") && !text.contains("onerror"));
    let removed = |name: &str| Finding::RemovedElement(name.into());
    let refused = Finding::RefusedImage { number: 1, why: Refusal::NotAttached };
    assert_eq!(letter.findings, [removed("script"), removed("style"), refused]);
}

#[test]
fn any_markup_becomes_a_letter() {
    const PARTS: [&str; 20] = [
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</table>",
        "<ul>",
        "<ol start=9>",
        "<li>",
        "</ul>",
        "<h1>",
        "<blockquote>",
        "</blockquote>",
        "<hr>",
        "<br>",
        "<div align=right>",
        "<b>Wort ",
        "مرحبا ",
        "a-very-long-word-that-cannot-be-broken-at-all-because-it-is-one-word-only-and-goes-on ",
    ];
    let mut press = Press::new().unwrap();
    let mut state = 11_u64;
    for _ in 0..300 {
        let mut html = "x".to_owned();
        for _ in 0..40 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            html.push_str(PARTS[(state >> 33) as usize % PARTS.len()]);
        }
        let case = Case::saying(&html);
        let letter = press.set(&case.draft()).unwrap();
        assert!(letter.pages >= 1 && letter.text.contains("Maria Lopez"), "{html}");
    }
}

#[test]
fn formatted_text_keeps_its_order_and_its_markers() {
    let html = "<h1>Title</h1><p>One</p><ul><li>first<ol start=4><li>inner</li></ol></li></ul><blockquote>quoted</blockquote>\
                <table><tr><th>Head</th></tr><tr><td>cell</td></tr></table><hr><p>Last</p>";
    let letter = Case::saying(html).set().unwrap();
    for text in [pdftotext(&letter.pdf, &["-raw"]), letter.text] {
        let mut from = 0;
        for part in ["Title", "One", "•", "first", "4.", "inner", "quoted", "Head", "cell", "Last", "Sincerely,"] {
            from += text.get(from..).unwrap().find(part).unwrap_or_else(|| panic!("{part} in:\n{text}"));
        }
    }
}

#[test]
fn a_template_that_cannot_be_filled_says_so_before_anything_is_set() {
    let error = Case::saying("<p>[Gone]</p>").set().unwrap_err();
    assert!(error.to_string().contains("[Gone] in block 1 is neither a variable nor a snippet"), "{error}");
    let sms = Case { template: template(TemplateKind::Sms, &[("", "hi")]), ..Case::new("Ana") };
    assert!(matches!(sms.set(), Err(LetterError::NotALetter { .. })));
}

#[test]
fn merged_letters_are_one_sound_file_in_order_that_shares_its_fonts() {
    let names = ["Maria Lopez", "James Smith", "محمد الأحمد", "Robert Williams"];
    let mut press = Press::new().unwrap();
    let pdfs: Vec<Vec<u8>> = names.iter().map(|name| press.set(&Case::new(name).draft()).unwrap().pdf).collect();
    let parts: Vec<&[u8]> = pdfs.iter().map(Vec::as_slice).collect();
    let merged = merge(&parts).unwrap();
    assert_sound("merged", &merged);
    for (number, name) in (1..).zip(names) {
        assert!(page(&merged, number).trim_start().starts_with(name), "page {number}");
    }
    assert!(merged.len() < parts.iter().map(|part| part.len()).sum::<usize>() / 2);
    assert_eq!(merge(&parts).unwrap(), merged);
    assert!(matches!(merge(&[]), Err(LetterError::NothingToMerge)));
    assert!(matches!(merge(&[b"not a PDF"]), Err(LetterError::Pdf { action: "read", .. })));
}
