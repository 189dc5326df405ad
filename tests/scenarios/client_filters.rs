//! The list of clients: sorted by its columns, narrowed by what the cache knows, by filters that are kept, and by the
//! portal's segments.

use crate::main_job::{BUREAUS, bureau, everyone, items, request};
use desk::Desk;
use desk::contract::{
    AgreementState, ClientFilter, ClientFilterSave, ClientRow, ClientSearch, ClientSort, ClientSortBy, Empty,
    ExclusionAdd, ExclusionKind, FollowUpFilter, Id, ItemRow, ProblemCode, TasksDueFilter,
};
use desk_tests::{Office, code, portal, signed_in_and_synced, synced};
use domain::{LetterId, SentBy};
use practice_portal::{Action, Rule};
use serde_json::json;
use std::collections::BTreeSet;

async fn find(desk: &Desk, search: ClientSearch) -> Vec<ClientRow> {
    let page = desk.client_search(ClientSearch { limit: 500, ..search }).await.unwrap();
    assert_eq!(page.total as usize, page.rows.len());
    page.rows
}

async fn sorted(desk: &Desk, by: ClientSortBy, descending: bool) -> Vec<ClientRow> {
    find(desk, ClientSearch { sort: ClientSort { by, descending }, ..ClientSearch::default() }).await
}

fn ids(rows: &[ClientRow]) -> BTreeSet<String> {
    rows.iter().map(|row| row.id.clone()).collect()
}

async fn narrowed(desk: &Desk, filter: ClientFilter) -> BTreeSet<String> {
    ids(&find(desk, ClientSearch { filter, ..ClientSearch::default() }).await)
}

/// What a row is sorted by; nothing when it has no value.
fn key(row: &ClientRow, by: ClientSortBy) -> Option<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let key = match by {
        ClientSortBy::Name => store::fold(&row.sorted_name),
        ClientSortBy::City => {
            [row.city.as_str(), row.state.as_str()].join(", ").trim_matches([',', ' ']).to_lowercase()
        }
        ClientSortBy::Email => row.email.to_lowercase(),
        ClientSortBy::Phone => digits(&row.phone),
        ClientSortBy::Ssn => row.ssn_last_four.clone(),
        ClientSortBy::Id => format!("{:>12}", row.id),
        ClientSortBy::Items => format!("{:>12}", row.items),
        ClientSortBy::Agreement => match row.agreement {
            AgreementState::Signed => "1".into(),
            AgreementState::Cancellable => "2".into(),
            AgreementState::Unsigned => "3".into(),
            AgreementState::Unknown => String::new(),
        },
    };
    Some(key).filter(|key| !key.is_empty())
}

