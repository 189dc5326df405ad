//! Hostile templates and files: nothing panics, memory stays bounded, and what is refused is named.
//!
//! The generators are deterministic. A normal run takes a part of them; `LETTERS_HOSTILE=full` takes all: 20,000
//! fragments and 500 files.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests, which the lints' own exception for tests does not see"
)]

mod support;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use letters::{Draft, Enclosure, Finding, Press};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use std::io::Write as _;
use support::files::{bytes, first_page, jpeg, pdf, png};
use support::{Case, template};

/// Numbers without end, the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % below as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

fn count(all: usize, part: usize) -> usize {
    if std::env::var_os("LETTERS_HOSTILE").is_some_and(|value| value == "full") { all } else { part }
}

/// The most memory that this process has had, in MiB, where the system tells.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? >> 10)
}

const PARTS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<table border=0 width=9999%>",
    "</table>",
    "<tr>",
    "<td>",
    "<td colspan=99999 rowspan=-3>",
    "<th>",
    "</td>",
    "<thead>",
    "<caption>",
    "<col width=5000 span=70000>",
    "<ul>",
    "<ol type=I start=4294967295>",
    "<li>",
    "</ul>",
    "<blockquote>",
    "</blockquote>",
    "<h1>",
    "<h3>",
    "<hr>",
    "<br>",
    "<b>",
    "</i>",
    "<sub>",
    "<sup>",
    "<span style='font-size:1e30px;color:#ggg;margin:-1e9px'>",
    "<span style='font-size:0.0000001em'>",
    "<p style='text-indent:-900in;margin-left:900in;line-height:-4'>",
    "<div style='page-break-before:always'>",
    "<img src='data:image/png;base64,iVBORw0KGgo='>",
    "<img src=file:///etc/passwd alt=x>",
    "<img src='data:image/jpeg;base64,////////'>",
    "<img src=http://example.com/x.png>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?xml",
    "<svg onload=x>",
    "<iframe src=//x>",
    "<a href=javascript:x>",
    "<font size=+99999 face=','>",
    "&",
    "&#x0;",
    "&#1114112;",
    "&nbsp;",
    "[",
    "]",
    "[[",
    "{",
    "|",
    "}",
    "[EachItem]",
    "[/EachItem]",
    "[ItemDate: YYYY]",
    "[Date:",
    "[ClientName]",
    "[Signature]",
    "[NegativeItems]",
    "[Loop]",
    "\u{0}",
    "\u{202E}",
    "\u{200D}",
    "مرحبا ",
    "שלום",
    "王小明",
    "สวัสดี",
    "Nguyễn",
    "e\u{301}\u{301}\u{301}\u{301}",
    "fi fl ffi",
    "\t",
    "\n\n",
    "word ",
    "a-very-long-word-without-any-place-to-break-it-because-it-is-one-word-that-goes-on-and-on-and-on ",
    "123-45-6789 ",
    "1 < 2 ",
    "'",
    "\"",
    "style=",
    ">",
    "<",
    "</",
    "\u{FFFD}",
    "😀",
    "\u{A0}",
];

fn fragment(dice: &mut Dice) -> String {
    let mut html = String::from("x");
    let length = 1 + dice.roll(30);
    for _ in 0..length {
        let part = dice.pick(PARTS);
        // Now and then one thing endlessly.
        let times = if dice.roll(60) == 0 { 1 + dice.roll(400) } else { 1 };
        html.extend(std::iter::repeat_n(part, times));
        if dice.roll(9) == 0 {
            let at =
                (0..=html.len()).rev().find(|at| html.is_char_boundary(*at) && *at <= dice.0 as usize % html.len());
            html.truncate(at.unwrap_or(html.len()).max(1));
        }
    }
    html
}

#[test]
fn no_fragment_of_html_does_harm() {
    let mut dice = Dice(4);
    let mut press = Press::new().unwrap();
    let (mut set, mut refused) = (0, 0);
    for number in 0..count(20_000, 1_500) {
        let html = fragment(&mut dice);
        let kind = if number % 2 == 0 { domain::TemplateKind::Static } else { domain::TemplateKind::Smart };
        let case = Case { template: template(kind, &[("body", &html)]), ..Case::new("Maria Lopez") };
        match press.set(&Draft { proof: number % 4 < 2, ..case.draft() }) {
            Ok(letter) => {
                set += 1;
                assert!(letter.text.contains("Maria Lopez"), "{html:?}");
                if number % 50 == 0 {
                    assert!(Document::load_mem(&letter.pdf).is_ok(), "{html:?}");
                }
            }
            // Refusals are worded for the author.
            Err(error) => {
                refused += 1;
                assert!(error.to_string().len() > 20, "{html:?}");
            }
        }
    }
    assert!(set > refused / 4, "{set} set, {refused} refused");
    if let Some(peak) = peak() {
        assert!(peak < 256, "{peak} MiB");
    }
}

