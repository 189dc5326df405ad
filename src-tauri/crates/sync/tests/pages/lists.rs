//! What a pull asks of the lists, page by page, and what it tells of them.

use crate::office::{NEWEST, Office, WALKED, pages};
use domain::{Channel, ClientId};
use jiff::SignedDuration;
use portal_api::correspondences::{SendCorrespondenceRequest, TextMessage};
use practice_portal::{Action, Change, Rule};
use serde_json::json;
use store::Resource;
use sync::{PullError, Scope};

fn refused() -> Action {
    Action::Status(422, json!({"message": "The given data was invalid.", "errors": {"sort_by": ["Not so."]}}))
}

#[tokio::test]
async fn everything_is_walked_to_its_end_once_what_came_first_was_noted() {
    let office = Office::of(3).await;
    office.notes(230).await;
    let outcome = office.pulled(Scope::Everything, Resource::Notes).await;
    let total = outcome.told.last().unwrap().0;
    assert!((230..300).contains(&total), "{total}");
    assert_eq!(outcome.asked, [pages(NEWEST, [1]), pages(WALKED, 1..=3)].concat());
    let all = Some(total);
    assert_eq!(
        outcome.told,
        [(0, None, false), (100, all, false), (200, all, false), (total, all, false), (total, all, true)]
    );
    office.end().await;
}

#[tokio::test]
async fn a_list_is_read_newest_first_until_a_page_below_the_mark_brings_nothing() {
    let office = Office::of(3).await;
    office.notes(230).await;
    office.notes(1).await;
    office.pulled(Scope::Everything, Resource::Notes).await;
    let (kept, all) = (office.kept_notes().await, office.pulled(Scope::Changes, Resource::Notes).await);
    assert_eq!(all.asked, pages(NEWEST, [1]), "nothing is new");
    let held = all.told.last().unwrap().0;
    assert_eq!(all.told, [(100, None, false), (held, Some(held), true)]);
    office.notes(149).await;
    office.notes(1).await;
    let new = office.pulled(Scope::Changes, Resource::Notes).await;
    assert_eq!(new.asked, pages(NEWEST, 1..=3), "two bring something, and the third nothing");
    let held = held + 150;
    let read = [(100, None, false), (200, None, false), (300, None, false), (held, Some(held), true)];
    assert_eq!((new.told.as_slice(), office.kept_notes().await), (read.as_slice(), kept + 150));
    assert_eq!(office.pulled(Scope::Changes, Resource::Notes).await.asked, pages(NEWEST, [1]), "the mark went along");
    office.end().await;
}

#[tokio::test]
async fn what_has_the_mark_itself_is_gone_through() {
    let office = Office::of(14).await;
    office.items(150).await;
    let newest = office.newest_item().await;
    // The portal notes the day alone.
    for item in newest - 119..=newest {
        let name = "unpaid_balance_amount".to_owned();
        office.portal.change(Change::SetItemField { item_id: item, name, value: json!(5) }).await.unwrap();
    }
    office.pulled(Scope::Everything, Resource::NegativeItems).await;
    let outcome = office.pulled(Scope::Changes, Resource::NegativeItems).await;
    assert_eq!(outcome.asked, [pages("id desc", [1]), pages("modified_date desc", 1..=2)].concat());
    office.end().await;
}

#[tokio::test]
async fn items_are_asked_for_by_what_was_imported_and_by_what_was_modified() {
    let office = Office::of(14).await;
    office.pulled(Scope::Everything, Resource::NegativeItems).await;
    let kept = office.kept_items().await;
    office.items(120).await;
    let outcome = office.pulled(Scope::Changes, Resource::NegativeItems).await;
    assert_eq!(outcome.asked[..3], pages("id desc", 1..=3));
    assert!(outcome.asked[3..].iter().all(|asked| asked.starts_with("modified_date desc ")), "{:?}", outcome.asked);
    assert_eq!(office.kept_items().await, kept + 120);
    office.end().await;
}

#[tokio::test]
async fn of_what_was_sent_the_newest_pages_are_read_whatever_is_new() {
    let office = Office::of(3).await;
    for n in 0..230 {
        let sent = SendCorrespondenceRequest {
            client_id: Some(ClientId(1)),
            sms: Some(TextMessage::new("3025550100".into(), format!("Message {n}"))),
            ..SendCorrespondenceRequest::new(Channel::Sms)
        };
        office.api.send_correspondence(&sent).await.unwrap();
    }
    office.pulled(Scope::Everything, Resource::Correspondences).await;
    let outcome = office.pulled(Scope::Changes, Resource::Correspondences).await;
    assert_eq!(outcome.asked, pages("id desc", 1..=3), "all of them are among the newest five pages");
    office.end().await;
}