#[tokio::test]
async fn every_column_sorts_both_ways_with_what_is_unknown_last_and_page_by_page_the_same() {
    let (office, portal) = (Office::default(), portal(60).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;
    let all = ids(&everyone(&desk).await);
    for by in [
        ClientSortBy::Name,
        ClientSortBy::City,
        ClientSortBy::Email,
        ClientSortBy::Phone,
        ClientSortBy::Ssn,
        ClientSortBy::Id,
        ClientSortBy::Items,
        ClientSortBy::Agreement,
    ] {
        for descending in [false, true] {
            let rows = sorted(&desk, by, descending).await;
            assert_eq!(ids(&rows), all, "{by:?}");
            let keys: Vec<_> = rows.iter().map(|row| key(row, by)).collect();
            let known: Vec<_> = keys.iter().map_while(Clone::clone).collect();
            assert!(keys.iter().skip(known.len()).all(Option::is_none), "{by:?}: unknown ones are last: {keys:?}");
            let in_order = if descending { known.is_sorted_by(|a, b| a >= b) } else { known.is_sorted() };
            assert!(in_order, "{by:?}, descending: {descending}: {known:?}");
            let equal_by_name = rows.windows(2).all(|pair| {
                key(&pair[0], by) != key(&pair[1], by)
                    || matches!(by, ClientSortBy::Name | ClientSortBy::Id)
                    || store::fold(&pair[0].sorted_name) <= store::fold(&pair[1].sorted_name)
            });
            assert!(equal_by_name, "{by:?}: of the same value, by name");

            let sort = ClientSort { by, descending };
            let mut pages = Vec::new();
            for offset in (0..60).step_by(25) {
                let page = ClientSearch { offset, limit: 25, sort, ..ClientSearch::default() };
                pages.extend(desk.client_search(page).await.unwrap().rows);
            }
            assert_eq!(pages, rows, "{by:?}");
        }
    }
    let most = sorted(&desk, ClientSortBy::Items, true).await;
    let words = most[3].sorted_name.split(',').next().unwrap().to_owned();
    let sort = ClientSort { by: ClientSortBy::Items, descending: true };
    let found = find(&desk, ClientSearch { query: words, sort, ..ClientSearch::default() }).await;
    assert!(found.iter().any(|row| row.id == most[3].id) && found.len() < 60, "words and order go together");
    assert!(found.is_sorted_by(|one, other| one.items >= other.items));
    desk.close().await;
}

fn undisputed(item: &ItemRow) -> bool {
    let fresh = matches!(item.status.as_str(), "new" | "not_processed");
    fresh && !item.excluded && !item.disputed && item.letters == 0
}

#[tokio::test]
async fn each_filter_finds_whom_the_clients_own_page_says_and_all_that_are_asked_hold() {
    let (office, portal) = (Office::default(), portal(60).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;
    let all = everyone(&desk).await;
    let every = ids(&all);
    let of = |meets: &dyn Fn(&ClientRow) -> bool| -> BTreeSet<String> {
        all.iter().filter(|row| meets(row)).map(|row| row.id.clone()).collect()
    };
    let nobody = ClientFilter::default();
    assert_eq!(narrowed(&desk, nobody.clone()).await, every, "what is not set narrows nothing");

    let mut parts = 0;
    for state in
        [AgreementState::Signed, AgreementState::Cancellable, AgreementState::Unsigned, AgreementState::Unknown]
    {
        let found = narrowed(&desk, ClientFilter { agreements: vec![state], ..nobody.clone() }).await;
        assert_eq!(found, of(&|row| row.agreement == state), "{state:?}");
        parts += found.len();
    }
    assert_eq!(parts, every.len());
    let either = vec![AgreementState::Unsigned, AgreementState::Cancellable];
    assert_eq!(
        narrowed(&desk, ClientFilter { agreements: either.clone(), ..nobody.clone() }).await,
        of(&|row| either.contains(&row.agreement)),
        "of one kind, any will do"
    );

    let choices = desk.client_filter_choices(Empty {}).await.unwrap();
    assert_eq!(choices.states.iter().map(|state| state.clients as usize).sum::<usize>(), every.len());
    for state in &choices.states {
        let found = narrowed(&desk, ClientFilter { states: vec![state.name.clone()], ..nobody.clone() }).await;
        assert_eq!(found, of(&|row| row.state == state.name));
        assert_eq!(found.len(), state.clients as usize, "the menu counts as the list does");
    }
    let mut complete = BTreeSet::new();
    let mut unspoken = BTreeSet::new();
    let mut bought = std::collections::BTreeMap::<String, BTreeSet<String>>::new();
    for row in &all {
        let id = Id { id: row.id.clone() };
        if desk.client_get(id.clone()).await.unwrap().mailing_complete {
            complete.insert(row.id.clone());
        }
        if desk.item_list(id.clone()).await.unwrap().iter().any(undisputed) {
            unspoken.insert(row.id.clone());
        }
        for product in desk.product_list(id).await.unwrap().products {
            bought.entry(product.name).or_default().insert(row.id.clone());
        }
    }
    assert_eq!(narrowed(&desk, ClientFilter { mailing_complete: Some(true), ..nobody.clone() }).await, complete);
    assert_eq!(
        narrowed(&desk, ClientFilter { mailing_complete: Some(false), ..nobody.clone() }).await,
        every.difference(&complete).cloned().collect()
    );
    assert!(!bought.is_empty() && choices.products.len() == bought.len());
    for (name, clients) in &bought {
        let found = narrowed(&desk, ClientFilter { products: vec![name.clone()], ..nobody.clone() }).await;
        assert_eq!(&found, clients, "{name}");
    }
    assert!(!unspoken.is_empty() && unspoken.len() < every.len());
    assert_eq!(narrowed(&desk, ClientFilter { undisputed: true, ..nobody.clone() }).await, unspoken);

    let tasks = desk.tasks_due(TasksDueFilter { limit: 200 }).await.unwrap();
    let due: BTreeSet<_> = tasks.rows.into_iter().map(|task| task.client_id).collect();
    assert!(!due.is_empty());
    assert_eq!(narrowed(&desk, ClientFilter { task_due: true, ..nobody.clone() }).await, due);

    let both = ClientFilter { undisputed: true, agreements: vec![AgreementState::Unsigned], ..nobody.clone() };
    let unsigned = of(&|row| row.agreement == AgreementState::Unsigned);
    assert_eq!(narrowed(&desk, both).await, unspoken.intersection(&unsigned).cloned().collect());
    let one = &all[7];
    let words = ClientSearch {
        query: one.id.clone(),
        filter: ClientFilter { states: vec![one.state.clone()], ..nobody.clone() },
        ..ClientSearch::default()
    };
    assert_eq!(ids(&find(&desk, words.clone()).await), BTreeSet::from([one.id.clone()]), "words narrow further");
    let elsewhere = choices.states.iter().find(|state| state.name != one.state).unwrap().name.clone();
    let filter = ClientFilter { states: vec![elsewhere], ..nobody.clone() };
    assert!(find(&desk, ClientSearch { filter, ..words }).await.is_empty());

    let too_many = ClientFilter { states: vec!["FL".into(); 101], ..nobody };
    let refused = desk.client_search(ClientSearch { filter: too_many, ..ClientSearch::default() }).await;
    let problem = refused.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::BadRequest);
    assert!(problem.fields.contains_key("filter.states"), "{problem:?}");
    desk.close().await;
}

#[tokio::test]
async fn letters_move_a_client_from_one_filter_to_the_next() {
    let (office, portal) = (Office::default(), portal(30).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;
    let with = |part: fn(&mut ClientFilter)| {
        let mut filter = ClientFilter::default();
        part(&mut filter);
        filter
    };
    let (waiting, due) = (with(|f| f.letters_waiting = true), with(|f| f.follow_up_due = true));
    let (unspoken, never) = (with(|f| f.undisputed = true), with(|f| f.no_letter_days = Some(0)));
    let (quiet_month, quiet_year) = (with(|f| f.no_letter_days = Some(30)), with(|f| f.no_letter_days = Some(365)));
    assert!(narrowed(&desk, waiting.clone()).await.is_empty() && narrowed(&desk, due.clone()).await.is_empty());
    assert_eq!(narrowed(&desk, never.clone()).await.len(), 30);

    // Every item of a signed client is disputed by a letter or excluded.
    let mut written = None;
    for client in everyone(&desk).await.into_iter().filter(|row| row.agreement == AgreementState::Signed) {
        let open: Vec<_> = items(&desk, &client).await.into_iter().filter(undisputed).collect();
        if open.len() >= 2 && open.iter().all(|item| item.bureau.is_some()) {
            written = Some((client, open));
            break;
        }
    }
    let (client, open) = written.unwrap();
    assert!(narrowed(&desk, unspoken.clone()).await.contains(&client.id));
    let (last, others) = open.split_last().unwrap();
    let mut letters = Vec::new();
    for chunk in others.chunks(3) {
        let ask = request(&desk, &client, chunk, BUREAUS.into_iter().map(bureau).collect()).await;
        letters.extend(desk.letter_prepare(ask).await.unwrap().letters);
    }
    assert_eq!(narrowed(&desk, waiting.clone()).await, BTreeSet::from([client.id.clone()]));
    assert!(narrowed(&desk, unspoken.clone()).await.contains(&client.id), "one item is left");
    let exclude = ExclusionAdd {
        client_id: client.id.clone(),
        what: ExclusionKind::Item { item_id: last.id.clone() },
        reason: String::new(),
    };
    desk.exclusion_add(exclude).await.unwrap();
    assert!(!narrowed(&desk, unspoken).await.contains(&client.id), "nothing is left to dispute");
    desk.close().await;

    // It went out 31 days ago by fax, so that the answer is overdue since yesterday; the other ones went today.
    let first = LetterId(letters[0].id.clone());
    let out = letters.iter().skip(1).map(|letter| LetterId(letter.id.clone())).collect::<Vec<_>>();
    office
        .in_the_cache(async |store| {
            let mut write = store.write().await.unwrap();
            let now = jiff::Timestamp::now();
            write.open_follow_up(&first, SentBy::Fax, "2026-10-23".parse().unwrap(), now).await.unwrap();
            write.commit().await.unwrap();
        })
        .await;
    let desk = office.desk().await;
    let rows = desk.follow_up_list(FollowUpFilter::default()).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.days_left).collect::<Vec<_>>(), [-1]);
    assert_eq!(narrowed(&desk, due).await, BTreeSet::from([client.id.clone()]));
    assert!(!narrowed(&desk, never).await.contains(&client.id));
    assert!(narrowed(&desk, quiet_month).await.contains(&client.id), "31 days are more than a month of 30");
    assert!(!narrowed(&desk, quiet_year).await.contains(&client.id));
    assert_eq!(narrowed(&desk, waiting).await.contains(&client.id), !out.is_empty());
    desk.close().await;
}

