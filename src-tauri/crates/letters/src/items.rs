//! The table of disputed items.

use crate::blocks::{Align, Block, Cell, Lines, Look, RichText, Role, Row, Style, Table};
use crate::table::Manner;
use domain::Money;
use jiff::civil::Date;

/// One row of the item table: what is disputed and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisputedItem {
    /// Creditor or collector as the bureau spells it.
    pub creditor: String,
    /// As it may stand in a letter: masked by the caller.
    pub account_number: String,
    /// "Credit card", "Collection", ...
    pub kind: String,
    /// The amount in dispute.
    pub amount: Option<Money>,
    /// The date in dispute.
    pub date: Option<Date>,
    /// Why it is disputed.
    pub reason: String,
    /// The claim code behind the reason.
    pub code: Option<String>,
}

/// A civil date as US tables write it: `03/05/2024`.
pub(crate) fn short_date(date: Date) -> String {
    date.strftime("%m/%d/%Y").to_string()
}

/// How the item table is set.
pub(crate) const MANNER: Manner = Manner { size: 9.5, leading: 11.5, pad: (4.0, 3.0) };

/// The text of a column in a row, numbered from 1.
type Text = fn(usize, &DisputedItem) -> String;

/// The columns: heading, alignment, text. One that is empty in every row is left out.
const COLUMNS: [(&str, Align, Text); 7] = [
    ("#", Align::Start, |number, _| number.to_string()),
    ("Creditor", Align::Start, |_, item| item.creditor.clone()),
    ("Account\u{A0}no.", Align::Start, |_, item| item.account_number.clone()),
    ("Type", Align::Start, |_, item| item.kind.clone()),
    ("Amount", Align::End, |_, item| item.amount.map_or_else(String::new, |amount| amount.to_string())),
    ("Date", Align::Start, |_, item| item.date.map_or_else(String::new, short_date)),
    ("Reason", Align::Start, reason),
];

fn reason(_: usize, item: &DisputedItem) -> String {
    match item.code.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => format!("{} ({code})", item.reason.trim()).trim_start().to_owned(),
        None => item.reason.clone(),
    }
}

/// The rows of the table, the header first.
pub(crate) fn cells(items: &[DisputedItem]) -> Vec<Vec<String>> {
    let numbered = || (1..).zip(items);
    let used: Vec<_> = COLUMNS
        .iter()
        .filter(|(_, _, cell)| numbered().any(|(number, item)| !cell(number, item).trim().is_empty()))
        .collect();
    let head = used.iter().map(|(heading, _, _)| (*heading).to_owned()).collect();
    let rows = numbered().map(|(number, item)| used.iter().map(|(_, _, cell)| cell(number, item)).collect());
    std::iter::once(head).chain(rows).collect()
}

/// The table of the items.
pub(crate) fn table(items: &[DisputedItem]) -> Table {
    let cells = cells(items);
    let align_of = |heading: &str| {
        COLUMNS.iter().find(|(known, _, _)| *known == heading).map_or(Align::Start, |(_, align, _)| *align)
    };
    let aligns: Vec<Align> = cells.first().into_iter().flatten().map(|heading| align_of(heading)).collect();
    let rows = cells.iter().enumerate().map(|(index, row)| {
        let header = index == 0;
        let look = if header { Look::BOLD } else { Look::default() };
        let cells = row.iter().zip(&aligns).map(|(text, align)| {
            let style = Style { align: *align, ..Style::default() };
            let text = RichText::new(text, look);
            Cell { header, ..Cell::new(vec![Block::Paragraph { text, role: Role::Line, style }]) }
        });
        Row { header, cells: cells.collect() }
    });
    Table { rows: rows.collect(), lines: Lines::Ruled, ..Table::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> DisputedItem {
        DisputedItem {
            creditor: "MIDLAND CREDIT MGMT".into(),
            account_number: "****1234".into(),
            kind: "Collection".into(),
            amount: Some(Money::from_cents(123_450)),
            date: Some(Date::constant(2024, 3, 5)),
            reason: "Not mine".into(),
            code: Some("103".into()),
        }
    }

    #[test]
    fn amounts_dates_and_codes_are_written_as_an_office_writes_them() {
        assert_eq!(
            cells(&[item()])[1],
            ["1", "MIDLAND CREDIT MGMT", "****1234", "Collection", "$1,234.50", "03/05/2024", "Not mine (103)"]
        );
    }

    #[test]
    fn a_column_that_no_row_fills_is_left_out() {
        let bare = DisputedItem { amount: None, date: None, code: None, ..item() };
        assert_eq!(cells(std::slice::from_ref(&bare))[0], ["#", "Creditor", "Account\u{A0}no.", "Type", "Reason"]);
        assert_eq!(
            cells(&[bare, item()])[1],
            ["1", "MIDLAND CREDIT MGMT", "****1234", "Collection", "", "", "Not mine"]
        );
    }
}