#[tokio::test]
async fn a_list_that_cannot_be_sorted_so_is_read_whole() {
    let office = Office::of(3).await;
    office.notes(230).await;
    office.portal.faults().add(Rule::on("GET /notes", refused()));
    office.pulled(Scope::Everything, Resource::Notes).await;
    let kept = office.kept_notes().await;
    office.notes(1).await;
    let unmarked = office.pulled(Scope::Changes, Resource::Notes).await;
    assert_eq!(unmarked.asked, pages(WALKED, 1..=3), "it had no mark");
    let held = unmarked.told.last().unwrap().0;
    let all = Some(held);
    assert_eq!(unmarked.told, [(100, all, false), (200, all, false), (held, all, false), (held, all, true)]);
    assert_eq!(office.kept_notes().await, kept + 1);
    office.end().await;
}

#[tokio::test]
async fn a_list_that_refuses_its_sort_later_is_read_whole_and_one_that_is_away_is_told() {
    let office = Office::of(3).await;
    office.notes(230).await;
    office.pulled(Scope::Everything, Resource::Notes).await;
    office.notes(1).await;
    let kept = office.kept_notes().await;
    office.portal.faults().add(Rule::on("GET /notes", Action::CloseBeforeHandling));
    let away = office.pull(Scope::Changes, Resource::Notes).await;
    assert!(matches!(away.pulled, Err(PullError::Portal(_))), "{:?}", away.pulled);
    assert_eq!((away.asked.len(), office.kept_notes().await), (1, kept));
    office.portal.faults().add(Rule::on("GET /notes", refused()));
    let refused = office.pulled(Scope::Changes, Resource::Notes).await;
    assert_eq!(refused.asked, [pages(NEWEST, [1]), pages(WALKED, 1..=3)].concat());
    assert_eq!(office.kept_notes().await, kept + 1);
    office.end().await;
}

#[tokio::test]
async fn a_portal_that_goes_away_while_marks_are_taken_ends_the_pull() {
    let office = Office::of(3).await;
    office.portal.faults().add(Rule::on("GET /notes", Action::CloseBeforeHandling));
    let outcome = office.pull(Scope::Everything, Resource::Notes).await;
    assert!(matches!(outcome.pulled, Err(PullError::Portal(_))), "{:?}", outcome.pulled);
    assert_eq!(outcome.asked.len(), 1);
    office.end().await;
}

#[tokio::test]
async fn what_is_taken_out_while_changes_are_read_has_them_read_again() {
    let office = Office::of(14).await;
    office.pulled(Scope::Everything, Resource::NegativeItems).await;
    let (held, gone) = (office.kept_items().await, |id| Action::Change(Change::DeleteItem(id)));
    office.items(120).await;
    // The newest goes between the first page and the second: what was first on the second slips to the first.
    let newest = office.newest_item().await;
    office.portal.faults().add(Rule::on("GET /negative-items", gone(newest)).skip(1));
    let outcome = office.pulled(Scope::Changes, Resource::NegativeItems).await;
    assert_eq!(outcome.asked[..5], [pages("id desc", [1, 2]), pages("id desc", 1..=3)].concat());
    assert_eq!(office.kept_items().await, held + 120, "what left stays until everything is read");
    office.end().await;
}

#[tokio::test]
async fn what_is_taken_out_while_all_is_read_has_it_read_again() {
    let office = Office::of(14).await;
    office.pulled(Scope::Everything, Resource::NegativeItems).await;
    office.items(120).await;
    let newest = office.newest_item().await;
    office.portal.faults().add(Rule::on("GET /negative-items", refused()));
    office
        .portal
        .faults()
        .add(Rule::on("GET /negative-items", Action::Change(Change::DeleteItem(newest - 119))).skip(1));
    let outcome = office.pulled(Scope::Changes, Resource::NegativeItems).await;
    let walked: Vec<_> = outcome.asked.iter().filter(|asked| asked.starts_with(WALKED)).collect();
    let firsts = walked.iter().filter(|asked| asked.ends_with(" 1")).count();
    assert_eq!(firsts, 2, "{walked:?}");
    office.end().await;
}

