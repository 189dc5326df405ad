//! The letters of the bench: 200 different ones, of one page and of three.

use domain::{Money, Ssn, Template, TemplateContent, TemplateId, TemplateKind};
use jiff::civil::date;
use letters::{AddressBlock, DisputedItem, Draft, Envelope, Layout, LetterError, Press, SetLetter, Variables};

pub(crate) const LETTERS: usize = 200;

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

/// A kind of letter.
pub(crate) struct Kind {
    pub(crate) pages: u32,
    template: Template,
    items: usize,
}

impl Kind {
    /// Letters of one page with three items, or of three pages with fifteen.
    pub(crate) fn of(pages: u32) -> Self {
        match pages {
            1 => Self { pages, template: template(&format!("{BODY}[NegativeItems]{REQUEST}")), items: 3 },
            _ => {
                let body = format!("{}[NegativeItems]{REQUEST}{}", BODY.repeat(4), BODY.repeat(4));
                Self { pages, template: template(&body), items: 15 }
            }
        }
    }

    /// Sets letter number `letter`: shortcodes, choices, findings and fingerprint included.
    pub(crate) fn set(&self, letter: usize, press: &mut Press) -> Result<SetLetter, LetterError> {
        let name = name(letter);
        let street = street(letter);
        let mut variables = Variables::new();
        variables.insert("Name", name);
        variables.insert("Street", &street);
        let items = items(letter, self.items);
        let lines = |lines: [&str; 3]| AddressBlock { lines: lines.map(str::to_owned).into() };
        press.set(&Draft {
            template: &self.template,
            wording: None,
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
            ssn: Ssn::parse("123-45-6789").ok().as_ref(),
            proof: false,
            title: "Dispute letter - Equifax".to_owned(),
        })
    }

    /// The same letter as a page of HTML, for programs that print those: what it says is already chosen and filled in.
    pub(crate) fn html(&self, letter: usize) -> String {
        let (name, street) = (name(letter), street(letter));
        let body: String = self.template.contents.iter().map(|content| content.html.as_str()).collect();
        let rows: String = items(letter, self.items)
            .iter()
            .enumerate()
            .map(|(row, item)| {
                format!(
                    "<tr><td>{}<td>{}<td>{}<td>{}<td align=right>{}<td>03/05/2024<td>{} (103)</tr>",
                    row + 1,
                    item.creditor,
                    item.account_number,
                    item.kind,
                    item.amount.map_or(String::new(), |amount| amount.to_string()),
                    item.reason
                )
            })
            .collect();
        let table = format!(
            "<table><thead><tr><th>#<th>Creditor<th>Account&nbsp;no.<th>Type<th>Amount<th>Date<th>Reason</thead>\
             <tbody>{rows}</tbody></table>"
        );
        let body = body
            .replace("{Dear Sir or Madam|To whom it may concern}", "Dear Sir or Madam")
            .replace("{writing to dispute|disputing}", "disputing")
            .replace("[NegativeItems]", &table)
            .replace("[Name]", name)
            .replace("[Street]", &street);
        format!(
            "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Dispute letter - Equifax</title><style>\
             @page {{ size: 8.5in 11in; margin: 1in }} body {{ font: 11.5pt/14pt Tinos, 'Liberation Serif', serif; margin: 0 }}\
             p {{ margin: 8pt 0 }} table {{ width: 100%; border-collapse: collapse; font-size: 9.5pt; line-height: 11.5pt }}\
             td, th {{ text-align: left; padding: 3pt 4pt; border-bottom: 0.4pt solid; vertical-align: top }}\
             tr {{ break-inside: avoid }} .to {{ margin: 40pt 0 }} .sign {{ margin-top: 40pt }}</style>\
             <div>{name}<br>{street}<br>Atlanta, GA 30309</div><p>November 23, 2026</p><div class=to>Equifax Information \
             Services LLC<br>P.O. Box 740256<br>Atlanta, GA 30374-0256</div><p><b>Re: Dispute of inaccurate information in my \
             credit file</b></p>{body}<p class=sign>{name}</p></html>"
        )
    }
}

fn name(letter: usize) -> &'static str {
    NAMES.iter().cycle().nth(letter).copied().unwrap_or_default()
}

fn street(letter: usize) -> String {
    format!("{} Peachtree Street", 100 + letter)
}

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