/// A PNG of this size, four values of `depth` bits to a dot, that holds so many mebibytes of dots.
fn empty_png(width: u32, height: u32, depth: u8, mebibytes: usize) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8], data: &[u8]| {
        file.extend((data.len() as u32).to_be_bytes());
        let start = file.len();
        file.extend(kind);
        file.extend(data);
        let crc = file[start..].iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
        });
        file.extend((!crc).to_be_bytes());
    };
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(b"IHDR", &[size, vec![depth, 6, 0, 0, 0]].concat());
    chunk(b"IDAT", &deflated_mebibytes(mebibytes, 0));
    chunk(b"IEND", &[]);
    file
}

/// A PDF whose only page has this content, packed by these filters as it is.
fn packed_pdf(filters: &[&str], data: Vec<u8>) -> Vec<u8> {
    let mut foreign = pdf(&[(612.0, 792.0, 0)]);
    let filters: Vec<Object> = filters.iter().map(|name| Object::Name(name.as_bytes().to_vec())).collect();
    let stream = Stream::new(dictionary! { "Filter" => filters }, data).with_compression(false);
    let content = foreign.add_object(stream);
    first_page(&mut foreign).set("Contents", content);
    bytes(foreign)
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// Mebibytes of one byte, deflated piece by piece: the test itself must not need what it forbids.
fn deflated_mebibytes(count: usize, byte: u8) -> Vec<u8> {
    let (mut encoder, piece) = (ZlibEncoder::new(Vec::new(), Compression::best()), vec![byte; 1 << 20]);
    (0..count).for_each(|_| encoder.write_all(&piece).unwrap());
    encoder.finish().unwrap()
}

/// A PDF with an object stream that unpacks to so many mebibytes.
fn object_stream(mebibytes: usize) -> Vec<u8> {
    let data = deflated_mebibytes(mebibytes, b' ');
    let mut file = b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 9/First 10/Filter/FlateDecode/Length ".to_vec();
    file.extend(data.len().to_string().bytes());
    file.extend(b">>stream\n");
    file.extend(&data);
    file.extend(b"\nendstream endobj\ntrailer<</Root 2 0 R>>\nstartxref\n0\n%%EOF");
    file
}

/// A page that draws a form which draws itself.
fn circular() -> Vec<u8> {
    let mut foreign = pdf(&[(612.0, 792.0, 0)]);
    let form = foreign.new_object_id();
    let own = dictionary! { "XObject" => dictionary! { "X" => form } };
    let dictionary = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()], "Resources" => own.clone(),
    };
    foreign.objects.insert(form, Stream::new(dictionary, b"/X Do".to_vec()).into());
    let content = foreign.add_object(Stream::new(Dictionary::new(), b"/X Do".to_vec()));
    first_page(&mut foreign).set("Resources", own);
    first_page(&mut foreign).set("Contents", content);
    bytes(foreign)
}

