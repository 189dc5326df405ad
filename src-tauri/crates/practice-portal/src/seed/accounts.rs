//! Accounts gone wrong, before any bureau reports them.
//!
//! Invariants: opened < last activity < charge-off < collection < paid, all of it before the bureaus report; and
//! past due <= balance <= high balance <= limit, as far as each is there.

use super::items::Metadata;
use crate::{
    dice::Dice,
    resources::furnishers::{COMPANIES, Line},
};
use jiff::{ToSpan as _, civil::Date};

/// What went wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Trouble {
    #[default]
    Lates,
    ChargeOff,
    Collection,
    Court,
    Inquiry,
}

/// The truth about one account, before the bureaus report it.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(super) line: Line,
    pub(super) trouble: Trouble,
    pub(super) company: &'static str,
    pub(super) digits: String,
    pub(super) opened: Date,
    pub(super) last_activity: Date,
    pub(super) charge_off: Option<Date>,
    pub(super) collection: Option<Date>,
    pub(super) closed: Option<Date>,
    pub(super) paid: Option<Date>,
    /// Cents.
    pub(super) limit: i64,
    pub(super) high: i64,
    pub(super) balance: i64,
    pub(super) past_due: i64,
    pub(super) monthly: i64,
    pub(super) months: i64,
    pub(super) lates: [i64; 3],
    pub(super) ownership: &'static str,
    pub(super) metadata: Metadata,
}

const STATUSES: [(u64, &str); 4] = [(35, "new"), (30, "not_processed"), (25, "in_progress"), (10, "repaired")];

impl Account {
    /// An account, dated before the day. `staff` is how many accounts of staff there are.
    pub(crate) fn draw(dice: &mut Dice, as_of: Date, staff: i64) -> Account {
        let (line, trouble) = dice.pick_weighted(&KINDS);
        let companies: Vec<&str> =
            COMPANIES.iter().filter(|(_, of)| *of == line.0).map(|(company, _)| *company).collect();
        let line = line.0;
        let life = Life::draw(dice, as_of, line, trouble);
        let money = Amounts::draw(dice, line, trouble);
        // After the collection, before any report.
        let is_paid = trouble == Trouble::Collection && dice.chance(12);
        let paid = is_paid.then(|| plus_days(as_of, -dice.between(80, 110)));
        let status = dice.pick_weighted(&STATUSES);
        Account {
            line,
            trouble,
            company: dice.pick(&companies),
            digits: dice.digits(16),
            opened: life.opened,
            last_activity: life.last_activity,
            charge_off: life.charge_off,
            collection: life.collection,
            closed: life.charge_off.or(life.closed),
            paid,
            limit: money.limit,
            high: money.high,
            balance: if paid.is_some() { 0 } else { money.balance },
            past_due: if paid.is_some() { 0 } else { money.past_due },
            monthly: money.monthly,
            months: money.months,
            lates: lates(dice, trouble),
            ownership: dice.pick_weighted(&[(80, "Individual"), (14, "Joint"), (6, "Authorized user")]),
            metadata: Metadata {
                status,
                not_dispute: dice.chance(4),
                created_by: dice.between(1, staff),
                updated_by: dice.between(1, staff),
            },
        }
    }
}

/// A line with a default, to be drawn.
#[derive(Clone, Copy, Debug)]
struct Drawn(Line);

impl Default for Drawn {
    fn default() -> Self {
        Drawn(Line::Collection)
    }
}

/// What goes wrong, how often in a hundred.
const KINDS: [(u64, (Drawn, Trouble)); 11] = [
    (16, (Drawn(Line::Card), Trouble::Lates)),
    (15, (Drawn(Line::Card), Trouble::ChargeOff)),
    (8, (Drawn(Line::Auto), Trouble::Lates)),
    (5, (Drawn(Line::Auto), Trouble::ChargeOff)),
    (8, (Drawn(Line::Student), Trouble::Lates)),
    (6, (Drawn(Line::Mortgage), Trouble::Lates)),
    (13, (Drawn(Line::Medical), Trouble::Collection)),
    (15, (Drawn(Line::Collection), Trouble::Collection)),
    (3, (Drawn(Line::Office), Trouble::Collection)),
    (3, (Drawn(Line::Court), Trouble::Court)),
    (8, (Drawn(Line::Card), Trouble::Inquiry)),
];

