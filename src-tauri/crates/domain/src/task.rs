//! Tasks about clients, made by colleagues and by workflows of the portal.

use crate::{ClientId, ItemId, TaskId};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// A task about a client (API: Client Tasks).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Server key.
    pub id: TaskId,
    /// About whom.
    pub client: ClientId,
    /// What is to be done.
    pub name: String,
    /// More about it; may be empty.
    pub description: String,
    /// How it stands, in the portal's words.
    pub status: String,
    /// When it is due.
    pub due: Option<Timestamp>,
    /// The negative item it is about, when it is about one.
    pub item: Option<ItemId>,
    /// Who made it; may be empty.
    pub author: String,
    /// When.
    pub created: Option<Timestamp>,
}

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskState {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Not to be done any more.
    Cancelled,
}

impl Task {
    /// How it stands.
    #[must_use]
    pub fn state(&self) -> TaskState {
        TaskState::from_status(&self.status)
    }
}

impl TaskState {
    /// Reads a status. The portal documents none, so a word that is not known is open: shown too long rather than lost.
    #[must_use]
    pub fn from_status(status: &str) -> Self {
        let letters: String = status.chars().filter(|c| c.is_alphanumeric()).collect();
        match letters.to_lowercase().as_str() {
            "completed" | "complete" | "done" | "closed" | "finished" | "resolved" => TaskState::Done,
            "cancelled" | "canceled" | "rejected" | "skipped" | "dismissed" | "archived" => TaskState::Cancelled,
            _ => TaskState::Open,
        }
    }
}

/// The item that a record is about, by the kind and the key that it names: `negative_item`, `NegativeItem`,
/// `App\Models\NegativeItem`. `None` when it is about something else.
#[must_use]
pub fn item_named(kind: &str, key: &str) -> Option<ItemId> {
    let last = kind.rsplit(['\\', '/', '.', ':']).next().unwrap_or(kind);
    let letters: String = last.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_item = matches!(letters.to_lowercase().as_str(), "negativeitem" | "negativeitems");
    (is_item && !key.trim().is_empty()).then(|| ItemId(key.trim().to_owned()))
}

/// The calendar day of a due moment; `day_of` says it where the agent works. Midnight UTC is how a day without a time
/// arrives, and means that day everywhere.
#[must_use]
pub fn due_day(due: Timestamp, day_of: impl FnOnce(Timestamp) -> Date) -> Date {
    let written = TimeZone::UTC.to_datetime(due);
    if written.time() == Time::midnight() { written.date() } else { day_of(due) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::offset;

    #[test]
    fn a_status_that_nobody_documented_keeps_the_task_open() {
        for (status, state) in [
            ("completed", TaskState::Done),
            ("Done", TaskState::Done),
            ("CANCELED", TaskState::Cancelled),
            ("open", TaskState::Open),
            ("in_progress", TaskState::Open),
            ("waiting for the moon", TaskState::Open),
            ("", TaskState::Open),
        ] {
            assert_eq!(TaskState::from_status(status), state, "{status}");
        }
    }

    #[test]
    fn an_item_is_named_as_a_table_a_type_or_a_class() {
        for kind in ["negative_item", "negative-items", "NegativeItem", "App\\Models\\NegativeItem", "Negative Item"] {
            assert_eq!(item_named(kind, " 42 "), Some(ItemId("42".into())), "{kind}");
        }
        assert_eq!(item_named("client", "42"), None);
        assert_eq!(item_named("negative_item", " "), None);
    }

    #[test]
    fn a_day_without_a_time_is_that_day_everywhere() {
        let miami = TimeZone::fixed(offset(-5));
        let day = |text: &str| due_day(text.parse().unwrap(), |at| miami.to_datetime(at).date()).to_string();
        assert_eq!(day("2026-11-23T00:00:00Z"), "2026-11-23");
        assert_eq!(day("2026-11-23T03:00:00Z"), "2026-11-22", "late in the evening before");
        assert_eq!(day("2026-11-23T15:00:00Z"), "2026-11-23");
    }
}
