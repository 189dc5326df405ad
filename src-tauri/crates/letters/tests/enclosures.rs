//! Pictures and PDFs inside letters: fitted, turned, cleaned, or refused by name.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, which the lints' own exception for tests does not see"
)]

mod support;

use base64::Engine as _;
use letters::raster::{Ink, Sheets};
use letters::{Attached, Draft, Enclosure, Finding, Press, Refusal, SetLetter};
use lopdf::{Document, Object, dictionary};
use std::process::Command;
use support::files::{bytes, first_page, jpeg, pdf, png};
use support::{Case, assert_sound, pdftotext, words};

fn enclosing(files: &[(&str, &[u8])]) -> SetLetter {
    let case = Case::new("Maria Lopez");
    let enclosures: Vec<Enclosure<'_>> = files.iter().map(|(name, bytes)| Enclosure { name, bytes }).collect();
    Press::new().unwrap().set(&Draft { enclosures: &enclosures, ..case.draft() }).unwrap()
}

fn refusal(file: &[u8]) -> Refusal {
    let letter = enclosing(&[("File", file)]);
    assert_eq!((letter.pages, letter.letter_pages), (1, 1), "the letter itself is set");
    let Some(Finding::RefusedEnclosure { number: 1, why }) = letter.findings.first() else {
        panic!("{:?}", letter.findings)
    };
    why.clone()
}

/// Where ink is on a page: left, top, right, bottom, as parts of the page.
fn inked(letter: &SetLetter, page: usize) -> [f32; 4] {
    let picture = Sheets::open(&letter.pdf).unwrap().draw(page, 36.0, Ink::Gray).unwrap();
    let (width, height) = (picture.width as usize, picture.height as usize);
    let dark = |x: usize, y: usize| picture.dots[y * width + x] < 250;
    let columns: Vec<usize> = (0..width).filter(|x| (0..height).any(|y| dark(*x, y))).collect();
    let rows: Vec<usize> = (0..height).filter(|y| (0..width).any(|x| dark(x, *y))).collect();
    let part = |value: usize, whole: usize| value as f32 / whole as f32;
    [
        part(columns[0], width),
        part(rows[0], height),
        part(*columns.last().unwrap(), width),
        part(*rows.last().unwrap(), height),
    ]
}

#[test]
fn enclosures_follow_the_letter_as_pages_that_fit_the_sheet() {
    let foreign =
        bytes(pdf(&[(612.0, 792.0, 0), (1224.0, 1584.0, 0), (792.0, 612.0, 0), (612.0, 792.0, 90), (300.0, 200.0, 0)]));
    let letter =
        enclosing(&[("Driver’s licence", &jpeg(1000, 630)), ("Statement", &foreign), ("Bill", &png(400, 900))]);
    assert_eq!(letter.findings, []);
    assert_eq!((letter.pages, letter.letter_pages), (8, 1));
    assert_sound("enclosures", &letter.pdf);
    let again = enclosing(&[("Driver’s licence", &jpeg(1000, 630)), ("Statement", &foreign), ("Bill", &png(400, 900))]);
    assert!(again.pdf == letter.pdf, "the same bytes on another press");
    let document = Document::load_mem(&letter.pdf).unwrap();
    for id in document.page_iter() {
        let sides = document.get_dictionary(id).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
        assert_eq!((sides[2].as_float().unwrap().round(), sides[3].as_float().unwrap().round()), (612.0, 792.0));
    }
    let text = pdftotext(&letter.pdf, &[]);
    for page in 1..=5 {
        assert!(text.contains(&format!("Foreign page {page}")), "{text}");
    }
    let [left, top, right, bottom] = inked(&letter, 1);
    assert!(left > 0.05 && right < 0.95 && top > 0.03 && bottom < 0.6, "the licence stands upright near the top");
    // The page of double size is scaled, the wide one stands upright, the turned one is turned.
    for page in 3..=6 {
        let [left, top, right, bottom] = inked(&letter, page);
        assert!(left > 0.01 && top > 0.01 && right < 0.99 && bottom < 0.99, "page {page}");
    }
    let first = words(&letter.pdf, 3).remove(0);
    let second = words(&letter.pdf, 4).remove(0);
    assert!((first.3 - first.1) > 1.9 * (second.3 - second.1), "{first:?} {second:?}");
}

#[test]
fn what_an_enclosure_does_besides_being_seen_stays_behind() {
    let mut foreign = pdf(&[(612.0, 792.0, 0)]);
    let script =
        foreign.add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
    foreign.catalog_mut().unwrap().set("OpenAction", script);
    let link = foreign.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "Rect" => vec![0.into(), 0.into(), 100.into(), 100.into()],
        "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("https://example.com/track") },
    });
    let look = foreign.add_object(lopdf::Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 200.into(), 20.into()],
            "Resources" => dictionary! { "Font" => dictionary! {
                "F1" => dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" } } },
        },
        b"BT /F1 12 Tf 2 5 Td (Filled in by hand) Tj ET".to_vec(),
    ));
    let field = foreign.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "Rect" => vec![50.into(), 300.into(), 250.into(), 320.into()],
        "AP" => dictionary! { "N" => look },
    });
    first_page(&mut foreign).set("Annots", vec![link.into(), field.into()]);
    let letter = enclosing(&[("Form", &bytes(foreign))]);
    assert_eq!(letter.findings, [Finding::StrippedEnclosure { number: 1 }]);
    assert_sound("stripped", &letter.pdf);
    let text = pdftotext(&letter.pdf, &["-f", "2"]);
    assert!(text.contains("Foreign page 1") && text.contains("Filled in by hand"), "{text}");
    let document = Document::load_mem(&letter.pdf).unwrap();
    let all = format!("{:?}", document.objects);
    assert!(!all.contains("JavaScript") && !all.contains("URI") && !all.contains("Annots"));
}

