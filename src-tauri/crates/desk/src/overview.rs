//! A client's dynamic attributes, grouped by what their names say, and what the client sees of all that is kept.

use crate::clients::client_id;
use crate::contract::{
    AttributeEdit, AttributeGroup, AttributeGroupKind, AttributeRow, ClientOverview, ClientValueKind, CustomerLine,
    CustomerPart, CustomerSection, CustomerView, Id,
};
use crate::{Desk, Error};
use domain::credit_report::labelled;
use domain::{Bureau, ClientField, ClientId, Ssn};
use futures::future::join;
use portal_api::customer_portal::PortalListNegativeItemsQuery;
use portal_api::{ApiError, MOST_PER_PAGE, Page, Portal};
use std::collections::BTreeMap;

/// Lines of a part that are shown.
const MOST_LINES: usize = 200;

impl Desk {
    /// A client's attributes by group, as the last pull read them, with the changes that wait.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn client_overview(&self, id: Id) -> Result<ClientOverview, Error> {
        let open = self.ready().await?;
        let id = client_id(&id.id, "id")?;
        let client = open.store.client(id).await?.ok_or(Error::NotFound("client"))?.client;
        let waiting = self.client_changes(&open, id).await?;
        let pending =
            |field| waiting.iter().rev().find(|(fields, _)| fields.contains(&field)).map(|(_, item)| item.clone());
        let mut groups: BTreeMap<AttributeGroupKind, Vec<AttributeRow>> = BTreeMap::new();
        for (field, code) in ClientField::ALL {
            let (name, kept) = (field.attribute(), field.value(&client));
            let (label, value) = labelled(name, &kept, client.ssn.as_ref());
            let edit = AttributeEdit { name: code.to_owned(), kind: value_kind(field.kind()), value: kept };
            let pending = pending(field);
            let row = AttributeRow { name: name.to_owned(), label, value, edit: Some(edit), pending };
            groups.entry(group(name)).or_default().push(row);
        }
        let fixed = client.attributes.iter().filter(|(name, _)| ClientField::of_attribute(name).is_none());
        let mut fixed: Vec<AttributeRow> = fixed
            .map(|(name, value)| {
                let (label, value) = labelled(name, value, client.ssn.as_ref());
                AttributeRow { name: name.clone(), label, value, edit: None, pending: None }
            })
            .collect();
        fixed.sort_by(|one, other| one.label.cmp(&other.label));
        for row in fixed {
            groups.entry(group(&row.name)).or_default().push(row);
        }
        let groups = groups.into_iter().map(|(kind, rows)| AttributeGroup { kind, rows });
        Ok(ClientOverview { groups: groups.collect() })
    }

    /// What the client sees in the company's customer portal, read now. A part that cannot be read says why.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or no session with the portal.
    pub async fn client_customer_view(&self, id: Id) -> Result<CustomerView, Error> {
        let open = self.ready().await?;
        let id = client_id(&id.id, "id")?;
        let client = open.store.client(id).await?.ok_or(Error::NotFound("client"))?.client;
        let portal = self.connected(&open).await?;
        let ssn = client.ssn.as_ref();
        let (data, items) = join(data(&portal, id, ssn), items(&portal, id)).await;
        let (documents, agreements) = join(documents(&portal, id), agreements(&portal, id)).await;
        let (products, goals) = join(products(&portal, id), goals(&portal, id)).await;
        let sections = [
            section(CustomerPart::Data, data),
            section(CustomerPart::Items, items),
            section(CustomerPart::Documents, documents),
            section(CustomerPart::Agreements, agreements),
            section(CustomerPart::Products, products),
            section(CustomerPart::Goals, goals),
        ];
        Ok(CustomerView { sections: sections.into() })
    }
}

type Lines = Result<(Vec<CustomerLine>, u64), ApiError>;

fn section(part: CustomerPart, lines: Lines) -> CustomerSection {
    match lines {
        Ok((mut lines, total)) => {
            lines.truncate(MOST_LINES);
            CustomerSection { part, lines, total, problem: None }
        }
        Err(error) => {
            CustomerSection { part, lines: Vec::new(), total: 0, problem: Some(Error::Portal(error).problem()) }
        }
    }
}

fn lines<T>(page: Page<T>, line: impl Fn(&T) -> CustomerLine) -> (Vec<CustomerLine>, u64) {
    let total = page.total.unwrap_or(page.rows.len() as u64);
    (page.records().map(|record| line(&record)).collect(), total)
}

