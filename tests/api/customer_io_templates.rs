//! Templates held by a third party.

use crate::company::{Company, assert_forbidden};
use crate::lists::whole;
use practice_portal::Role;

pub(crate) async fn every_template_of_the_third_party_is_listed_with_its_times(company: &Company) {
    let all = whole(company.portal.list_customer_io_templates().await);
    let names: Vec<_> = all.iter().map(|template| template.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Uncategorized mail", "Welcome", "Letters ready", "Payment reminder"]);
    let triggers: Vec<_> = all.iter().map(|template| template.trigger_name.as_deref().unwrap_or_default()).collect();
    assert_eq!(triggers, ["", "client_enrolled", "letters_ready", "payment_failed"]);
    for template in &all {
        let (made, changed) = (template.created_at.unwrap(), template.updated_at.unwrap());
        assert!(made < changed && made > "2022-01-01T00:00:00Z".parse().unwrap(), "stamps are seconds");
        assert_eq!((template.link_tracking, template.queue_drafts), (Some(true), Some(false)));
        let untriggered = template.trigger_name.as_deref().is_none_or(str::is_empty);
        assert_eq!(template.send_to_unsubscribed, Some(untriggered));
    }
    let agent = company.staff(Role::DisputeAgent).await;
    assert_eq!(whole(agent.list_customer_io_templates().await).len(), all.len());
    let lead = company.client(domain::ClientId(1)).await;
    assert_forbidden(lead.list_customer_io_templates().await);
}
