//! What the list of clients is narrowed by, and filters that are kept by a name.

use crate::contract::{
    AgreementState, ClientFilter, ClientFilterChoices, ClientFilterSave, ClientFilterValue, ClientSearch, ClientSort,
    ClientSortBy, Empty, Id, SavedClientFilter, Topic,
};
use crate::follow_ups::SOON;
use crate::segments::{segment_id, segment_row};
use crate::{Desk, Error};
use domain::cancellable_until;
use domain::gate::Limit;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use store::{ClientOrder, ClientQuery, ClientValue, Criterion, KeptFilter, Standing};

/// Values of one kind that one filter asks for at most.
const MOST_VALUES: usize = 100;
/// Letters of a filter's name at most.
const LONGEST_NAME: usize = 60;

/// A filter as the cache has it: what a later version adds is not set in what an earlier one wrote.
#[derive(Serialize, Deserialize)]
struct Criteria {
    #[serde(default)]
    filter: ClientFilter,
    #[serde(default)]
    sort: ClientSort,
}

impl Desk {
    /// What there is to narrow the list of clients by.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn client_filter_choices(&self, _: Empty) -> Result<ClientFilterChoices, Error> {
        let open = self.ready().await?;
        let values = |values: Vec<ClientValue>| {
            values.into_iter().map(|ClientValue { name, clients }| ClientFilterValue { name, clients }).collect()
        };
        Ok(ClientFilterChoices {
            states: values(open.store.client_states().await?),
            products: values(open.store.client_product_names().await?),
            segments: open.store.segments().await?.into_iter().map(segment_row).collect(),
        })
    }

    /// Filters that are kept, by name. One that this build cannot read stays in the cache, for the build that wrote it.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn client_filter_list(&self, _: Empty) -> Result<Vec<SavedClientFilter>, Error> {
        let open = self.ready().await?;
        let kept = open.store.client_filters().await?;
        Ok(kept.into_iter().filter_map(saved).collect())
    }

    /// Keeps a filter by a name.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a name that is empty, too long or another filter's; no open cache, or the cache fails.
    pub async fn client_filter_save(&self, save: ClientFilterSave) -> Result<SavedClientFilter, Error> {
        let open = self.ready().await?;
        let name = save.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Error::bad("name", "must not be empty"));
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(Error::bad("name", format!("at most {LONGEST_NAME} letters")));
        }
        // What cannot be asked for is not kept either.
        self.criteria(&save.filter)?;
        let named = open.store.client_filter_named(&name).await?;
        if named.is_some_and(|named| save.id.as_ref() != Some(&named.id)) {
            return Err(Error::bad(
                "name",
                "another filter has this name: choose a different one, or replace that filter",
            ));
        }
        let id = save.id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
        let criteria = Criteria { filter: save.filter, sort: save.sort };
        let text = serde_json::to_string(&criteria).map_err(|error| Error::Internal(error.to_string()))?;
        let mut write = open.store.write().await?;
        let kept = KeptFilter { id: id.clone(), name: name.clone(), criteria: text };
        write.put_client_filter(&kept, self.inner.ports.clock.now()).await?;
        write.commit().await?;
        self.changed(&[Topic::Clients]);
        Ok(SavedClientFilter { id, name, filter: criteria.filter, sort: criteria.sort })
    }

    /// Forgets a filter.
    ///
    /// # Errors
    /// [`Error::BadRequest`] when it is not there, no open cache, or the cache fails.
    pub async fn client_filter_remove(&self, id: Id) -> Result<Empty, Error> {
        let open = self.ready().await?;
        let mut write = open.store.write().await?;
        if !write.drop_client_filter(&id.id).await? {
            return Err(Error::bad("id", "this filter was deleted already"));
        }
        write.commit().await?;
        self.changed(&[Topic::Clients]);
        Ok(Empty {})
    }

    /// A search as the cache is asked.
    pub(crate) fn client_query(&self, search: &ClientSearch) -> Result<ClientQuery, Error> {
        Ok(ClientQuery {
            text: search.query.clone(),
            sort: store::ClientSort { by: order(search.sort.by), descending: search.sort.descending },
            criteria: self.criteria(&search.filter)?,
            cancellable_from: self.cancellable_from(),
        })
    }

    fn criteria(&self, filter: &ClientFilter) -> Result<Vec<Criterion>, Error> {
        let ClientFilter {
            agreements,
            states,
            mailing_complete,
            products,
            undisputed,
            letters_waiting,
            follow_up_due,
            task_due,
            no_letter_days,
            segment,
        } = filter;
        let few = |field, values: usize| match values {
            ..=MOST_VALUES => Ok(()),
            _ => Err(Error::bad(field, format!("at most {MOST_VALUES} at a time"))),
        };
        few("filter.states", states.len())?;
        few("filter.products", products.len())?;
        let today = self.inner.ports.clock.today();
        let soon = today.saturating_add(SOON.days());
        let mut criteria = Vec::new();
        if !agreements.is_empty() {
            criteria.push(Criterion::Agreement(agreements.iter().copied().map(standing).collect()));
        }
        if !states.is_empty() {
            criteria.push(Criterion::State(states.clone()));
        }
        criteria.extend(mailing_complete.map(Criterion::Mailable));
        if !products.is_empty() {
            criteria.push(Criterion::Product(products.clone()));
        }
        if *undisputed {
            criteria.push(Criterion::Undisputed);
        }
        if *letters_waiting {
            criteria.push(Criterion::LettersWait);
        }
        if *follow_up_due {
            criteria.push(Criterion::AnswerDueBy(soon));
        }
        if *task_due {
            let end = soon.saturating_add(1.day());
            criteria.push(Criterion::TaskDue { before: self.start_of(end), day_before: midnight_utc(end) });
        }
        if let Some(days) = *no_letter_days {
            let since = (days > 0).then(|| today.saturating_sub(i32::from(days).days()));
            criteria.push(Criterion::NoLetterSince(since));
        }
        if let Some(segment) = segment {
            criteria.push(Criterion::Segment(segment_id(segment, "filter.segment")?));
        }
        Ok(criteria)
    }

    /// What was signed from this moment on may still be cancelled today.
    fn cancellable_from(&self) -> Timestamp {
        let days = u8::try_from(self.inner.settings.gate.limit(Limit::CancellationDays)).unwrap_or(u8::MAX);
        self.start_of(first_cancellable(self.inner.ports.clock.today(), days))
    }

    /// The first second of a day where the agent works.
    fn start_of(&self, day: Date) -> Timestamp {
        start_of(day, |at| self.inner.ports.clock.date_of(at))
    }
}