#[tokio::test]
async fn a_list_that_was_never_whole_is_walked_on_by_a_pull_of_changes_and_from_its_beginning_when_that_is_long_ago() {
    for (hours, walked) in [(1, pages(WALKED, [2])), (2, [pages(NEWEST, [1]), pages(WALKED, [1, 2])].concat())] {
        let mut office = Office::of(3).await;
        office.notes(130).await;
        let broken = Action::Status(500, json!({"message": "Server Error"}));
        office.portal.faults().add(Rule::on("GET /notes", broken).skip(2).times(u32::MAX));
        let left_out = office.pull(Scope::Everything, Resource::Notes).await.pulled.unwrap().left_out;
        assert!(matches!(left_out.as_slice(), [(Resource::Notes, PullError::Portal(_))]), "{left_out:?}");
        office.now += SignedDuration::from_hours(hours);
        assert_eq!(office.pulled(Scope::Changes, Resource::Notes).await.asked, walked);
        let marked = office.pulled(Scope::Changes, Resource::Notes).await;
        assert!(marked.asked.iter().all(|asked| asked.starts_with(NEWEST)), "{:?}", marked.asked);
        office.end().await;
    }
}

#[tokio::test]
async fn a_list_whose_rows_do_not_show_what_they_are_sorted_by_is_read_whole_and_an_empty_one_is_not() {
    let office = Office::of(3).await;
    office.pulled(Scope::Everything, Resource::Notes).await;
    let answer = |rows: serde_json::Value| Rule::on("GET /notes", Action::Status(200, json!({"data": rows})));
    office.portal.faults().add(answer(json!([{"id": 1}])));
    let unsaid = office.pulled(Scope::Changes, Resource::Notes).await;
    assert_eq!(unsaid.asked, [pages(NEWEST, [1]), pages(WALKED, [1])].concat());
    office.portal.faults().add(answer(json!([])));
    assert_eq!(office.pulled(Scope::Changes, Resource::Notes).await.asked, pages(NEWEST, [1]));
    office.end().await;
}

#[tokio::test]
async fn clients_are_read_whole_for_their_changes() {
    let office = Office::of(110).await;
    office.pulled(Scope::Everything, Resource::Clients).await;
    let name = |id| Change::SetClientAttribute { client_id: id, name: "LastName".into(), value: json!("Renamed") };
    office.portal.change(name(105)).await.unwrap();
    let outcome = office.pulled(Scope::Changes, Resource::Clients).await;
    assert_eq!(outcome.asked, pages(WALKED, 1..=2));
    let read = [(100, Some(110), false), (110, Some(110), false), (110, Some(110), true)];
    assert_eq!(outcome.told, read);
    assert_eq!(office.store.search_clients("renamed", 0, 5).await.unwrap().total, 1);
    office.end().await;
}

#[tokio::test]
async fn everything_is_read_again_after_a_day_and_gone_on_with_for_an_hour_when_it_broke_off() {
    let mut office = Office::of(3).await;
    let walk = office.pulled(Scope::Everything, Resource::Notes).await.pulled.unwrap().walk;
    assert_eq!(sync::everything_read(&office.store).await.unwrap(), Some(office.now));
    let (hour, second) = (SignedDuration::from_hours(1), SignedDuration::from_secs(1));
    office.now += hour * 20;
    assert_eq!(office.pulled(Scope::Changes, Resource::Notes).await.pulled.unwrap().walk, walk);
    office.now += second;
    let next = office.pull(Scope::Changes, Resource::Notes).await.pulled.unwrap();
    assert_eq!((next.scope, next.walk), (Scope::Everything, walk + 1));
    office.now -= hour * 2;
    let back = office.pull(Scope::Changes, Resource::Notes).await.pulled.unwrap();
    assert_eq!((back.scope, back.walk), (Scope::Everything, walk + 2), "a clock that was set back");

    let breaks = || Rule::on("GET /correspondences", Action::CloseBeforeHandling);
    office.portal.faults().add(breaks());
    assert!(office.pull(Scope::Everything, Resource::Notes).await.pulled.is_err());
    office.now += hour;
    office.portal.faults().add(breaks());
    let on = office.pull(Scope::Changes, Resource::Notes).await;
    assert!(on.pulled.is_err());
    assert_eq!(on.asked, Vec::<String>::new(), "it had its notes");
    office.now += second;
    let anew = office.pull(Scope::Changes, Resource::Notes).await;
    let pulled = anew.pulled.unwrap();
    assert_eq!((pulled.scope, pulled.walk), (Scope::Everything, walk + 4));
    assert!(!anew.asked.is_empty());
    office.end().await;
}

#[tokio::test]
async fn a_walk_that_broke_off_goes_on_at_its_page() {
    let office = Office::of(3).await;
    office.notes(330).await;
    office.portal.faults().add(Rule::on("GET /notes", Action::CloseBeforeHandling).skip(3));
    let broken = office.pull(Scope::Everything, Resource::Notes).await;
    assert!(broken.pulled.is_err());
    assert_eq!(broken.asked, [pages(NEWEST, [1]), pages(WALKED, 1..=3)].concat());
    let on = office.pulled(Scope::Everything, Resource::Notes).await;
    assert_eq!(on.asked, pages(WALKED, 3..=4), "without another mark");
    assert_eq!(on.told.first().map(|told| told.0), Some(200));
    office.end().await;
}

