//! A letter to change in one place, and what other programs say about its PDF.

#![expect(dead_code, reason = "each test binary uses a part of this")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, which the lints' own exception for tests does not see"
)]

use domain::{Money, PostalAddress, Snippet, Template, TemplateContent, TemplateId, TemplateKind};
use jiff::civil::date;
use letters::{AddressBlock, DisputedItem, Draft, Envelope, Layout, LetterError, Press, SetLetter, Variables};
use lopdf::{Document, Object};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

pub(crate) mod files;
pub(crate) mod templates;

/// Owned parts of a draft, as a test likes them.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) template: Template,
    pub(crate) snippets: Vec<Snippet>,
    pub(crate) variables: Variables,
    pub(crate) sender: AddressBlock,
    pub(crate) recipient: AddressBlock,
    pub(crate) subject: String,
    pub(crate) items: Vec<DisputedItem>,
    pub(crate) signer: String,
    pub(crate) seed: u64,
    pub(crate) envelope: Envelope,
    pub(crate) layout: Layout,
    pub(crate) fold_marks: bool,
}

pub(crate) fn template(kind: TemplateKind, blocks: &[(&str, &str)]) -> Template {
    let block = |(section, html): &(&str, &str)| TemplateContent {
        section: (!section.is_empty()).then(|| (*section).to_owned()),
        html: (*html).to_owned(),
        version: None,
    };
    Template {
        id: TemplateId(1),
        name: "Test".into(),
        kind,
        is_dispute: true,
        category: None,
        contents: blocks.iter().map(block).collect(),
    }
}

pub(crate) fn item(number: usize) -> DisputedItem {
    let creditors = ["CAPITAL ONE BANK USA NA", "MIDLAND CREDIT MGMT", "SYNCB/AMAZON", "VERIZON WIRELESS"];
    DisputedItem {
        creditor: format!("{} {number}", creditors[number % creditors.len()]),
        account_number: format!("****{:04}", 1000 + number),
        kind: "Collection".into(),
        amount: Some(Money::from_cents(123_450 + number as i64)),
        date: Some(date(2024, 3, 5)),
        reason: "This account does not belong to me.".into(),
        code: Some("103".into()),
    }
}

impl Case {
    /// A one-page letter of a client to Equifax.
    pub(crate) fn new(client: &str) -> Self {
        let mut variables = Variables::new();
        variables.insert("ClientName", client);
        let address = |street: &str, city: &str, state: &str, zip: &str| PostalAddress {
            street: street.into(),
            city: city.into(),
            state: state.into(),
            zip: zip.into(),
        };
        Self {
            template: template(
                TemplateKind::Smart,
                &[
                    ("opening", "<p>{Dear Sir or Madam|To whom it may concern},</p>"),
                    ("body", "<p>My name is [ClientName]. I dispute the <b>following</b> items.</p>[NegativeItems]"),
                    ("closing", "<p>Thank you.</p><p>Sincerely,</p>"),
                ],
            ),
            snippets: Vec::new(),
            variables,
            sender: AddressBlock::postal(client, &address("14 Peachtree Street", "Decatur", "GA", "30030")),
            recipient: AddressBlock::postal(
                "Equifax Information Services LLC",
                &address("P.O. Box 740256", "Atlanta", "GA", "30374-0256"),
            ),
            subject: "Dispute of inaccurate information".into(),
            items: (0..3).map(item).collect(),
            signer: client.into(),
            seed: 7,
            envelope: Envelope::default(),
            layout: Layout::Letter,
            fold_marks: false,
        }
    }

    /// A static letter with this text.
    pub(crate) fn saying(html: &str) -> Self {
        Self { template: template(TemplateKind::Static, &[("", html)]), ..Self::new("Maria Lopez") }
    }

