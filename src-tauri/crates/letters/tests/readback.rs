//! What other programs read in a letter's PDF: the text that was set, in fonts that are in the file.

mod support;

use lopdf::Document;
use support::{Case, assert_sound, pdffonts, pdftotext, to_unicode};

const NAMES: [&str; 14] = [
    "María José Muñoz",
    "Zoë O’Brien",
    "Łukasz Żółć",
    "Nguyễn Thị Hồng",
    "Юлія Шевченко",
    "Ελένη Παπαδοπούλου",
    "محمد الأحمد",
    "عبد الله لطفي",
    "יעל כהן",
    "สมชาย ใจดี",
    "น้ำทิพย์ ก๊วยเจ๋ง",
    "王小明",
    "김민준",
    "さくら",
];

#[test]
fn names_in_every_script_are_read_back_in_logical_order() {
    for name in NAMES {
        let text = pdftotext(&Case::new(name).pdf(), &[]);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert_eq!(lines.first(), Some(&name), "the sender's line");
        assert_eq!(lines.iter().filter(|line| **line == name).count(), 2, "sender and signature: {text}");
        assert!(text.replace('\n', " ").contains(&format!("My name is {name}. I dispute")), "{text}");
    }
}

#[test]
fn a_decomposed_name_is_read_back_composed() {
    let decomposed = "Nguye\u{302}\u{303}n";
    let text = pdftotext(&Case::new(decomposed).pdf(), &[]);
    assert!(text.starts_with("Nguyễn\n"), "{text}");
}

#[test]
fn the_letter_reads_from_top_to_bottom() {
    let text = pdftotext(&Case::new("Maria Lopez").pdf(), &["-raw"]);
    let expected = [
        "Maria Lopez",
        "14 Peachtree Street",
        "Decatur, GA 30030",
        "November 23, 2026",
        "Equifax Information Services LLC",
        "P.O. Box 740256",
        "Atlanta, GA 30374-0256",
        "Re: Dispute of inaccurate information",
        "My name is Maria Lopez. I dispute the following items.",
        "1 CAPITAL ONE BANK",
        "$1,234.50 03/05/2024",
        "2 MIDLAND CREDIT",
        "Thank you.",
        "Sincerely,",
        "Maria Lopez",
    ];
    let mut from = 0;
    for part in expected {
        let at = text
            .get(from..)
            .unwrap()
            .find(part)
            .unwrap_or_else(|| panic!("{part} is missing or out of order in:\n{text}"));
        from += at + part.len();
    }
}

#[test]
fn fonts_are_embedded_subset_and_readable() {
    let table = pdffonts(&Case::new("محمد Nguyễn 王").pdf());
    let fonts: Vec<&str> = table.lines().skip(2).collect();
    assert_eq!(fonts.len(), 4, "{table}");
    for font in fonts {
        let name = font.split_whitespace().next().unwrap();
        assert!(name.split_once('+').is_some_and(|(tag, _)| tag.len() == 6), "{font}");
        assert!(font.contains("CID TrueType") && font.contains("yes yes yes"), "{font}");
    }
}

#[test]
fn letters_are_sound_files() {
    assert_sound("one", &Case::new("Maria Lopez").pdf());
    assert_sound("arabic", &Case::new("محمد الأحمد").pdf());
    let long = Case { items: (0..40).map(support::item).collect(), ..Case::new("Maria Lopez") };
    assert_sound("long", &long.pdf());
}

#[test]
fn every_code_on_the_page_has_its_characters_and_none_is_a_presentation_form() {
    for name in NAMES {
        let pdf = Document::load_mem(&Case::new(name).pdf()).unwrap();
        let maps = to_unicode(&pdf);
        let page = pdf.page_iter().next().unwrap();
        let fonts = pdf.get_page_fonts(page).unwrap();
        let mut drawn = String::new();
        let mut map = None;
        for operation in pdf.get_and_decode_page_content(page).unwrap().operations {
            match operation.operator.as_str() {
                "Tf" => {
                    let font = fonts[operation.operands[0].as_name().unwrap()];
                    let base = font.get(b"BaseFont").unwrap().as_name().unwrap().to_vec();
                    map = maps.get(&String::from_utf8(base).unwrap());
                }
                "TJ" => {
                    for part in operation.operands[0].as_array().unwrap() {
                        for code in part.as_str().unwrap_or_default().chunks(2) {
                            let code = u16::from_be_bytes(code.try_into().unwrap());
                            drawn.push_str(map.unwrap().get(&code).map_or("", String::as_str));
                        }
                    }
                }
                _ => {}
            }
        }
        assert!(drawn.chars().all(|c| !matches!(c, '\u{FB00}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{FFFD}')));
        // Right-to-left words are drawn from the left edge on; every word is there one way or the other.
        for word in name.split(' ') {
            let mut reversed: Vec<char> = word.chars().collect();
            reversed.reverse();
            let reversed: String = reversed.into_iter().collect();
            assert!(drawn.contains(word) || drawn.contains(&reversed), "{word} in {drawn}");
        }
    }
}

#[test]
fn the_document_says_what_it_is_and_nothing_of_the_client() {
    let pdf = Document::load_mem(&Case::new("Maria Lopez").pdf()).unwrap();
    let info = pdf.get_dictionary(pdf.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
    let text = |key: &[u8]| String::from_utf8(info.get(key).unwrap().as_str().unwrap().to_vec()).unwrap();
    assert_eq!(text(b"Title"), "Dispute letter - Equifax");
    assert_eq!(text(b"Producer"), "Dispute Desk");
    assert_eq!(info.len(), 2, "no dates, no author: {info:?}");
    assert_eq!(pdf.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"en-US");
}
