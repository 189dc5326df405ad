//! `desk clients`: the list of clients, sorted and narrowed as the window's, and changes of a client's data.

use crate::arguments::{AgreementIs, ClientsCommand, ClientsSearch, MailingIs, SortBy};
use crate::output::{Failure, Output};
use desk::Desk;
use desk::contract::{
    AgreementState, ClientFilter, ClientSearch, ClientSort, ClientSortBy, ClientUpdate, ClientValue, Empty, Id,
};

pub(crate) async fn clients(desk: &Desk, command: ClientsCommand, output: &Output) -> Result<(), Failure> {
    match command {
        ClientsCommand::Search(search) => {
            let (filter, sort) = asked(desk, &search).await?;
            if let Some(segment) = &filter.segment {
                let read = desk.segment_read(Id { id: segment.clone() }).await?;
                if let Some(problem) = read.problem {
                    match read.segment.read_at {
                        Some(at) => output.say(&format!("As of {at}: {}", problem.message))?,
                        None => return Err(Failure(problem)),
                    }
                }
            }
            let ClientsSearch { text, limit, offset, .. } = search;
            output.clients(&desk.client_search(ClientSearch { query: text, offset, limit, sort, filter }).await?)
        }
        ClientsCommand::Filters => output
            .filters(&desk.client_filter_list(Empty {}).await?, &desk.client_filter_choices(Empty {}).await?.segments),
        ClientsCommand::Change { client, values } => {
            let changes = changes(desk, &client, &values).await?;
            output.item(&desk.client_update(ClientUpdate { client_id: client, changes }).await?)
        }
    }
}

/// What is to be changed, beside what the cache has of it.
async fn changes(desk: &Desk, client: &str, values: &[String]) -> Result<Vec<ClientValue>, Failure> {
    let overview = desk.client_overview(Id { id: client.to_owned() }).await?;
    let known: Vec<_> = overview.groups.into_iter().flat_map(|group| group.rows).filter_map(|row| row.edit).collect();
    let change = |text: &String| {
        let (name, value) =
            text.split_once('=').ok_or_else(|| Failure::usage("a change is written as MailingCity=Boston"))?;
        let edit = known.iter().find(|edit| edit.name.eq_ignore_ascii_case(name.trim()));
        let edit = edit
            .ok_or_else(|| Failure::usage("this name cannot be changed from here: see `desk clients change --help`"))?;
        Ok(ClientValue { name: edit.name.clone(), seen: edit.value.clone(), value: value.to_owned() })
    };
    values.iter().map(change).collect()
}

/// A kept filter with what was given beside it.
async fn asked(desk: &Desk, search: &ClientsSearch) -> Result<(ClientFilter, ClientSort), Failure> {
    let (mut filter, mut sort) = match &search.saved {
        None => (ClientFilter::default(), ClientSort::default()),
        Some(name) => {
            let kept = desk.client_filter_list(Empty {}).await?;
            let saved = kept.into_iter().find(|one| one.name.to_lowercase() == name.to_lowercase());
            let saved =
                saved.ok_or_else(|| Failure::usage("no filter is kept by this name: see `desk clients filters`"))?;
            (saved.filter, saved.sort)
        }
    };
    if let Some(by) = search.sort {
        sort = ClientSort { by: column(by), descending: search.descending };
    }
    filter.agreements.extend(search.agreement.iter().copied().map(agreement));
    filter.states.extend(search.state.iter().map(|state| state.to_uppercase()));
    filter.products.extend(search.product.iter().cloned());
    filter.mailing_complete =
        search.mailing.map(|mailing| matches!(mailing, MailingIs::Complete)).or(filter.mailing_complete);
    filter.undisputed |= search.undisputed;
    filter.letters_waiting |= search.letters_waiting;
    filter.follow_up_due |= search.answer_due;
    filter.task_due |= search.task_due;
    filter.no_letter_days = search.no_letter_days.or(filter.no_letter_days);
    filter.segment = search.segment.clone().or(filter.segment);
    Ok((filter, sort))
}

fn column(by: SortBy) -> ClientSortBy {
    match by {
        SortBy::Name => ClientSortBy::Name,
        SortBy::City => ClientSortBy::City,
        SortBy::Email => ClientSortBy::Email,
        SortBy::Phone => ClientSortBy::Phone,
        SortBy::Ssn => ClientSortBy::Ssn,
        SortBy::Id => ClientSortBy::Id,
        SortBy::Items => ClientSortBy::Items,
        SortBy::Agreement => ClientSortBy::Agreement,
    }
}

fn agreement(is: AgreementIs) -> AgreementState {
    match is {
        AgreementIs::Signed => AgreementState::Signed,
        AgreementIs::Cancellable => AgreementState::Cancellable,
        AgreementIs::Unsigned => AgreementState::Unsigned,
        AgreementIs::Unknown => AgreementState::Unknown,
    }
}
