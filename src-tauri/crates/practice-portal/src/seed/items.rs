//! How a bureau reports an account: the negative item of the wire, with the bureau's own spelling, hidden digits and
//! small differences.

use super::accounts::{Account, Trouble, plus_days};
use crate::{dice::Dice, resources::furnishers::Line};
use jiff::civil::Date;
use serde::Serialize;

/// What every item says about its client and report.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    /// `client_id`
    pub(crate) client_id: i64,
    /// `client_key`
    pub(crate) client_key: String,
    /// `internal_client_key`
    pub(crate) internal_client_key: String,
    /// `report_id`: the vendor's name of the pull that all three reports came from.
    pub(crate) report_id: String,
}

/// A negative item as it is stored: the documented fields but `client` and `correspondence`, the client's key, and which
/// of the client's accounts it is.
#[derive(Clone, Debug, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the record documents each as its own boolean field")]
pub(crate) struct Item {
    client_id: i64,
    /// The same for what the bureaus say about one account.
    pub(super) account: Option<i64>,
    account_name: String,
    account_number: Option<String>,
    account_ownership_type: Option<&'static str>,
    account_paid_date: Option<Date>,
    account_status: &'static str,
    account_type: &'static str,
    bureau_tradeline_id: String,
    charge_off_date: Option<Date>,
    client_key: String,
    close_date: Option<Date>,
    collection_date: Option<Date>,
    credit_balance: Option<String>,
    credit_limit: Option<String>,
    credit_loan_type: Option<&'static str>,
    pub(crate) credit_report_id: i64,
    current_rateing_code: Option<&'static str>,
    current_rating_type: Option<&'static str>,
    high_balance_amount: Option<String>,
    high_credit_amount: Option<String>,
    highest_adverse_rating_code: Option<&'static str>,
    highest_adverse_rating_type: Option<&'static str>,
    internal_client_key: String,
    is_charge_off: bool,
    is_closed: bool,
    is_collection: bool,
    is_disputed: bool,
    is_mortgage: bool,
    is_negative: bool,
    is_revolving: bool,
    is_secure_loan: bool,
    last_activity_date: Option<Date>,
    last_payment_date: Option<Date>,
    late_count_30_days: i64,
    late_count_60_days: i64,
    late_count_90_days: i64,
    loan_type: Option<&'static str>,
    pub(crate) metadata: Metadata,
    modified_date: Option<Date>,
    monthly_payment: Option<String>,
    months_viewed: Option<i64>,
    most_recent_adverse_rating_code: Option<&'static str>,
    most_recent_adverse_rating_date: Option<Date>,
    most_recent_adverse_rating_type: Option<&'static str>,
    opened_date: Option<Date>,
    original_balance_amount: Option<String>,
    past_due_amount: Option<String>,
    report_id: String,
    reported_date: Option<Date>,
    terms_desc: Option<String>,
    terms_month: Option<i64>,
    unpaid_balance_amount: Option<String>,
    vendor_tradeline_id: String,
}

/// The company's own state of an item.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Metadata {
    pub(super) status: &'static str,
    pub(super) not_dispute: bool,
    pub(super) created_by: i64,
    pub(super) updated_by: i64,
}

impl Account {
    /// The account as the bureau in this place (0 to 2) reports it. Key and report are filled in by the caller.
    pub(crate) fn reported(&self, dice: &mut Dice, bureau: usize, as_of: Date, owner: &Owner) -> Item {
        let reported = latest(as_of, dice);
        let item = Item {
            client_id: owner.client_id,
            client_key: owner.client_key.clone(),
            internal_client_key: owner.internal_client_key.clone(),
            report_id: owner.report_id.clone(),
            account_name: spelled(self.company, dice),
            bureau_tradeline_id: format!("TL{}", dice.digits(10)),
            vendor_tradeline_id: dice.digits(9),
            is_disputed: self.metadata.status == "in_progress" && dice.chance(80),
            is_negative: self.trouble != Trouble::Inquiry,
            metadata: self.metadata.clone(),
            modified_date: Some(plus_days(reported, dice.between(0, 9))),
            reported_date: Some(reported),
            ..Item::default()
        };
        match self.trouble {
            Trouble::Inquiry => Item {
                account_status: "Inquiry",
                account_type: "Inquiry",
                opened_date: Some(self.opened),
                reported_date: Some(self.opened),
                ..item
            },
            Trouble::Court => self.court_record(item),
            Trouble::Lates | Trouble::ChargeOff | Trouble::Collection => self.tradeline(dice, bureau, item),
        }
    }

