//! Answers that are awaited, and the day's work.

use crate::clients::client_id;
use crate::contract::{
    Empty, FollowUpFilter, FollowUpItem, FollowUpOutcome, FollowUpRow, FollowUpSet, OutcomeCode, PrintRunStage,
    SentByCode, Today, Topic,
};
use crate::desk::Open;
use crate::gate::day_or_today;
use crate::letters::row as letter_row;
use crate::library::bureau_code;
use crate::{Desk, Error};
use domain::gate::{Rule, Severity};
use domain::{FollowUp, ItemId, LetterId, Outcome, SentBy};
use jiff::Span;
use jiff::civil::Date;
use store::AwaitedCounts;

/// Answers due within so many days are today's work.
pub(crate) const SOON: i32 = 7;

/// Lines of one kind that the day's work shows at most.
pub(crate) const MOST_LINES: u32 = 200;

impl Desk {
    /// Letters that are out, the most overdue first.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn follow_up_list(&self, filter: FollowUpFilter) -> Result<Vec<FollowUpRow>, Error> {
        let open = self.ready().await?;
        let client = filter.client_id.as_deref().map(|id| client_id(id, "clientId")).transpose()?;
        let mut rows: Vec<FollowUpRow> = open
            .store
            .follow_ups(client, filter.closed)
            .await?
            .into_iter()
            .map(|follow_up| self.follow_up_row(follow_up))
            .collect();
        rows.sort_by_key(|row| (!row.open, row.days_left));
        Ok(rows)
    }

    /// Sets when a recipient got a letter, and which period applies.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a letter that is not out, [`Error::BadRequest`] for a day before it was sent or still to come.
    pub async fn follow_up_set(&self, set: FollowUpSet) -> Result<FollowUpRow, Error> {
        let open = self.ready().await?;
        let id = LetterId(set.letter_id);
        let follow_up = open.store.follow_up(&id).await?.ok_or(Error::NotFound("follow-up"))?;
        let today = self.inner.ports.clock.today();
        let received = match set.received_on.as_deref() {
            Some(text) => Some(day_or_today(Some(text), "receivedOn", today)?),
            None => None,
        };
        if received.is_some_and(|received| received < follow_up.sent) {
            return Err(Error::bad("receivedOn", "a letter is not received before it is sent"));
        }
        if received.is_some_and(|received| received > today) {
            return Err(Error::bad("receivedOn", "this day is still to come"));
        }
        let mut write = open.store.write().await?;
        write.set_follow_up(&id, received, set.extended).await?;
        write.commit().await?;
        self.changed(&[Topic::FollowUps]);
        self.one(&open, &id).await
    }

    /// Records what became of items, or takes that back.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a letter that is not out or an item that is not in it; then nothing is recorded.
    pub async fn follow_up_outcome(&self, outcome: FollowUpOutcome) -> Result<FollowUpRow, Error> {
        let open = self.ready().await?;
        let id = LetterId(outcome.letter_id);
        open.store.follow_up(&id).await?.ok_or(Error::NotFound("follow-up"))?;
        let now = self.inner.ports.clock.now();
        let mut write = open.store.write().await?;
        for item in outcome.item_ids {
            let what = outcome.outcome.map(outcome_of);
            if !write.set_outcome(&id, &ItemId(item), what, now, &open.account.agent).await? {
                return Err(Error::NotFound("negative item"));
            }
        }
        write.commit().await?;
        self.changed(&[Topic::FollowUps, Topic::Items, Topic::Letters]);
        self.one(&open, &id).await
    }

    /// The day's work.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn today_get(&self, _: Empty) -> Result<Today, Error> {
        let open = self.ready().await?;
        let today = self.inner.ports.clock.today();
        let until = today.checked_add(Span::new().days(SOON)).unwrap_or(Date::MAX);
        let AwaitedCounts { awaited, due: due_total, overdue } = open.store.count_awaited(today, until).await?;
        let due = open.store.follow_ups_due(until, MOST_LINES).await?;
        let asks_review = self.inner.settings.gate.severity(Rule::ReviewMissing) != Severity::Off;
        // Where no review is asked for, none is waited for.
        let reviewed = asks_review.then_some(true);
        let to_print = open.store.letters_waiting(reviewed, MOST_LINES).await?;
        let to_print_total = open.store.count_letters_waiting(reviewed).await?;
        let (to_review, to_review_total) = match asks_review {
            true => {
                let letters = open.store.letters_waiting(Some(false), MOST_LINES).await?;
                (letters, open.store.count_letters_waiting(Some(false)).await?)
            }
            false => (Vec::new(), 0),
        };
        let mut to_confirm = self.print_run_list(Empty {}).await?;
        to_confirm.retain(|run| run.stage == PrintRunStage::Printed);
        Ok(Today {
            date: today.to_string(),
            due: due.into_iter().map(|follow_up| self.follow_up_row(follow_up)).collect(),
            due_total,
            overdue,
            awaited,
            to_review: to_review.iter().map(letter_row).collect(),
            to_review_total,
            to_print: to_print.iter().map(letter_row).collect(),
            to_print_total,
            to_confirm,
            outbox: self.outbox_status(Empty {}).await?,
            synced_at: self.sync_status(Empty {}).await?.finished_at,
        })
    }

    async fn one(&self, open: &Open, id: &LetterId) -> Result<FollowUpRow, Error> {
        let follow_up = open.store.follow_up(id).await?.ok_or(Error::NotFound("follow-up"))?;
        Ok(self.follow_up_row(follow_up))
    }

    pub(crate) fn follow_up_row(&self, follow_up: FollowUp) -> FollowUpRow {
        let due = follow_up.due();
        FollowUpRow {
            days_left: days_between(self.inner.ports.clock.today(), due),
            due_on: due.to_string(),
            open: follow_up.is_open(),
            letter_id: follow_up.letter.to_string(),
            client_id: follow_up.client.to_string(),
            client_name: follow_up.client_name,
            recipient_name: follow_up.recipient.name,
            bureau: follow_up.recipient.kind.bureau().map(bureau_code),
            sent_by: match follow_up.by {
                SentBy::Mail => SentByCode::Mail,
                SentBy::Fax => SentByCode::Fax,
            },
            sent_on: follow_up.sent.to_string(),
            estimated: follow_up.received.is_none(),
            received_on: follow_up.received.map(|date| date.to_string()),
            extended: follow_up.extended,
            items: follow_up
                .items
                .into_iter()
                .map(|item| FollowUpItem {
                    item_id: item.item.to_string(),
                    account_name: item.account_name,
                    reason: item.reason,
                    outcome: item.outcome.map(outcome_code),
                })
                .collect(),
        }
    }
}

pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

pub(crate) fn outcome_code(outcome: Outcome) -> OutcomeCode {
    match outcome {
        Outcome::Deleted => OutcomeCode::Deleted,
        Outcome::Updated => OutcomeCode::Updated,
        Outcome::Verified => OutcomeCode::Verified,
        Outcome::Frivolous => OutcomeCode::Frivolous,
        Outcome::NoResponse => OutcomeCode::NoResponse,
        Outcome::Reinserted => OutcomeCode::Reinserted,
    }
}

fn outcome_of(code: OutcomeCode) -> Outcome {
    match code {
        OutcomeCode::Deleted => Outcome::Deleted,
        OutcomeCode::Updated => Outcome::Updated,
        OutcomeCode::Verified => Outcome::Verified,
        OutcomeCode::Frivolous => Outcome::Frivolous,
        OutcomeCode::NoResponse => Outcome::NoResponse,
        OutcomeCode::Reinserted => Outcome::Reinserted,
    }
}