/// The first day on which what was signed may still be cancelled today; tomorrow when nothing may.
fn first_cancellable(today: Date, days: u8) -> Date {
    let mut first = today.tomorrow().unwrap_or(today);
    while let Ok(before) = first.yesterday() {
        if today > cancellable_until(before, days) {
            break;
        }
        first = before;
    }
    first
}

/// The first second of a day; `date_of` says where.
fn start_of(day: Date, date_of: impl Fn(Timestamp) -> Date) -> Timestamp {
    // Farther than any time zone is from UTC.
    let reach = SignedDuration::from_hours(26);
    let midnight = midnight_utc(day);
    let (Ok(before), Ok(within)) = (midnight.checked_sub(reach), midnight.checked_add(reach)) else { return midnight };
    let (mut before, mut within) = (before.as_second(), within.as_second());
    while within - before > 1 {
        let between = before + (within - before) / 2;
        if Timestamp::from_second(between).is_ok_and(|at| date_of(at) < day) {
            before = between;
        } else {
            within = between;
        }
    }
    Timestamp::from_second(within).unwrap_or(midnight)
}

fn midnight_utc(day: Date) -> Timestamp {
    TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
}

fn saved(KeptFilter { id, name, criteria }: KeptFilter) -> Option<SavedClientFilter> {
    let Criteria { filter, sort } = serde_json::from_str(&criteria).ok()?;
    Some(SavedClientFilter { id, name, filter, sort })
}

fn order(by: ClientSortBy) -> ClientOrder {
    match by {
        ClientSortBy::Name => ClientOrder::Name,
        ClientSortBy::City => ClientOrder::Place,
        ClientSortBy::Email => ClientOrder::Email,
        ClientSortBy::Phone => ClientOrder::Phone,
        ClientSortBy::Ssn => ClientOrder::SsnEnd,
        ClientSortBy::Id => ClientOrder::Id,
        ClientSortBy::Items => ClientOrder::Items,
        ClientSortBy::Agreement => ClientOrder::Agreement,
    }
}

fn standing(state: AgreementState) -> Standing {
    match state {
        AgreementState::Signed => Standing::Signed,
        AgreementState::Cancellable => Standing::Cancellable,
        AgreementState::Unsigned => Standing::Unsigned,
        AgreementState::Unknown => Standing::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_starts_where_the_agent_works_also_when_the_clocks_change() {
        for zone in ["UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Havana"] {
            let zone = TimeZone::get(zone).unwrap();
            let date_of = |at: Timestamp| zone.to_datetime(at).date();
            // Daylight saving time begins and ends, in Havana at midnight.
            for day in [date(2026, 3, 8), date(2026, 11, 1), date(2026, 11, 23)] {
                let start = start_of(day, date_of);
                let before = Timestamp::from_second(start.as_second() - 1).unwrap();
                assert_eq!((date_of(start), date_of(before)), (day, day.yesterday().unwrap()), "{zone:?}");
            }
        }
    }

    #[test]
    fn whatever_was_signed_from_the_first_day_on_may_be_cancelled_and_nothing_before_it() {
        for days in [0, 3, 14] {
            for today in (0..40).map(|n| date(2026, 11, 1).saturating_add(n.days())) {
                let first = first_cancellable(today, days);
                for signed in (0..30).map(|n| today.saturating_sub(n.days())) {
                    let may = today <= cancellable_until(signed, days);
                    assert_eq!(signed >= first, may, "signed {signed}, today {today}, {days} days");
                }
            }
        }
    }
}