    fn court_record(&self, item: Item) -> Item {
        let docket: String = self.digits.chars().take(5).collect();
        Item {
            account_number: Some(format!("{:02}-{docket}", self.opened.year() % 100)),
            account_ownership_type: Some(self.ownership),
            account_status: if self.closed.is_some() { "Discharged" } else { "Filed" },
            account_type: "Public Record",
            opened_date: Some(self.opened),
            last_activity_date: Some(self.last_activity),
            close_date: self.closed,
            is_closed: self.closed.is_some(),
            ..item
        }
    }

    fn tradeline(&self, dice: &mut Dice, bureau: usize, item: Item) -> Item {
        let is_revolving = self.line == Line::Card && self.trouble != Trouble::Collection;
        // A bureau that heard later may know a little less of the balance.
        let known = if dice.chance(25) { self.balance * dice.between(96, 99) / 100 } else { self.balance };
        let past_due = self.past_due.min(known);
        let opened = if dice.chance(30) { self.opened.first_of_month() } else { self.opened };
        let active_span = (self.last_activity - opened).get_days();
        let last_activity = if dice.chance(20) && active_span > 30 {
            plus_days(self.last_activity, -dice.between(1, 20))
        } else {
            self.last_activity
        };
        let [late_30, late_60, late_90] = self.lates;
        let late_30 = if late_30 > 0 && dice.chance(20) { late_30 + 1 } else { late_30 };
        let (adverse_code, adverse_type) = self.worst();
        let is_loan = matches!(self.line, Line::Auto | Line::Mortgage | Line::Student);
        let limit = if is_revolving { Some(self.limit) } else { None };
        let is_current = self.trouble == Trouble::Lates && self.past_due == 0;
        Item {
            account_number: Some(masked(&self.digits, bureau)),
            account_ownership_type: Some(self.ownership),
            account_paid_date: self.paid,
            account_status: self.status(),
            account_type: self.kind(),
            charge_off_date: self.charge_off,
            close_date: self.closed,
            collection_date: self.collection,
            credit_balance: Some(money(known)),
            credit_limit: limit.map(money),
            credit_loan_type: Some(self.loan_type()),
            current_rateing_code: Some(if is_current { "1" } else { adverse_code }),
            current_rating_type: Some(if is_current { "As agreed" } else { adverse_type }),
            high_balance_amount: Some(money(self.high)),
            high_credit_amount: Some(money(limit.unwrap_or(self.high))),
            highest_adverse_rating_code: Some(adverse_code),
            highest_adverse_rating_type: Some(adverse_type),
            is_charge_off: self.charge_off.is_some(),
            is_closed: self.closed.is_some(),
            is_collection: self.collection.is_some(),
            is_mortgage: self.line == Line::Mortgage,
            is_revolving,
            is_secure_loan: matches!(self.line, Line::Auto | Line::Mortgage),
            last_activity_date: Some(last_activity),
            last_payment_date: Some(plus_days(opened, i64::from((last_activity - opened).get_days() * 3 / 4))),
            late_count_30_days: late_30,
            late_count_60_days: late_60,
            late_count_90_days: late_90,
            loan_type: Some(self.loan_type()),
            monthly_payment: (self.monthly > 0).then(|| money(self.monthly)),
            months_viewed: Some(dice.between(12, 84)),
            most_recent_adverse_rating_code: Some(adverse_code),
            most_recent_adverse_rating_date: Some(last_activity),
            most_recent_adverse_rating_type: Some(adverse_type),
            opened_date: Some(opened),
            original_balance_amount: (!is_revolving).then(|| money(self.high)),
            past_due_amount: Some(money(past_due)),
            terms_desc: match (is_revolving, is_loan) {
                (true, _) => Some("Revolving".to_owned()),
                (_, true) => Some(format!("{} months", self.months)),
                _ => None,
            },
            terms_month: is_loan.then_some(self.months),
            unpaid_balance_amount: Some(money(known)),
            ..item
        }
    }

