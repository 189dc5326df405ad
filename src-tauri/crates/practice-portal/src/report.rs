//! The document inside a credit report: what three bureaus said about one client on one day.
//!
//! It is made from the client's own items when it is asked for, so that it agrees with them. The earlier of a client's
//! two first reports shows more: items that were repaired since, higher balances of those that are still there, lower
//! scores. Accounts in good standing are in both and have no item; a later report can have an inquiry that has none either.
//!
//! When a further report is pulled, what the earlier ones say is written down, and later changes of items leave it alone.

use crate::{
    dice::Dice,
    records::Record,
    resources::furnishers::{COMPANIES, Line},
    stored,
};
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a document is made from.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    /// The portal's seed.
    pub(crate) seed: u64,
    /// The stored report.
    pub(crate) report: &'a Record,
    /// The client, as stored.
    pub(crate) client: &'a Record,
    /// The client's items, as stored.
    pub(crate) items: &'a [Record],
    /// Which bureau each of the client's reports is from, by its key.
    pub(crate) bureaus: &'a BTreeMap<i64, String>,
}

const BUREAUS: [&str; 3] = ["equifax", "experian", "transunion"];

/// What a bureau says about an account, copied from the item.
const TOLD: [&str; 22] = [
    "account_name",
    "account_number",
    "account_ownership_type",
    "account_status",
    "opened_date",
    "last_activity_date",
    "last_payment_date",
    "charge_off_date",
    "collection_date",
    "close_date",
    "account_paid_date",
    "credit_limit",
    "high_balance_amount",
    "past_due_amount",
    "monthly_payment",
    "terms_desc",
    "current_rating_type",
    "late_count_30_days",
    "late_count_60_days",
    "late_count_90_days",
    "is_disputed",
    "reported_date",
];

