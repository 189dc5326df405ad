//! When an item has to leave the report (FCRA 605). Dates are computed aids, not legal advice.

use crate::NegativeItem;
use crate::business_days::after;
use jiff::Span;
use jiff::civil::Date;

/// What a charge-off or a collection is reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultKind {
    /// Written off by the creditor.
    ChargeOff,
    /// Placed with a collector.
    Collection,
}

/// Why nothing can be reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untold {
    /// The portal keeps neither when the delinquency began nor a day of the charge-off or the collection.
    Delinquency,
    /// The portal does not keep when a bankruptcy was filed.
    BankruptcyFiling,
    /// Nothing says when a payment was late last.
    LatePayment,
    /// The law sets no period for inquiries.
    Inquiry,
}

/// The end of an item's time on a report, and what it follows from. What the record does not tell is never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obsolescence {
    /// Every late payment has its own seven years; those of the last one end on this day.
    LatePayments {
        /// The last one that the bureau tells of.
        last: Date,
        /// The day on which it has to be gone.
        leaves: Date,
    },
    /// Seven years that began 180 days after the delinquency did. When that was is not told; it was before the default, so
    /// that the item leaves on this day or sooner.
    AtTheLatest {
        /// What happened first.
        default: DefaultKind,
        /// When.
        on: Date,
        /// The last day that is possible.
        leaves: Date,
    },
    /// It cannot be reckoned.
    Unknown(Untold),
}

impl Obsolescence {
    /// Years that adverse information may be reported.
    pub const YEARS: i8 = 7;
    /// Days from the beginning of a delinquency to the beginning of those years, for charge-offs and collections only.
    pub const DELINQUENCY: u16 = 180;

    /// Reckons it from what the record tells.
    #[must_use]
    pub fn of(item: &NegativeItem) -> Self {
        // An account that a bankruptcy includes keeps its own seven years; the record of the court has ten.
        let kind = item.account_type.to_lowercase();
        if kind.contains("bankrupt") || kind.contains("public record") {
            return Self::Unknown(Untold::BankruptcyFiling);
        }
        if kind.contains("inquiry") {
            return Self::Unknown(Untold::Inquiry);
        }
        if item.flags.is_charge_off
            || item.flags.is_collection
            || item.charged_off.is_some()
            || item.collected.is_some()
        {
            let charged_off = item.charged_off.map(|on| (on, DefaultKind::ChargeOff));
            let collected = item.collected.map(|on| (on, DefaultKind::Collection));
            return match charged_off.into_iter().chain(collected).min_by_key(|&(on, _)| on) {
                Some((on, default)) => {
                    Self::AtTheLatest { default, on, leaves: years_after(after(on, Self::DELINQUENCY)) }
                }
                None => Self::Unknown(Untold::Delinquency),
            };
        }
        match item.last_adverse {
            Some(last) => Self::LatePayments { last, leaves: years_after(last) },
            None => Self::Unknown(Untold::LatePayment),
        }
    }

    /// The day by which it has to be gone, if it can be reckoned.
    #[must_use]
    pub fn leaves(self) -> Option<Date> {
        match self {
            Self::LatePayments { leaves, .. } | Self::AtTheLatest { leaves, .. } => Some(leaves),
            Self::Unknown(_) => None,
        }
    }
}

fn years_after(date: Date) -> Date {
    date.saturating_add(Span::new().years(Obsolescence::YEARS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClientId, ItemFlags, ItemId, ItemStatus, LateCounts};
    use jiff::civil::date;

    fn item(account_type: &str) -> NegativeItem {
        NegativeItem {
            id: ItemId("i".into()),
            client: ClientId(1),
            bureau: None,
            report: None,
            account_name: String::new(),
            account_number: String::new(),
            account_type: account_type.into(),
            account_status: "Open".into(),
            status: ItemStatus::New,
            excluded: false,
            flags: ItemFlags::default(),
            lates: LateCounts::default(),
            balance: None,
            past_due: None,
            high_balance: None,
            opened: Some(date(2010, 1, 1)),
            reported: Some(date(2026, 10, 1)),
            last_activity: Some(date(2024, 1, 1)),
            last_adverse: Some(date(2021, 5, 31)),
            charged_off: None,
            collected: None,
        }
    }

    #[test]
    fn late_payments_leave_seven_years_after_the_last_one_without_180_days() {
        let leaves = date(2028, 5, 31);
        let reckoned = Obsolescence::of(&item("Credit Card"));
        assert_eq!(reckoned, Obsolescence::LatePayments { last: date(2021, 5, 31), leaves });
        assert_eq!(reckoned.leaves(), Some(leaves));
        let leap = NegativeItem { last_adverse: Some(date(2020, 2, 29)), ..item("Credit Card") };
        assert_eq!(Obsolescence::of(&leap).leaves(), Some(date(2027, 2, 28)));
    }

    #[test]
    fn a_default_bounds_the_unknown_beginning_of_the_delinquency_by_whichever_came_first() {
        let charged_off = NegativeItem { charged_off: Some(date(2020, 1, 1)), ..item("Credit Card") };
        assert_eq!(
            Obsolescence::of(&charged_off),
            Obsolescence::AtTheLatest {
                default: DefaultKind::ChargeOff,
                on: date(2020, 1, 1),
                leaves: date(2027, 6, 29),
            }
        );
        let both = NegativeItem { collected: Some(date(2019, 3, 1)), ..charged_off };
        let bound = Obsolescence::of(&both);
        assert!(matches!(bound, Obsolescence::AtTheLatest { default: DefaultKind::Collection, .. }));
        assert_eq!(bound.leaves(), Some(date(2026, 8, 28)));
    }

    #[test]
    fn what_is_not_told_is_unknown_and_never_taken_from_another_day() {
        let flags = ItemFlags { is_collection: true, ..ItemFlags::default() };
        for (item, untold) in [
            (NegativeItem { flags, ..item("Medical") }, Untold::Delinquency),
            (item("Chapter 7 Bankruptcy"), Untold::BankruptcyFiling),
            (item("Public Record"), Untold::BankruptcyFiling),
            (item("Inquiry"), Untold::Inquiry),
            (NegativeItem { last_adverse: None, ..item("Auto Loan") }, Untold::LatePayment),
        ] {
            assert_eq!(Obsolescence::of(&item), Obsolescence::Unknown(untold));
            assert_eq!(Obsolescence::of(&item).leaves(), None);
        }
    }
}