/// An account's days, in order.
struct Life {
    opened: Date,
    last_activity: Date,
    charge_off: Option<Date>,
    collection: Option<Date>,
    closed: Option<Date>,
}

impl Life {
    fn draw(dice: &mut Dice, as_of: Date, line: Line, trouble: Trouble) -> Life {
        // Everything that happened, happened at least 100 days ago: the bureaus report within the last 75.
        let last_activity = match trouble {
            Trouble::Inquiry => plus_days(as_of, -dice.between(100, 720)),
            Trouble::Lates => plus_days(as_of, -dice.between(100, 2_000)),
            Trouble::ChargeOff | Trouble::Collection | Trouble::Court => plus_days(as_of, -dice.between(600, 2_300)),
        };
        let age = match line {
            Line::Medical => dice.between(20, 90),
            Line::Mortgage | Line::Student => dice.between(400, 3_600),
            _ => dice.between(200, 2_400),
        };
        let opened = plus_days(last_activity, if trouble == Trouble::Inquiry { 0 } else { -age });
        let charge_off = match trouble {
            Trouble::ChargeOff => Some(plus_days(last_activity, dice.between(150, 200))),
            Trouble::Collection if line == Line::Collection && dice.chance(50) => {
                Some(plus_days(last_activity, dice.between(150, 200)))
            }
            _ => None,
        };
        let collection = match trouble {
            Trouble::Collection => Some(plus_days(charge_off.unwrap_or(last_activity), dice.between(60, 280))),
            Trouble::ChargeOff if dice.chance(35) => charge_off.map(|day| plus_days(day, dice.between(30, 180))),
            _ => None,
        };
        let closed = match trouble {
            Trouble::Court if dice.chance(70) => Some(plus_days(last_activity, dice.between(90, 200))),
            Trouble::Lates if dice.chance(25) => Some(plus_days(last_activity, dice.between(1, 20))),
            _ => None,
        };
        Life { opened, last_activity, charge_off, collection, closed }
    }
}

/// An account's amounts, in cents.
struct Amounts {
    limit: i64,
    high: i64,
    balance: i64,
    past_due: i64,
    monthly: i64,
    months: i64,
}

impl Amounts {
    fn draw(dice: &mut Dice, line: Line, trouble: Trouble) -> Amounts {
        let (limit, months) = match line {
            Line::Card => (dice.between(5, 150) * 10_000, 0),
            Line::Auto => (dice.between(80, 420) * 10_000, dice.pick(&[48, 60, 72])),
            Line::Mortgage => (dice.between(900, 4_800) * 10_000, dice.pick(&[180, 360])),
            Line::Student => (dice.between(25, 600) * 10_000, dice.pick(&[120, 240])),
            Line::Medical => (dice.between(4_500, 480_000), 0),
            Line::Collection | Line::Office | Line::Court => (dice.between(6_000, 620_000), 0),
        };
        let high = match line {
            Line::Card => limit * dice.between(40, 100) / 100 - dice.between(0, 99),
            _ => limit,
        };
        let balance = match (line, trouble) {
            (_, Trouble::Collection) => high,
            _ => high * dice.between(25, 98) / 100,
        };
        let monthly = match line {
            Line::Card => (balance / 40).max(2_500).min(balance),
            Line::Auto | Line::Mortgage | Line::Student => high * 13 / 10 / months.max(1),
            _ => 0,
        };
        let past_due = match trouble {
            Trouble::Lates if dice.chance(45) => 0,
            Trouble::Lates => (monthly * dice.between(1, 4)).min(balance),
            _ => balance,
        };
        Amounts { limit, high, balance, past_due, monthly, months }
    }
}

/// Payments 30, 60 and 90 days late: no longer delay without the shorter one before it.
fn lates(dice: &mut Dice, trouble: Trouble) -> [i64; 3] {
    match trouble {
        Trouble::Lates => {
            let thirty = dice.between(1, 6);
            let sixty = if dice.chance(45) { dice.between(1, thirty) } else { 0 };
            let ninety = if sixty > 0 && dice.chance(40) { dice.between(1, sixty) } else { 0 };
            [thirty, sixty, ninety]
        }
        Trouble::ChargeOff => [dice.between(1, 3), 1, dice.between(1, 4)],
        Trouble::Collection | Trouble::Court | Trouble::Inquiry => [0, 0, 0],
    }
}

/// A day so many days later; the day itself at the end of the calendar.
pub(crate) fn plus_days(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}
