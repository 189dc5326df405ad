//! When a recipient's answer is due, and what it was. Dates are computed aids, not legal advice.

use crate::business_days::after;
use crate::{ClientId, InstructionId, ItemId, LetterId, Recipient};
use jiff::Timestamp;
use jiff::civil::Date;

/// How a letter went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SentBy {
    /// On paper.
    Mail,
    /// By fax.
    Fax,
}

impl SentBy {
    /// The stored spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            SentBy::Mail => "mail",
            SentBy::Fax => "fax",
        }
    }

    /// Reads the stored spelling.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        [SentBy::Mail, SentBy::Fax].into_iter().find(|way| way.code() == text)
    }
}

/// What became of a disputed item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Removed from the report.
    Deleted,
    /// Corrected.
    Updated,
    /// Said to be right.
    Verified,
    /// Not investigated, as frivolous.
    Frivolous,
    /// No answer in time.
    NoResponse,
    /// Removed, and put back later.
    Reinserted,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Outcome; 6] = [
        Outcome::Deleted,
        Outcome::Updated,
        Outcome::Verified,
        Outcome::Frivolous,
        Outcome::NoResponse,
        Outcome::Reinserted,
    ];

    /// The stored spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Deleted => "deleted",
            Outcome::Updated => "updated",
            Outcome::Verified => "verified",
            Outcome::Frivolous => "frivolous",
            Outcome::NoResponse => "no_response",
            Outcome::Reinserted => "reinserted",
        }
    }

    /// Reads the stored spelling.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == text)
    }
}

/// A disputed item of a letter that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitedItem {
    /// The item.
    pub item: ItemId,
    /// Why it was disputed.
    pub instruction: InstructionId,
    /// Its account name when the letter was made.
    pub account_name: String,
    /// The reason's text then.
    pub reason: String,
    /// What became of it; `None` while the answer is awaited.
    pub outcome: Option<Outcome>,
}

/// A letter that is out, until every item of it has an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The letter.
    pub letter: LetterId,
    /// Whose.
    pub client: ClientId,
    /// The client's name when the letter was made.
    pub client_name: String,
    /// Who answers.
    pub recipient: Recipient,
    /// How it went out.
    pub by: SentBy,
    /// When it was mailed or faxed.
    pub sent: Date,
    /// When it was received, if anything says so: certified mail, a fax confirmation.
    pub received: Option<Date>,
    /// The longer period applies.
    pub extended: bool,
    /// When it was opened.
    pub opened: Timestamp,
    /// What was disputed.
    pub items: Vec<AwaitedItem>,
}

impl FollowUp {
    /// Days that an investigation may take (FCRA 611), from receipt.
    pub const INVESTIGATION: u16 = 30;
    /// The same when the client added facts meanwhile, or the report was the free annual one.
    pub const EXTENDED: u16 = 45;
    /// Days that the mail is reckoned to take when nothing says when the letter came.
    pub const IN_THE_MAIL: u16 = 5;

    /// The last day for the answer. It is an estimate while [`FollowUp::received`] is unknown.
    #[must_use]
    pub fn due(&self) -> Date {
        let reckoned = match self.by {
            SentBy::Mail => after(self.sent, Self::IN_THE_MAIL),
            SentBy::Fax => self.sent,
        };
        after(self.received.unwrap_or(reckoned), if self.extended { Self::EXTENDED } else { Self::INVESTIGATION })
    }

    /// Whether an answer is still awaited.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.items.iter().any(|item| item.outcome.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bureau, RecipientKind};
    use jiff::civil::date;

    fn follow_up() -> FollowUp {
        FollowUp {
            letter: LetterId("l".into()),
            client: ClientId(1),
            client_name: String::new(),
            recipient: Recipient {
                kind: RecipientKind::Bureau(Bureau::Equifax),
                name: String::new(),
                address: None,
                fax_number: None,
            },
            by: SentBy::Mail,
            sent: date(2026, 3, 2),
            received: None,
            extended: false,
            opened: Timestamp::UNIX_EPOCH,
            items: vec![AwaitedItem {
                item: ItemId("i".into()),
                instruction: InstructionId(1),
                account_name: String::new(),
                reason: String::new(),
                outcome: None,
            }],
        }
    }

    #[test]
    fn the_answer_is_due_thirty_days_after_receipt_and_estimated_without_one() {
        let mailed = follow_up();
        assert_eq!(mailed.due(), date(2026, 4, 6));
        assert_eq!(FollowUp { by: SentBy::Fax, ..mailed.clone() }.due(), date(2026, 4, 1));
        let received = FollowUp { received: Some(date(2026, 3, 10)), ..mailed };
        assert_eq!(received.due(), date(2026, 4, 9));
        assert_eq!(FollowUp { extended: true, ..received }.due(), date(2026, 4, 24));
    }

    #[test]
    fn it_stays_open_until_every_item_has_an_outcome() {
        let mut open = follow_up();
        assert!(open.is_open());
        open.items[0].outcome = Some(Outcome::Verified);
        assert!(!open.is_open());
    }
}