#[tokio::test]
async fn what_is_taken_out_while_a_list_is_walked_has_it_walked_again() {
    let office = Office::of(3).await;
    office.items(230).await;
    let newest = office.newest_item().await;
    let gone = Action::Change(Change::DeleteItem(newest - 225));
    office.portal.faults().add(Rule::on("GET /negative-items", gone).skip(3));
    let outcome = office.pulled(Scope::Everything, Resource::NegativeItems).await;
    let walked: Vec<_> = outcome.asked.into_iter().filter(|asked| asked.starts_with(WALKED)).collect();
    assert_eq!(walked, [pages(WALKED, 1..=3), pages(WALKED, 1..=3)].concat());
    assert!(office.kept_items().await >= 229);
    office.end().await;
}

#[tokio::test]
async fn a_list_that_counts_more_than_it_has_is_walked_twice_and_believed() {
    let office = Office::of(3).await;
    let meta = json!({"current_page": 1, "last_page": 1, "per_page": 100, "total": 2});
    let counted = json!({"data": [{"id": 1}], "meta": meta});
    office.portal.faults().add(Rule::on("GET /notes", Action::Status(200, counted)).times(u32::MAX));
    let outcome = office.pulled(Scope::Everything, Resource::Notes).await;
    assert_eq!(outcome.asked, [pages(NEWEST, [1]), pages(WALKED, [1, 1])].concat());
    office.end().await;
}

#[tokio::test]
async fn what_is_added_while_a_list_is_walked_comes_along() {
    let office = Office::of(3).await;
    office.items(230).await;
    let kept = office.newest_item().await;
    let added = Action::Change(Change::InsertItem { client_id: 1 });
    office.portal.faults().add(Rule::on("GET /negative-items", added).skip(3));
    let outcome = office.pulled(Scope::Everything, Resource::NegativeItems).await;
    let walked = outcome.asked.iter().filter(|asked| asked.starts_with(WALKED)).count();
    assert_eq!(walked, 3);
    let items = office.store.items_of(ClientId(1)).await.unwrap();
    assert!(items.iter().any(|facts| facts.item.id.0 == (kept + 1).to_string()));
    office.end().await;
}

#[tokio::test]
async fn a_list_that_never_keeps_still_is_left_out() {
    let office = Office::of(3).await;
    office.items(130).await;
    let newest = office.newest_item().await;
    for pass in 0..6 {
        let gone = Action::Change(Change::DeleteItem(newest - 120 - pass));
        // After two marks, before the second page of this pass. What another rule applies to does not count.
        office.portal.faults().add(Rule::on("GET /negative-items", gone).skip(3 + u32::try_from(pass).unwrap()));
    }
    let outcome = office.pull(Scope::Everything, Resource::NegativeItems).await;
    let left_out = outcome.pulled.unwrap().left_out;
    assert!(matches!(left_out.as_slice(), [(Resource::NegativeItems, PullError::Unstable(_))]), "{left_out:?}");
    let firsts = outcome.asked.iter().filter(|asked| *asked == "id asc 1").count();
    assert_eq!(firsts, 6, "{:?}", outcome.asked);
    office.end().await;
}

#[tokio::test]
async fn a_list_that_cannot_be_sorted_by_number_is_walked_as_it_comes_and_one_that_refuses_that_too_is_told() {
    let office = Office::of(1).await;
    office.notes(230).await;
    let refuses = || Rule::on("GET /notes", refused()).skip(1);
    office.portal.faults().add(refuses());
    let outcome = office.pulled(Scope::Everything, Resource::Notes).await;
    assert_eq!(outcome.asked, [pages(NEWEST, [1]), pages(WALKED, [1]), pages("- -", 1..=3)].concat());
    office.portal.faults().add(refuses().times(u32::MAX));
    let outcome = office.pull(Scope::Everything, Resource::Notes).await;
    assert_eq!(outcome.asked, [pages(NEWEST, [1]), pages(WALKED, [1]), pages("- -", [1])].concat());
    let left_out = outcome.pulled.unwrap().left_out;
    assert!(
        matches!(left_out.as_slice(), [(Resource::Notes, PullError::Portal(portal_api::ApiError::Refused { .. }))]),
        "{left_out:?}"
    );
    office.end().await;
}