/// Files that are made to hurt, by number.
fn crafted(number: usize) -> Vec<u8> {
    let zeros = |length: usize| vec![0_u8; length];
    match number % 20 {
        0 => empty_png(100_000, 100_000, 8, 1),
        1 => empty_png(0, 8, 8, 1),
        // One that is as large as it says, one that is not, one that is too fine.
        2 => match number / 20 % 3 {
            0 => empty_png(5600, 5600, 8, 121),
            1 => empty_png(5600, 5600, 8, 3),
            _ => empty_png(5600, 5600, 16, 240),
        },
        3 => packed_pdf(&["FlateDecode"], deflated_mebibytes(80, 0)),
        4 => packed_pdf(&["FlateDecode", "FlateDecode"], deflated(&deflated_mebibytes(80, 0))),
        5 => packed_pdf(&["LZWDecode"], zeros(300_000)),
        6 => packed_pdf(&["ASCIIHexDecode", "FlateDecode"], vec![b'0'; 400_000]),
        7 => packed_pdf(&["RunLengthDecode"], vec![129; 400_000]),
        8 => object_stream(100),
        9 => object_stream(1),
        10 => circular(),
        11 => {
            let mut foreign = pdf(&[(612.0, 792.0, 0)]);
            let image = dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 200_000, "Height" => 200_000, "BitsPerComponent" => 8,
                "ColorSpace" => "DeviceRGB", "Filter" => "FlateDecode",
            };
            let image = foreign.add_object(Stream::new(image, deflated(&zeros(1000))).with_compression(false));
            first_page(&mut foreign).set("Resources", dictionary! { "XObject" => dictionary! { "X" => image } });
            bytes(foreign)
        }
        12 => bytes(pdf(&vec![(612.0, 792.0, 0); 3000])),
        13 => {
            let mut foreign = pdf(&[(612.0, 792.0, 0)]);
            let mut deep = Object::Null;
            for _ in 0..400 {
                deep = Object::Array(vec![deep]);
            }
            first_page(&mut foreign).set("Resources", dictionary! { "Properties" => dictionary! { "D" => deep } });
            bytes(foreign)
        }
        14 => bytes(pdf(&[(1e9, 1e-9, 45), (0.0, 0.0, 0)])),
        15 => {
            let mut file = b"%PDF-1.4\n".to_vec();
            file.extend(b"1 0 obj<</Type/Pages/Kids[1 0 R 1 0 R]/Count 9999999/Parent 1 0 R>>endobj\n".repeat(50));
            file.extend(b"2 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 2 0 R/Prev 9>>startxref 9 %%EOF");
            file
        }
        16 => [b"%PDF-1.7\n".to_vec(), b"[".repeat(500_000)].concat(),
        17 => {
            let mut foreign = pdf(&[(612.0, 792.0, 0)]);
            let many: Vec<Object> = (0..30_000).map(|n| foreign.add_object(Object::Integer(n)).into()).collect();
            first_page(&mut foreign).set("Resources", dictionary! { "Properties" => dictionary! { "M" => many } });
            bytes(foreign)
        }
        18 => [jpeg(64, 64), jpeg(64, 64)[..700].to_vec()].concat(),
        _ => [b"\x89PNG\r\n\x1a\n".to_vec(), zeros(100_000)].concat(),
    }
}

#[test]
fn no_picture_or_pdf_does_harm() {
    let mut dice = Dice(5);
    let sound = [jpeg(160, 100), png(90, 60), bytes(pdf(&[(612.0, 792.0, 0), (300.0, 400.0, 90)]))];
    let case = Case::new("Maria Lopez");
    let mut press = Press::new().unwrap();
    let (mut enclosed, mut refused) = (0, 0);
    for number in 0..count(500, 120) {
        let file = match number % 5 {
            // Every crafted file in turn.
            0 => crafted(number / 5),
            // Cut off.
            1 => {
                let file = &sound[dice.roll(3)];
                file[..dice.roll(file.len())].to_vec()
            }
            // Some bytes changed.
            2 | 3 => {
                let mut file = sound[dice.roll(3)].clone();
                for _ in 0..1 + dice.roll(40) {
                    let at = dice.roll(file.len());
                    file[at] = dice.roll(256) as u8;
                }
                file
            }
            // A part repeated or taken out.
            _ => {
                let file = &sound[dice.roll(3)];
                let (a, b) = (dice.roll(file.len()), dice.roll(file.len()));
                [&file[..a], &file[b.min(a)..]].concat()
            }
        };
        let enclosures = [Enclosure { name: "File", bytes: &file }];
        let letter = press.set(&Draft { enclosures: &enclosures, ..case.draft() }).unwrap();
        let named =
            letter.findings.iter().any(|finding| matches!(finding, Finding::RefusedEnclosure { number: 1, .. }));
        assert_eq!(named, letter.pages == 1, "file {number}: refused and named, or enclosed");
        if named {
            refused += 1;
        } else {
            enclosed += 1;
            assert!(Document::load_mem(&letter.pdf).is_ok(), "file {number}");
        }
        if number % 5 == 0 && !matches!(number / 5 % 20, 10 | 2 | 18) {
            assert!(named, "crafted file {} was enclosed", number / 5 % 20);
        }
    }
    assert!(enclosed > 5 && refused > 50, "{enclosed} enclosed, {refused} refused");
    if let Some(peak) = peak() {
        assert!(peak < 256, "{peak} MiB");
    }
}