impl Source<'_> {
    /// The whole document.
    pub(crate) fn document(&self) -> Value {
        let mut accounts = self.negative();
        let negative = accounts.len();
        accounts.extend(self.positive());
        accounts.extend(self.new_inquiry());
        json!({
            "schema": "three-bureau-report",
            "version": 1,
            "report": {
                "report_id": self.report.get("report_id"),
                "vendor": self.report.get("vendor"),
                "report_date": self.report.get("report_date"),
            },
            "consumer": self.consumer(),
            "scores": self.scores(negative),
            "summary": BUREAUS.map(|bureau| summary(bureau, &accounts)),
            "items": accounts,
        })
    }

    fn is_earlier(&self) -> bool {
        stored::number(self.report, "pull") == Some(0)
    }

    fn dice(&self, stream: u64) -> Dice {
        let client = stored::number(self.client, "id").unwrap_or_default().unsigned_abs();
        Dice::new(self.seed ^ 0x7265_7000, client.saturating_mul(64).saturating_add(stream))
    }

    fn consumer(&self) -> Value {
        let attribute = |name: &str| self.client.get("attributes").and_then(|attributes| attributes.get(name)).cloned();
        let address = |bureau: &str| {
            json!({
                "bureau": bureau,
                "street": attribute("MailingStreet"),
                "city": attribute("MailingCity"),
                "state": attribute("MailingState"),
                "zip": attribute("MailingPostalCode"),
            })
        };
        let ssn = stored::number(self.client, "ssn").map(|ssn| format!("{:04}", ssn % 10_000));
        json!({
            "first_name": attribute("FirstName"),
            "last_name": attribute("LastName"),
            "birth_date": attribute("D_O_B__c"),
            "ssn_last_four": ssn,
            "addresses": BUREAUS.map(address),
        })
    }

    fn scores(&self, negative: usize) -> Value {
        let mut dice = self.dice(0);
        let fewer = i64::try_from(negative).unwrap_or(20).min(20);
        let score = |bureau: &str| {
            let value = (720 - fewer * 11 + dice.between(-12, 12)).clamp(300, 850);
            json!({ "bureau": bureau, "model": "Practice Score", "value": value })
        };
        BUREAUS.map(score).to_vec().into()
    }

    /// The client's items, those of one account together.
    fn negative(&self) -> Vec<Value> {
        let mut accounts: BTreeMap<(bool, i64), Vec<&Record>> = BTreeMap::new();
        for item in self.items {
            let status = item.get("metadata").and_then(|metadata| metadata.get("status")?.as_str());
            if status == Some("repaired") && !self.is_earlier() {
                continue;
            }
            let key = match stored::number(item, "account") {
                Some(account) => (false, account),
                None => (true, stored::number(item, "id").unwrap_or_default()),
            };
            accounts.entry(key).or_default().push(item);
        }
        let named = |((is_alone, key), items): ((bool, i64), Vec<&Record>)| {
            self.account(&format!("{}{key}", if is_alone { 'I' } else { 'N' }), &items)
        };
        accounts.into_iter().map(named).collect()
    }

    fn account(&self, key: &str, items: &[&Record]) -> Value {
        let first = items.first().copied();
        let field = |name: &str| first.and_then(|item| item.get(name)).cloned();
        let kind = match field("account_type").as_ref().and_then(Value::as_str) {
            Some("Inquiry") => "inquiry",
            Some("Public Record") => "public_record",
            _ => "account",
        };
        json!({
            "key": key,
            "kind": kind,
            "account_type": field("account_type"),
            "is_negative": true,
            "bureaus": items.iter().map(|item| self.told(item)).collect::<Vec<_>>(),
        })
    }

    fn told(&self, item: &Record) -> Value {
        let bureau = stored::number(item, "credit_report_id").and_then(|report| self.bureaus.get(&report));
        let mut told: Record =
            TOLD.iter().filter_map(|name| Some(((*name).to_owned(), item.get(*name)?.clone()))).collect();
        told.insert("bureau".into(), bureau.cloned().into());
        told.insert("negative_item_id".into(), item.get("id").cloned().unwrap_or_default());
        let balance = item.get("unpaid_balance_amount").and_then(Value::as_str).and_then(cents);
        let id = stored::number(item, "id").unwrap_or_default().unsigned_abs();
        let more = if self.is_earlier() { 100 + self.dice(1_000 + id).between(1, 9) } else { 100 };
        told.insert("balance".into(), balance.map(|balance| money(balance * more / 100)).into());
        if self.is_earlier() {
            told.insert("is_disputed".into(), false.into());
        }
        Value::Object(told)
    }

    /// Somebody looked at the report after the client had enrolled: many a client looks for a new card meanwhile.
    fn new_inquiry(&self) -> Option<Value> {
        let mut dice = self.dice(2);
        if self.is_earlier() || !dice.chance(60) {
            return None;
        }
        let lenders: Vec<&str> =
            COMPANIES.iter().filter(|(_, line)| *line == Line::Card).map(|(name, _)| *name).collect();
        let lender = dice.pick(&lenders);
        let bureau = dice.pick(&BUREAUS);
        let enrolled: Option<Date> =
            self.client.get("attributes")?.get("Enrollment_Date__c")?.as_str().and_then(|day| day.parse().ok());
        let day = enrolled?.checked_add(dice.between(1, 5).days()).ok()?;
        Some(json!({
            "key": "Q1",
            "kind": "inquiry",
            "account_type": "Inquiry",
            "is_negative": false,
            "bureaus": [{
                "bureau": bureau,
                "account_name": lender.to_uppercase(),
                "inquiry_date": day.min(self.day()?),
                "negative_item_id": null,
            }],
        }))
    }

    fn day(&self) -> Option<Date> {
        stored::text(self.report, "report_date").parse().ok()
    }

    /// Accounts in good standing: the same in both reports but for what was paid in between.
    fn positive(&self) -> Vec<Value> {
        let mut dice = self.dice(1);
        let lenders: Vec<&str> = COMPANIES
            .iter()
            .filter(|(_, line)| matches!(line, Line::Card | Line::Auto | Line::Student))
            .map(|(name, _)| *name)
            .collect();
        let count = dice.between(1, 4);
        (1..=count)
            .map(|place| {
                let lender = dice.pick(&lenders);
                let limit = dice.between(5, 120) * 10_000;
                let used = dice.between(2, 40);
                let (digits, year, month) = (dice.digits(4), dice.between(2012, 2022), dice.between(1, 12));
                let used = if self.is_earlier() { used + 4 } else { used };
                let told = |bureau: &str| {
                    json!({
                        "bureau": bureau,
                        "account_name": lender.to_uppercase(),
                        "account_number": format!("************{digits}"),
                        "account_status": "Open",
                        "opened_date": format!("{year}-{month:02}-01"),
                        "credit_limit": money(limit),
                        "balance": money(limit * used / 100),
                        "past_due_amount": money(0),
                        "current_rating_type": "As agreed",
                        "negative_item_id": null,
                    })
                };
                json!({
                    "key": format!("P{place}"),
                    "kind": "account",
                    "account_type": "Credit Card",
                    "is_negative": false,
                    "bureaus": BUREAUS.map(told),
                })
            })
            .collect()
    }
}

/// What a bureau's part adds up to.
fn summary(bureau: &str, accounts: &[Value]) -> Value {
    let mut summary = json!({ "bureau": bureau });
    let told = |account: &Value| -> Option<Value> {
        account.get("bureaus")?.as_array()?.iter().find(|told| told.get("bureau") == Some(&bureau.into())).cloned()
    };
    let count = |kind: &str| {
        accounts.iter().filter(|account| account.get("kind") == Some(&kind.into()) && told(account).is_some()).count()
    };
    let negative = accounts.iter().filter(|account| account.get("is_negative") == Some(&Value::Bool(true)));
    let balance: i64 = accounts
        .iter()
        .filter_map(told)
        .filter_map(|told| told.get("balance").and_then(Value::as_str).and_then(cents))
        .sum();
    if let Some(summary) = summary.as_object_mut() {
        summary.insert("accounts".into(), count("account").into());
        summary.insert("inquiries".into(), count("inquiry").into());
        summary.insert("public_records".into(), count("public_record").into());
        summary.insert("negative".into(), negative.filter(|account| told(account).is_some()).count().into());
        summary.insert("balance".into(), money(balance).into());
    }
    summary
}

fn cents(amount: &str) -> Option<i64> {
    amount.replacen('.', "", 1).parse().ok()
}

fn money(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
