//! Comma-separated values as spreadsheets write and read them (RFC 4180), for imports and exports of clients.

use crate::{records::Record, stored};
use serde_json::Value;

/// The columns of clients, in the order of an export; an import may have them in any order.
pub(crate) const CLIENT_COLUMNS: [&str; 14] = [
    "id",
    "client_key",
    "email",
    "mobile_phone",
    "ssn",
    "FirstName",
    "MiddleName",
    "LastName",
    "D_O_B__c",
    "MailingStreet",
    "MailingCity",
    "MailingState",
    "MailingPostalCode",
    "Preferred_Language__c",
];

/// Clients with a head line. Social security numbers stay out: a segment's list is for mailings.
pub(crate) fn clients<'a>(clients: impl Iterator<Item = &'a Record>) -> String {
    let columns = || CLIENT_COLUMNS.into_iter().filter(|column| *column != "ssn");
    let mut table = line(columns().map(str::to_owned));
    for client in clients {
        let attributes = client.get("attributes").and_then(Value::as_object);
        let value = |column: &str| match client.get(column) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => String::new(),
            None => attributes.map(|attributes| stored::text(attributes, column)).unwrap_or_default().to_owned(),
        };
        table.push_str(&line(columns().map(value)));
    }
    table
}

/// One line, ended.
pub(crate) fn line(values: impl Iterator<Item = String>) -> String {
    let quoted = |value: String| {
        if value.contains([',', '"', '\n', '\r']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
    };
    let mut line = values.map(quoted).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// The rows of a table, blank lines left out. A quote that is never closed takes the rest.
pub(crate) fn rows(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut value) = (Vec::new(), Vec::new(), String::new());
    let mut letters = table.trim_start_matches('\u{feff}').chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                value.push('"');
            }
            '"' if is_quoted || value.is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut value)),
            '\r' if !is_quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => end_row(&mut rows, &mut row, &mut value),
            letter => value.push(letter),
        }
    }
    end_row(&mut rows, &mut row, &mut value);
    rows
}

fn end_row(rows: &mut Vec<Vec<String>>, row: &mut Vec<String>, value: &mut String) {
    row.push(std::mem::take(value));
    let row = std::mem::take(row);
    if row.iter().any(|value| !value.trim().is_empty()) {
        rows.push(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let rows_written =
            [vec!["plain", "with, comma", "with \"quotes\""], vec!["two\nlines", "", "Zoë"], vec!["", "\"", ","]];
        let table: String = rows_written.iter().map(|row| line(row.iter().map(|value| (*value).to_owned()))).collect();
        assert_eq!(rows(&table), rows_written);
    }

    #[test]
    fn a_byte_order_mark_blank_lines_and_a_missing_last_line_end_do_no_harm() {
        assert_eq!(rows("\u{feff}a,b\r\n\r\n ,\n1,2"), [["a", "b"], ["1", "2"]]);
        assert!(rows("").is_empty());
    }
}
