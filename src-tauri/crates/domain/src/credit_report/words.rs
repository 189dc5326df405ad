//! What the words of a key mean, in whatever style it is written.

use super::document::Part;

/// The words of a key in lower case: `accountNumber`, `Account_Number` and `@AccountNumber` are `account number`.
pub(super) fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut letters = key.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(letter) = letters.next() {
        if !letter.is_alphanumeric() {
            end(&mut word, &mut words);
            before = None;
            continue;
        }
        // A capital begins a word after a small letter, and before one when it ends an acronym (`SSNNumber`).
        let begins = letter.is_uppercase()
            && before
                .is_some_and(|before| !before.is_uppercase() || letters.peek().is_some_and(|next| next.is_lowercase()));
        if begins {
            end(&mut word, &mut words);
        }
        word.extend(letter.to_lowercase());
        before = Some(letter);
    }
    end(&mut word, &mut words);
    words
}

fn end(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// A key as a label: `past_due_amount` is "Past due amount", `ssn` "SSN".
pub(super) fn label(key: &str) -> String {
    let words = words(key);
    if words.is_empty() {
        let key = key.trim();
        return if key.is_empty() { "Unnamed".to_owned() } else { key.to_owned() };
    }
    if is_all(&words, &["dob"]) {
        return "Date of birth".to_owned();
    }
    let mut label = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            label.push(' ');
        }
        if matches!(word.as_str(), "ssn" | "id" | "zip" | "dob" | "dofd" | "apr" | "eoscar") {
            label.push_str(&word.to_uppercase());
        } else if at == 0 {
            let mut letters = word.chars();
            label.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            label.push_str(letters.as_str());
        } else {
            label.push_str(word);
        }
    }
    label
}

fn is_all(words: &[String], wanted: &[&str]) -> bool {
    words.iter().map(String::as_str).eq(wanted.iter().copied())
}

pub(super) fn has(words: &[String], wanted: &[&str]) -> bool {
    words.iter().any(|word| wanted.contains(&word.as_str()))
}

fn starts(words: &[String], wanted: &[&str]) -> bool {
    words.iter().any(|word| wanted.iter().any(|start| word.starts_with(start)))
}

/// The part that a list or record of this key is; `None` for one that this build does not know.
pub(super) fn part(key: &str) -> Option<Part> {
    let words = words(key);
    let words = words.as_slice();
    if starts(words, &["summar"]) {
        Some(Part::Summary)
    } else if starts(words, &["inquir", "enquir"]) {
        Some(Part::Inquiries)
    } else if starts(words, &["bankrupt", "judgment", "judgement", "lien"])
        || (has(words, &["public"]) && starts(words, &["record"]))
    {
        Some(Part::PublicRecords)
    } else if starts(words, &["score"]) {
        Some(Part::Scores)
    } else if starts(words, &["account", "tradeline", "liabilit", "collection"])
        || has(words, &["items", "loans", "trades", "debts"])
        || (has(words, &["trade"]) && starts(words, &["line"]))
    {
        Some(Part::Accounts)
    } else if starts(words, &["consumer", "borrower", "personal", "identit", "applicant", "alias", "employ", "address"])
        || has(words, &["names", "subject", "person", "ssn", "phones"])
    {
        Some(Part::Consumer)
    } else if has(words, &["report", "header", "meta", "metadata", "request"]) {
        Some(Part::Report)
    } else {
        None
    }
}

/// The part that an item says itself to be of: `"kind": "public_record"`, `"account_type": "Inquiry"`.
pub(super) fn part_by_kind(key: &str, value: &str) -> Option<Part> {
    if !matches!(words(key).join(" ").as_str(), "kind" | "type" | "account type" | "item type" | "record type") {
        return None;
    }
    part(value).filter(|part| matches!(part, Part::Inquiries | Part::PublicRecords))
}

/// How good a name a field of this key is; the lower, the better.
pub(super) fn names(key: &str) -> Option<usize> {
    const NAMES: [&str; 16] = [
        "account name",
        "creditor name",
        "creditor",
        "subscriber name",
        "subscriber",
        "furnisher name",
        "furnisher",
        "lender",
        "company name",
        "company",
        "inquirer",
        "court name",
        "full name",
        "name",
        "model",
        "title",
    ];
    let words = words(key).join(" ");
    NAMES.iter().position(|name| *name == words)
}