fn save(id: Option<&str>, name: &str, filter: &ClientFilter) -> ClientFilterSave {
    let sort = ClientSort { by: ClientSortBy::Items, descending: true };
    ClientFilterSave { id: id.map(str::to_owned), name: name.to_owned(), filter: filter.clone(), sort }
}

#[tokio::test]
async fn a_filter_is_kept_by_its_name_replaced_renamed_deleted_and_brought_back() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let filter = ClientFilter { undisputed: true, states: vec!["FL".into()], ..ClientFilter::default() };
    let kept = desk.client_filter_save(save(None, "  Florida,  García ", &filter)).await.unwrap();
    assert_eq!(kept.name, "Florida, García");
    let other = desk.client_filter_save(save(None, "Another", &ClientFilter::default())).await.unwrap();
    desk.close().await;
    for file in office.files() {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(7).any(|part| part == b"Florida"), "the name is readable in {}", file.display());
    }

    let desk = office.desk().await;
    let list = desk.client_filter_list(Empty {}).await.unwrap();
    assert_eq!(list, [other.clone(), kept.clone()], "by name, with all that they ask for, after a restart");
    for (name, says) in [(" ", "empty"), ("florida, GARCIA", "another filter"), (&*"x".repeat(61), "at most 60")] {
        let problem = desk.client_filter_save(save(None, name, &filter)).await.unwrap_err().problem();
        assert_eq!(problem.code, ProblemCode::BadRequest);
        assert!(problem.fields["name"][0].contains(says), "{problem:?}");
    }
    let taken = desk.client_filter_save(save(Some(&other.id), "Florida, García", &filter)).await;
    assert_eq!(code(taken), ProblemCode::BadRequest, "no name twice, also by another's change");

    let narrower = ClientFilter { task_due: true, ..filter };
    let replaced = desk.client_filter_save(save(Some(&kept.id), "Florida, urgent", &narrower)).await.unwrap();
    assert_eq!((&replaced.id, replaced.filter.task_due), (&kept.id, true));
    desk.client_filter_remove(Id { id: kept.id.clone() }).await.unwrap();
    assert_eq!(desk.client_filter_list(Empty {}).await.unwrap(), std::slice::from_ref(&other));
    assert_eq!(code(desk.client_filter_remove(Id { id: kept.id.clone() }).await), ProblemCode::BadRequest);
    desk.client_filter_save(save(Some(&kept.id), "Florida, urgent", &narrower)).await.unwrap();
    assert_eq!(desk.client_filter_list(Empty {}).await.unwrap(), [other, replaced]);
    desk.close().await;
}

