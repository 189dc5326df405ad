//! Twelve letters as offices write them, kept as text, as structure and as pictures.
//!
//! `LETTERS_GOLDEN=write cargo test -p letters --test golden` writes the files anew; what changed is then seen in the diff.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests, which the lints' own exception for tests does not see"
)]

mod support;

use letters::raster::{Ink, PagePicture, Sheets};
use lopdf::{Dictionary, Document, Object};
use std::fmt::Write as _;
use std::path::PathBuf;
use support::{assert_sound, pdffonts, pdftotext, templates};

/// Dots to the inch of the kept pictures: coarse enough to be small, fine enough to show a line that moved.
const RESOLUTION: f32 = 50.0;

fn kept(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn writes() -> bool {
    std::env::var_os("LETTERS_GOLDEN").is_some_and(|value| value == "write")
}

/// Compares a text with the kept one.
fn check(name: &str, text: &str) {
    let path = kept(name);
    if writes() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    if expected.replace('\r', "") != text {
        let line = expected.lines().zip(text.lines()).position(|(a, b)| a != b).unwrap_or(0);
        panic!(
            "{name} differs from line {}:\nkept: {:?}\nnow:  {:?}",
            line + 1,
            expected.lines().nth(line),
            text.lines().nth(line)
        );
    }
}

/// Compares a page with the kept picture: few dots may differ by much, and all of them by little.
fn check_picture(name: &str, page: &PagePicture) {
    let path = kept(name);
    if writes() {
        std::fs::write(&path, page.png().unwrap()).unwrap();
    }
    let expected = image::open(&path).unwrap_or_else(|error| panic!("{name}: {error}")).into_luma8();
    assert_eq!((expected.width(), expected.height()), (page.width, page.height), "{name}");
    let differences: Vec<u32> =
        expected.as_raw().iter().zip(&page.dots).map(|(a, b)| u32::from(a.abs_diff(*b))).collect();
    let far = differences.iter().filter(|difference| **difference > 60).count();
    let mean = differences.iter().sum::<u32>() as f32 / differences.len() as f32;
    assert!(far * 1000 <= differences.len() && mean < 0.5, "{name}: {far} dots differ by much, all by {mean:.2}");
}

/// Pages, fonts and the tree of tags, as text.
fn structure(pdf: &[u8]) -> String {
    let document = Document::load_mem(pdf).unwrap();
    let mut shown = format!("pages {}\n", document.get_pages().len());
    for font in pdffonts(pdf).lines().skip(2) {
        let name = font.split_whitespace().next().unwrap();
        writeln!(shown, "font {}", name.split_once('+').unwrap().1).unwrap();
    }
    let catalog = document.catalog().unwrap();
    let root = document.get_dictionary(catalog.get(b"StructTreeRoot").unwrap().as_reference().unwrap()).unwrap();
    show_element(&document, root.get(b"K").unwrap(), 0, &mut shown);
    shown
}

fn show_element(document: &Document, object: &Object, depth: usize, shown: &mut String) {
    let Ok(id) = object.as_reference() else { return };
    let element = document.get_dictionary(id).unwrap();
    let kind = String::from_utf8_lossy(element.get(b"S").unwrap().as_name().unwrap()).into_owned();
    let kids: Vec<&Object> = match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.iter().collect(),
        Ok(kid) => vec![kid],
        Err(_) => Vec::new(),
    };
    let content = kids.iter().filter(|kid| kid.as_reference().is_err()).count();
    let alt = element.get(b"Alt").and_then(Object::as_str).map(|alt| format!(" “{}”", String::from_utf8_lossy(alt)));
    let attribute = element.get(b"A").and_then(Object::as_dict).map(attributes);
    writeln!(
        shown,
        "{}{kind}{}{}{}",
        "  ".repeat(depth),
        attribute.unwrap_or_default(),
        alt.unwrap_or_default(),
        if content > 1 { format!(" in {content} parts") } else { String::new() }
    )
    .unwrap();
    for kid in kids {
        show_element(document, kid, depth + 1, shown);
    }
}

fn attributes(attribute: &Dictionary) -> String {
    let shown = |key: &[u8]| {
        let value = attribute.get(key).ok()?;
        Some(match value {
            Object::Name(name) => format!(" {}", String::from_utf8_lossy(name)),
            value => format!(" {}", value.as_i64().ok()?),
        })
    };
    [b"Scope".as_slice(), b"ColSpan", b"ListNumbering"].iter().filter_map(|key| shown(key)).collect()
}

#[test]
fn letters_say_and_look_what_they_always_did() {
    let mut size = 0;
    for (name, case) in templates::all() {
        let letter = case.set().unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(letter.findings, [], "{name}");
        assert_sound(name, &letter.pdf);
        for font in pdffonts(&letter.pdf).lines().skip(2) {
            assert!(font.contains(" yes yes yes "), "embedded, subset, readable: {font}");
        }
        check(&format!("{name}.txt"), &pdftotext(&letter.pdf, &["-raw"]).replace('\u{c}', "⇟\n"));
        check(&format!("{name}.structure.txt"), &structure(&letter.pdf));
        let sheets = Sheets::open(&letter.pdf).unwrap();
        assert_eq!(sheets.len(), letter.pages as usize, "{name}");
        for page in 0..sheets.len() {
            let picture = sheets.draw(page, RESOLUTION, Ink::Gray).unwrap();
            let name = format!("{name}-{}.png", page + 1);
            check_picture(&name, &picture);
            size += std::fs::metadata(kept(&name)).unwrap().len();
        }
    }
    assert!(size < 1_000_000, "the pictures are kept small: {size} bytes");
}

#[test]
fn every_script_on_one_page_reads_back_as_it_was_written() {
    let (_, case) = templates::all().into_iter().find(|(name, _)| *name == "east-asian").unwrap();
    let text = pdftotext(&case.pdf(), &["-raw"]).replace('\n', "");
    for words in [
        "王小明, 김민준, さくら, สมชาย ใจดี, Nguyễn Thị Hồng, Юлія, Ελένη",
        "我的信用报告中有错误的信息。我从未开立过这个账户",
        "ข้าพเจ้าไม่เคยเปิดบัญชีนี้",
        "제 신용 보고서에 잘못된 정보가 있습니다.",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let (_, case) = templates::all().into_iter().find(|(name, _)| *name == "right-to-left").unwrap();
    // Here the order of drawing is that of the eye, from left to right: readers must work out the direction.
    let text = pdftotext(&case.pdf(), &[]);
    for words in ["هذا الحساب ليس لي ولم أفتحه قط", "מבקשת למחוק את החשבון"] {
        assert!(text.contains(words), "{words} in {text}");
    }
}