    /// Code and words of the worst rating.
    fn worst(&self) -> (&'static str, &'static str) {
        match (self.trouble, self.lates) {
            (Trouble::ChargeOff, _) => ("9", "Charged off"),
            (Trouble::Collection, _) => ("9B", "Collection"),
            (_, [_, _, ninety]) if ninety > 0 => ("4", "90 days late"),
            (_, [_, sixty, _]) if sixty > 0 => ("3", "60 days late"),
            _ => ("2", "30 days late"),
        }
    }

    fn status(&self) -> &'static str {
        match self.trouble {
            Trouble::ChargeOff if self.collection.is_some() => "Charged off, transferred",
            Trouble::ChargeOff => "Charged off",
            Trouble::Collection if self.paid.is_some() => "Paid collection",
            Trouble::Collection => "In collection",
            _ if self.closed.is_some() => "Closed",
            _ if self.past_due > 0 => "Open, past due",
            _ => "Open",
        }
    }

    fn kind(&self) -> &'static str {
        match self.line {
            Line::Card => "Credit Card",
            Line::Auto => "Auto Loan",
            Line::Mortgage => "Mortgage",
            Line::Student => "Student Loan",
            Line::Medical => "Medical Collection",
            Line::Collection | Line::Office => "Collection",
            Line::Court => "Public Record",
        }
    }

    fn loan_type(&self) -> &'static str {
        match self.line {
            Line::Card => "Credit card",
            Line::Auto => "Auto",
            Line::Mortgage => "Conventional real estate",
            Line::Student => "Education",
            Line::Medical => "Medical debt",
            Line::Collection => "Debt buyer",
            Line::Office | Line::Court => "Government",
        }
    }
}

/// A day within the last weeks, when bureaus report.
fn latest(as_of: Date, dice: &mut Dice) -> Date {
    plus_days(as_of, -dice.between(21, 75))
}

/// `1234.50`
fn money(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Each bureau hides other digits.
fn masked(digits: &str, bureau: usize) -> String {
    let first: String = digits.chars().take(6).collect();
    let last: String = digits.chars().skip(12).collect();
    match bureau {
        0 => format!("************{last}"),
        1 => format!("{first}XXXXXXXXXX"),
        _ => format!("{first}****"),
    }
}

/// The company as a bureau spells it: in capitals, without what comes after the name, often shortened.
fn spelled(company: &str, dice: &mut Dice) -> String {
    const SHORT: [(&str, &str); 14] = [
        ("MANAGEMENT", "MGMT"),
        ("SERVICES", "SVCS"),
        ("SERVICING", "SVCG"),
        ("FINANCIAL", "FINCL"),
        ("FINANCE", "FIN"),
        ("COLLECTIONS", "COLL"),
        ("COLLECTION", "COLL"),
        ("RECEIVABLES", "RECV"),
        ("NATIONAL", "NATL"),
        ("DEPARTMENT", "DEPT"),
        ("COUNTY", "CNTY"),
        ("MORTGAGE", "MTG"),
        ("EDUCATION", "EDUC"),
        ("RECOVERY", "RCVRY"),
    ];
    let way = dice.below(100);
    if way < 5 {
        return company.to_owned();
    }
    let capitals = company.to_uppercase().replace(", N.A.", "").replace(", LLC", "").replace(',', "");
    if way < 20 {
        let short =
            |word: &str| SHORT.iter().find(|(long, _)| *long == word).map_or(word.to_owned(), |(_, s)| (*s).into());
        return capitals.split(' ').map(short).collect::<Vec<_>>().join(" ");
    }
    if way < 55 && !capitals.contains("COURT") {
        let words = if capitals.contains(" & ") { 3 } else { 2 };
        return capitals.split(' ').take(words).collect::<Vec<_>>().join(" ");
    }
    capitals
}