#[tokio::test]
async fn a_segment_of_the_portal_narrows_the_list_and_works_with_the_portal_gone() {
    let (office, portal) = (Office::default(), portal(60).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let segments = desk.client_filter_choices(Empty {}).await.unwrap().segments;
    let names: Vec<_> = segments.iter().map(|segment| segment.name.as_str()).collect();
    assert_eq!(names, ["First round", "Follow-up", "Waiting for answers"], "active ones of clients, by name");
    assert!(segments.iter().all(|segment| segment.clients.is_some() && segment.read_at.is_none()));

    let mut everybody = BTreeSet::new();
    for segment in &segments {
        let filter = ClientFilter { segment: Some(segment.id.clone()), ..ClientFilter::default() };
        assert!(narrowed(&desk, filter.clone()).await.is_empty(), "nobody is known to be in it before it was read");
        let read = desk.segment_read(Id { id: segment.id.clone() }).await.unwrap();
        assert_eq!((read.problem, read.segment.clients), (None, segment.clients), "as many as the portal counts");
        assert!(read.segment.read_at.is_some());
        let found = narrowed(&desk, filter).await;
        assert_eq!(Some(found.len()), segment.clients.map(|count| count as usize));
        everybody.extend(found);
    }
    assert_eq!(everybody, ids(&everyone(&desk).await), "every practice client is in one of them");
    let asked = portal.faults().requests("POST /clients/by-conditions");
    desk.segment_read(Id { id: segments[0].id.clone() }).await.unwrap();
    assert_eq!(portal.faults().requests("POST /clients/by-conditions"), asked, "it was read just now");
    desk.close().await;
    portal.stop().await;

    let desk = office.desk().await;
    let filter = ClientFilter { segment: Some(segments[1].id.clone()), ..ClientFilter::default() };
    assert_eq!(narrowed(&desk, filter).await.len(), segments[1].clients.unwrap() as usize);
    let kept = desk.client_filter_choices(Empty {}).await.unwrap().segments;
    assert!(kept.iter().all(|segment| segment.read_at.is_some()), "with the time it was read");
    desk.close().await;
}

#[tokio::test]
async fn a_portal_that_does_not_tell_who_is_in_a_segment_is_told_in_words_and_harms_nothing() {
    let (office, portal) = (Office::default(), portal(12).await);
    portal
        .faults()
        .add(Rule::new("/clients/by-conditions", Action::Status(403, json!({"message": "No."}))).times(u32::MAX));
    let desk = signed_in_and_synced(&office, &portal).await;
    let segments = desk.client_filter_choices(Empty {}).await.unwrap().segments;
    let read = desk.segment_read(Id { id: segments[0].id.clone() }).await.unwrap();
    assert_eq!(read.problem.unwrap().code, ProblemCode::Forbidden);
    assert_eq!(read.segment.read_at, None);
    for (id, problem) in [("x", ProblemCode::BadRequest), ("987654", ProblemCode::NotFound)] {
        assert_eq!(code(desk.segment_read(Id { id: id.into() }).await), problem);
    }
    let filter = ClientFilter { segment: Some("x".into()), ..ClientFilter::default() };
    let refused = desk.client_search(ClientSearch { filter, ..ClientSearch::default() }).await.unwrap_err().problem();
    assert!(refused.fields.contains_key("filter.segment"), "{refused:?}");

    // An account that may not list segments keeps those that are here, and the sync is whole.
    portal.faults().clear();
    portal.faults().add(Rule::on("GET /segments", Action::Status(403, json!({"message": "No."}))).times(u32::MAX));
    assert_eq!(synced(&desk).await.problem, None);
    assert_eq!(desk.client_filter_choices(Empty {}).await.unwrap().segments, segments);
    portal.faults().clear();
    portal.faults().add(Rule::on("GET /segments", Action::Status(200, json!([]))).times(u32::MAX));
    synced(&desk).await;
    assert!(desk.client_filter_choices(Empty {}).await.unwrap().segments.is_empty(), "the portal has none any longer");
    desk.close().await;
}