/// Whether a field of this key is an account's number.
pub(super) fn is_number(key: &str) -> bool {
    matches!(
        words(key).join(" ").as_str(),
        "account number"
            | "account no"
            | "account identifier"
            | "account id"
            | "number"
            | "docket number"
            | "case number"
    )
}

/// Whether a field of this key names a bureau.
pub(super) fn is_bureau(key: &str) -> bool {
    matches!(
        words(key).join(" ").as_str(),
        "bureau" | "bureau code" | "bureau name" | "credit bureau" | "repository" | "source bureau" | "cra" | "source"
    )
}

/// Whether a value under this key can be an amount of money.
pub(super) fn is_money(words: &[String]) -> bool {
    const NEVER: [&str; 24] = [
        "date",
        "dates",
        "count",
        "number",
        "percent",
        "percentage",
        "ratio",
        "rate",
        "rating",
        "status",
        "term",
        "terms",
        "months",
        "month",
        "days",
        "code",
        "id",
        "type",
        "history",
        "frequency",
        "pattern",
        "is",
        "has",
        "year",
    ];
    has(
        words,
        &[
            "balance",
            "balances",
            "amount",
            "limit",
            "payment",
            "due",
            "owed",
            "income",
            "principal",
            "cost",
            "fee",
            "fees",
            "salary",
            "price",
        ],
    ) && !has(words, &NEVER)
        || is_all(words, &["high", "credit"])
        || is_all(words, &["charge", "off"])
}

/// Whether a value under this key can be a day.
pub(super) fn is_day(words: &[String]) -> bool {
    has(words, &["date", "day", "dob", "opened", "closed", "reported", "since", "dofd"])
}

/// Whether a value under this key is a Social Security number or a part of one.
pub(super) fn is_ssn(words: &[String]) -> bool {
    has(words, &["ssn", "ssns", "itin", "tin", "taxpayer"])
        || (has(words, &["social"]) && has(words, &["security", "number", "last"]))
}

/// Where a field stands among its record's: those that an agent looks for first, then the rest as it came.
pub(super) fn rank(key: &str) -> usize {
    const FIRST: [&str; 30] = [
        "account name",
        "creditor name",
        "creditor",
        "name",
        "first name",
        "middle name",
        "last name",
        "model",
        "value",
        "score",
        "account number",
        "account type",
        "account status",
        "status",
        "account ownership type",
        "balance",
        "unpaid balance amount",
        "past due amount",
        "high balance amount",
        "credit limit",
        "monthly payment",
        "opened date",
        "date opened",
        "inquiry date",
        "reported date",
        "last activity date",
        "last payment date",
        "close date",
        "charge off date",
        "collection date",
    ];
    let words = words(key).join(" ");
    FIRST.iter().position(|first| *first == words).unwrap_or(FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_any_style_has_the_same_words() {
        for key in ["account_number", "accountNumber", "AccountNumber", "@account-number", "ACCOUNT NUMBER"] {
            assert_eq!(words(key), ["account", "number"], "{key}");
        }
        assert_eq!(words("SSNLastFour"), ["ssn", "last", "four"]);
        assert_eq!(label("SSNLastFour"), "SSN last four");
        assert_eq!((label("%%"), label(" ")), ("%%".to_owned(), "Unnamed".to_owned()));
    }

    #[test]
    fn parts_are_known_by_their_words() {
        for (key, known) in [
            ("tradeLines", Some(Part::Accounts)),
            ("CREDIT_LIABILITY", Some(Part::Accounts)),
            ("inquiries", Some(Part::Inquiries)),
            ("public_records", Some(Part::PublicRecords)),
            ("accountSummary", Some(Part::Summary)),
            ("creditScores", Some(Part::Scores)),
            ("Borrower", Some(Part::Consumer)),
            ("alerts", None),
        ] {
            assert_eq!(part(key), known, "{key}");
        }
        assert_eq!(part_by_kind("kind", "public_record"), Some(Part::PublicRecords));
        assert_eq!(part_by_kind("remarks", "inquiry"), None);
    }

    #[test]
    fn money_is_not_seen_in_dates_and_counts() {
        let money = |key: &str| is_money(&words(key));
        assert!(money("past_due_amount") && money("creditLimit") && money("high_credit") && money("monthly_payment"));
        assert!(
            !money("last_payment_date") && !money("payment_history") && !money("late_count_30_days") && !money("value")
        );
    }
}
