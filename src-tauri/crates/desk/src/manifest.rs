//! A print run's manifest: what lies on the pile, as a page to lay on it or as lines for a spreadsheet.

use crate::Error;
use crate::contract::{PrintRunDetail, PrintRunLetter};
use ::letters::{Draft, Press, Variables};
use domain::{Template, TemplateContent, TemplateId, TemplateKind};
use jiff::civil::Date;
use std::fmt::Write;

const HEADS: [&str; 9] = ["No.", "Client", "Recipient", "To", "Pages", "Sheets", "Weight (oz)", "Postage", "Came out"];

fn cells(letter: &PrintRunLetter) -> [String; 9] {
    [
        letter.position.to_string(),
        letter.client_name.clone(),
        letter.recipient_name.clone(),
        letter.destination.clone(),
        letter.pages.to_string(),
        letter.sheets.to_string(),
        letter.ounces.clone(),
        letter.postage.clone(),
        match letter.came_out {
            Some(true) => "Yes",
            Some(false) => "Jammed",
            None => "",
        }
        .to_owned(),
    ]
}

/// RFC 4180, with a byte order mark: spreadsheets read names in other scripts by it.
pub(crate) fn csv(detail: &PrintRunDetail) -> String {
    let mut text = String::from("\u{feff}");
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    line(&mut HEADS.iter().map(|head| field(head)));
    for letter in &detail.letters {
        line(&mut cells(letter).iter().map(|cell| field(cell)));
    }
    text
}

/// A cell that begins like a formula would be run by a spreadsheet: it gets an apostrophe.
fn field(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.replace('"', "\"\"");
    format!("\"{}{quoted}\"", if formula { "'" } else { "" })
}

/// As a page, set by the letter engine.
pub(crate) fn pdf(press: &mut Press, detail: &PrintRunDetail, today: Date) -> Result<Vec<u8>, Error> {
    let run = &detail.run;
    let mut html = String::from("<div style=\"font-family: Arial; font-size: 8.5pt\">");
    let sides = if run.duplex { "both sides" } else { "one side" };
    let copies = if run.copies > 1 { format!(", {} copies", run.copies) } else { String::new() };
    // Writing into a String cannot fail.
    let _ = write!(
        html,
        "<h1 style=\"font-size: 16pt\">Print run {}</h1><p>{} letters, {} pages on {} sheets ({sides}{copies}), printed on \
         {} by {}.</p>",
        run.number,
        run.letters,
        run.pages,
        run.sheets,
        safe(&run.printer),
        safe(&run.started_by),
    );
    html.push_str("<table border=\"1\" style=\"width: 100%\"><thead><tr>");
    for head in HEADS {
        let _ = write!(html, "<th>{head}</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for letter in &detail.letters {
        html.push_str("<tr>");
        for cell in cells(letter) {
            let _ = write!(html, "<td>{}</td>", safe(&cell));
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div>");
    let template = Template {
        id: TemplateId(0),
        name: "Print run".to_owned(),
        kind: TemplateKind::Static,
        is_dispute: false,
        category: None,
        contents: vec![TemplateContent { section: None, html, version: None }],
    };
    let variables = Variables::default();
    let set = press.set(&Draft::page(&template, &variables, today, format!("Print run {}", run.number)))?;
    Ok(set.pdf)
}

/// As text in a template: neither markup nor a shortcode.
fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('[', "[[")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_is_only_text() {
        assert_eq!(field("=1+1"), "\"'=1+1\"");
        assert_eq!(field("O\"Neil, A"), "\"O\"\"Neil, A\"");
        assert_eq!(safe("<b>[Date] & co"), "&lt;b&gt;[[Date] &amp; co");
    }
}