    pub(crate) fn draft(&self) -> Draft<'_> {
        Draft {
            template: &self.template,
            wording: None,
            snippets: &self.snippets,
            state: Some("GA"),
            variables: &self.variables,
            images: &[],
            sender: self.sender.clone(),
            recipient: self.recipient.clone(),
            date: date(2026, 11, 23),
            subject: self.subject.clone(),
            items: &self.items,
            signer: self.signer.clone(),
            seed: self.seed,
            layout: self.layout,
            envelope: self.envelope,
            fold_marks: self.fold_marks,
            enclosures: &[],
            ssn: None,
            proof: false,
            title: "Dispute letter - Equifax".into(),
        }
    }

    pub(crate) fn set(&self) -> Result<SetLetter, LetterError> {
        Press::new()?.set(&self.draft())
    }

    pub(crate) fn pdf(&self) -> Vec<u8> {
        self.set().unwrap().pdf
    }
}

/// Runs a program on a PDF's bytes and returns what it says.
fn run(program: &str, package: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program} did not start ({error}): install {package}"));
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{program}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// What `pdftotext` reads, without the marks by which it shows a direction.
pub(crate) fn pdftotext(pdf: &[u8], arguments: &[&str]) -> String {
    let arguments = [arguments, &["-", "-"]].concat();
    let text = run("pdftotext", "poppler-utils", &arguments, pdf);
    text.chars().filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}')).collect()
}

pub(crate) fn pdffonts(pdf: &[u8]) -> String {
    run("pdffonts", "poppler-utils", &["-"], pdf)
}

/// What `qpdf --check` finds wrong: nothing, for a sound file.
pub(crate) fn assert_sound(name: &str, pdf: &[u8]) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&path, pdf).unwrap();
    let output = Command::new("qpdf").arg("--check").arg(&path).output();
    let output = output.unwrap_or_else(|error| panic!("qpdf did not start ({error}): install qpdf"));
    std::fs::remove_file(&path).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("No syntax or stream encoding errors"), "{said}");
}

/// A word on a page as `pdftotext -bbox` sees it: left, top, right, bottom in points, text.
pub(crate) type Word = (f32, f32, f32, f32, String);

pub(crate) fn words(pdf: &[u8], page: u32) -> Vec<Word> {
    let page = page.to_string();
    let xml = pdftotext(pdf, &["-bbox", "-f", &page, "-l", &page]);
    let attribute = |line: &str, name: &str| -> f32 {
        line.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap().parse().unwrap()
    };
    xml.lines()
        .filter(|line| line.contains("<word "))
        .map(|line| {
            let text = line.split_once('>').unwrap().1.split("</word>").next().unwrap().to_owned();
            let at = |name| attribute(line, name);
            (at("xMin"), at("yMin"), at("xMax"), at("yMax"), text)
        })
        .collect()
}

/// The tables by which readers turn codes into characters, by font name.
pub(crate) fn to_unicode(pdf: &Document) -> BTreeMap<String, BTreeMap<u16, String>> {
    let mut maps = BTreeMap::new();
    for object in pdf.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        let Ok(Object::Reference(id)) = font.get(b"ToUnicode") else { continue };
        let map = pdf.get_object(*id).unwrap().as_stream().unwrap().decompressed_content().unwrap();
        let name = String::from_utf8(font.get(b"BaseFont").unwrap().as_name().unwrap().to_vec()).unwrap();
        let map = String::from_utf8(map).unwrap();
        let mut codes = BTreeMap::new();
        for line in map.lines().filter(|line| line.starts_with('<') && line.matches('<').count() == 3) {
            let parts: Vec<&str> = line.split(['<', '>', ' ']).filter(|part| !part.is_empty()).collect();
            let number = |hex: &str| u16::from_str_radix(hex, 16).unwrap();
            let mut units: Vec<u16> =
                parts[2].as_bytes().chunks(4).map(|hex| number(std::str::from_utf8(hex).unwrap())).collect();
            for code in number(parts[0])..=number(parts[1]) {
                codes.insert(code, String::from_utf16(&units).unwrap());
                *units.last_mut().unwrap() += 1;
            }
        }
        maps.insert(name, codes);
    }
    maps
}