/// The PDF as `qpdf` encrypts it.
fn encrypted(name: &str, password: &str, arguments: &[&str]) -> Vec<u8> {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let (plain, locked) = (folder.join(format!("{name}-plain.pdf")), folder.join(format!("{name}-locked.pdf")));
    std::fs::write(&plain, bytes(pdf(&[(612.0, 792.0, 0)]))).unwrap();
    let output = Command::new("qpdf")
        .args(["--object-streams=generate", "--allow-weak-crypto", "--encrypt", password, "owner"])
        .args(arguments)
        .arg("--")
        .args([&plain, &locked])
        .output()
        .unwrap_or_else(|error| panic!("qpdf did not start ({error}): install qpdf"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bytes = std::fs::read(&locked).unwrap();
    std::fs::remove_file(&plain).unwrap();
    std::fs::remove_file(&locked).unwrap();
    bytes
}

#[test]
fn an_enclosure_that_opens_without_a_password_is_read_and_one_that_does_not_is_named() {
    for (name, arguments) in [("rc4", &["128"][..]), ("aes128", &["128", "--use-aes=y"]), ("aes256", &["256"])] {
        let letter = enclosing(&[("Statement", &encrypted(name, "", arguments))]);
        assert_eq!(letter.findings, [], "{name}");
        assert!(pdftotext(&letter.pdf, &["-f", "2"]).contains("Foreign page 1"), "{name}");
        assert_sound(name, &letter.pdf);
    }
    assert_eq!(refusal(&encrypted("secret", "secret", &["256"])), Refusal::Encrypted);
}

#[test]
fn what_cannot_be_enclosed_is_named() {
    assert_eq!(refusal(b""), Refusal::Empty);
    assert_eq!(refusal(b"PK\x03\x04 a zip"), Refusal::UnknownFormat);
    assert_eq!(refusal(b"%PDF-1.7\nnothing"), Refusal::Unreadable);
    assert_eq!(refusal(&jpeg(300, 300)[..2000]), Refusal::Unreadable);
    assert_eq!(refusal(&bytes(pdf(&vec![(612.0, 792.0, 0); 61]))), Refusal::TooManyPages { limit: 60 });
    let many: Vec<(&str, Vec<u8>)> = (0..22).map(|_| ("Picture", jpeg(30, 30))).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let letter = enclosing(&many);
    assert_eq!(letter.pages, 21);
    let why = Refusal::TooMany { limit: 20 };
    assert!(letter.findings.contains(&Finding::RefusedEnclosure { number: 22, why }));
}

#[test]
fn a_picture_in_the_text_is_shown_at_its_size_and_described() {
    let data = base64::engine::general_purpose::STANDARD.encode(png(60, 30));
    let html = format!(
        "<p>Before</p><p style='text-align:center'><img src='data:image/png;base64,{data}' width=200 alt='Our logo'></p>\
         <p>After</p><img src='attachment:7' style='height: 1in' alt='Signature'><img src='https://example.com/x.png' alt='Gone'>"
    );
    let case = Case { items: Vec::new(), ..Case::saying(&html) };
    let signature = jpeg(300, 100);
    let images = [Attached { id: "7", bytes: &signature }];
    let letter = Press::new().unwrap().set(&Draft { images: &images, ..case.draft() }).unwrap();
    let why = Refusal::NotAttached;
    assert_eq!(letter.findings, [Finding::RefusedImage { number: 3, why }]);
    assert!(letter.text.contains("Before\n\n[Our logo]\n\nAfter\n\n[Signature]\n\nGone"), "{}", letter.text);
    assert_sound("pictures", &letter.pdf);
    let document = Document::load_mem(&letter.pdf).unwrap();
    let page = document.page_iter().next().unwrap();
    let content = document.get_and_decode_page_content(page).unwrap();
    let shown: Vec<Vec<f32>> = content
        .operations
        .iter()
        .filter(|operation| operation.operator == "cm")
        .map(|operation| operation.operands.iter().map(|number| number.as_float().unwrap()).collect())
        .collect();
    // 200 pixels are 150 points; one inch high keeps its proportions.
    assert_eq!((shown[0][0], shown[0][3]), (150.0, 75.0));
    assert!((shown[0][4] - (612.0 - 150.0) / 2.0).abs() < 0.1, "centred");
    assert!((shown[1][0] - 216.0).abs() < 0.1 && (shown[1][3] - 72.0).abs() < 0.1);
}

#[test]
fn a_foreign_page_is_drawn_small_at_its_own_proportions() {
    for (page, drawn) in
        [((612.0, 792.0, 0), (85, 110)), ((612.0, 792.0, 90), (110, 85)), ((300.0, 100.0, 0), (110, 37))]
    {
        let small = letters::thumbnail(&bytes(pdf(&[page])), 110).unwrap();
        let small = image::load_from_memory_with_format(&small, image::ImageFormat::Png).unwrap();
        assert_eq!((small.width(), small.height()), drawn);
        assert!(small.to_luma8().pixels().any(|dot| dot.0[0] < 200), "there is ink on it");
    }
    let many = bytes(pdf(&[(612.0, 792.0, 0); 61]));
    assert!(matches!(letters::thumbnail(&many, 110), Err(Refusal::TooManyPages { .. })));
    assert_eq!(letters::can_be_shown(&many), Ok(()));
}