fn words(parts: &[Option<String>]) -> String {
    parts.iter().flatten().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

fn readable(code: &str) -> String {
    Bureau::from_code(code).map_or_else(|| labelled(code, "", None).0, |bureau| bureau.to_string())
}

async fn data(portal: &Portal, client: ClientId, ssn: Option<&Ssn>) -> Lines {
    let me = portal.portal_get_client_me(client).await?;
    let shown = me.value.attributes.iter().filter_map(|(name, value)| {
        let (title, detail) = labelled(name, value, ssn);
        Some(CustomerLine { title, detail: detail? })
    });
    let shown: Vec<CustomerLine> = shown.collect();
    let total = shown.len() as u64;
    Ok((shown, total))
}

async fn items(portal: &Portal, client: ClientId) -> Lines {
    let query =
        PortalListNegativeItemsQuery { per_page: Some(MOST_PER_PAGE), ..PortalListNegativeItemsQuery::default() };
    let page = portal.portal_list_negative_items(client, &query).page(1).await?;
    Ok(lines(page, |item| CustomerLine {
        title: item.account_name.clone().unwrap_or_default(),
        detail: words(&[item.account_type.clone(), item.account_status.clone()]),
    }))
}

async fn documents(portal: &Portal, client: ClientId) -> Lines {
    let page = portal.portal_list_client_documents(client).await?;
    Ok(lines(page, |document| {
        let kind = document.r#type.as_ref().map(|kind| readable(kind.code()));
        let subkind = document.subtype.as_ref().map(|kind| readable(kind.code()));
        let caption = document.attachment.as_ref().and_then(|file| file.caption.clone());
        CustomerLine { title: subkind.or(kind).unwrap_or_default(), detail: caption.unwrap_or_default() }
    }))
}

async fn agreements(portal: &Portal, client: ClientId) -> Lines {
    let page = portal.portal_list_client_agreements(client).await?;
    Ok(lines(page, |agreement| CustomerLine {
        title: agreement.name.clone().unwrap_or_default(),
        detail: agreement
            .agreement_signed
            .map_or_else(|| "Not signed".to_owned(), |at| format!("Signed {}", at.strftime("%m/%d/%Y"))),
    }))
}

async fn products(portal: &Portal, client: ClientId) -> Lines {
    let page = portal.portal_list_client_products(client).await?;
    Ok(lines(page, |bought| {
        let product = bought.product.as_ref();
        CustomerLine {
            title: product.and_then(|product| product.name.clone()).unwrap_or_default(),
            detail: words(&[
                bought.initial_fee.map(|fee| format!("First fee {fee}")),
                bought.charged_monthly.map(|fee| format!("each month {fee}")),
            ]),
        }
    }))
}

async fn goals(portal: &Portal, client: ClientId) -> Lines {
    let page = portal.portal_list_client_goals(client).await?;
    Ok(lines(page, |goal| CustomerLine { title: goal.name.clone().unwrap_or_default(), detail: String::new() }))
}

fn value_kind(kind: domain::ClientValueKind) -> ClientValueKind {
    match kind {
        domain::ClientValueKind::Text => ClientValueKind::Text,
        domain::ClientValueKind::Lines => ClientValueKind::Lines,
        domain::ClientValueKind::Email => ClientValueKind::Email,
        domain::ClientValueKind::Phone => ClientValueKind::Phone,
        domain::ClientValueKind::Day => ClientValueKind::Day,
        domain::ClientValueKind::State => ClientValueKind::State,
        domain::ClientValueKind::Zip => ClientValueKind::Zip,
    }
}

/// What an attribute is about, by its name.
fn group(name: &str) -> AttributeGroupKind {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if name.starts_with("mailing") {
        AttributeGroupKind::Mailing
    } else if has(&["phone", "email", "fax", "sms", "contact", "timezone", "language"]) {
        AttributeGroupKind::Contact
    } else if has(&["street", "city", "state", "postal", "zip", "country", "address"]) {
        AttributeGroupKind::Address
    } else if has(&["name", "ssn", "social", "birth", "dob", "gender", "suffix", "marital", "employ", "occupation"]) {
        AttributeGroupKind::Person
    } else if has(&[
        "stage", "status", "owner", "agent", "source", "campaign", "round", "plan", "goal", "score", "kba", "date",
    ]) {
        AttributeGroupKind::Work
    } else {
        AttributeGroupKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_stand_where_an_agent_looks_for_them() {
        for (name, kind) in [
            ("FirstName", AttributeGroupKind::Person),
            ("D_O_B__c", AttributeGroupKind::Person),
            ("SSN__c", AttributeGroupKind::Person),
            ("MobilePhone", AttributeGroupKind::Contact),
            ("MailingPostalCode", AttributeGroupKind::Mailing),
            ("OtherCity", AttributeGroupKind::Address),
            ("Lead_Source__c", AttributeGroupKind::Work),
            ("Shoe_Size__c", AttributeGroupKind::Other),
        ] {
            assert_eq!(group(name), kind, "{name}");
        }
    }
}
