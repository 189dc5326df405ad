//! Every record has the documented fields and no other.

use crate::support::Agent;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The documentation's records, each with its fields.
struct Documented(BTreeMap<String, String>);

impl Documented {
    fn read() -> Documented {
        Documented(serde_json::from_str(include_str!("documented_fields.json")).unwrap())
    }

    /// Checks the record at the pointer; `more` are fields sent though they are not documented.
    fn check(&self, body: &Value, pointer: &str, name: &str, more: &[&str]) {
        let record = body.pointer(pointer).and_then(Value::as_object);
        let record = record.unwrap_or_else(|| panic!("no {name} at {pointer} of {body}"));
        let sent: BTreeSet<&str> = record.keys().map(String::as_str).collect();
        let expected: BTreeSet<&str> = self.0[name].split(' ').chain(more.iter().copied()).collect();
        assert_eq!(sent, expected, "{name} at {pointer}");
    }
}

#[tokio::test]
async fn negative_items_have_all_54_fields_an_id_and_no_bureau() {
    let documented = Documented::read();
    assert_eq!(documented.0["NegativeItemResource"].split(' ').count(), 54);
    let agent = Agent::sign_in().await;
    for item in agent.all("/negative-items").await {
        documented.check(&item, "", "NegativeItemResource", &["id"]);
        documented.check(&item, "/metadata", "NegativeItemMetadata", &[]);
        documented.check(&item["client"], "", "ClientShort", &["attributes"]);
    }
    assert_eq!(agent.ok("/negative-items/1").await["data"]["id"], 1);
}

#[tokio::test]
async fn what_belongs_to_a_client_has_its_documented_shape() {
    let documented = Documented::read();
    let agent = Agent::sign_in().await;
    let page = agent.ok("/clients").await;
    documented.check(&page, "/links", "PaginationLinks", &[]);
    documented.check(&page, "/meta", "PaginationMeta", &[]);
    documented.check(&page, "/data/0", "ClientResource", &[]);
    let client = agent.ok("/clients/1").await;
    documented.check(&client, "", "ClientResource", &[]);
    documented.check(&client, "/segments", "SegmentResource", &[]);
    documented.check(&agent.ok("/clients/1/reports").await, "/0", "ClientReport", &[]);
    documented.check(&agent.ok("/clients/1/reports/equifax").await, "", "ClientReport", &[]);

    let document = json!({ "client_id": 1, "type": "other", "attachment_id": 1 });
    let (_, document) = agent.send(Method::POST, "/client-documents", document).await;
    documented.check(&document, "/data", "ClientDocument", &["id"]);
    documented.check(&document, "/data/client", "ClientResource", &[]);
    documented.check(&document, "/data/author", "User", &[]);
    documented.check(&document, "/data/attachment", "AttachmentResource", &[]);

    let agreement = json!({ "client_id": 1, "name": "a", "type": "b", "attachment_id": 1 });
    let (_, agreement) = agent.send(Method::POST, "/client-agreements", agreement).await;
    documented.check(&agreement, "", "ClientAgreement", &[]);
    documented.check(&agreement, "/client", "ClientShort", &[]);
    documented.check(&agreement, "/attachment", "AttachmentResource", &[]);

    let (_, note) = agent.send(Method::POST, "/notes", json!({ "client_id": 1, "note_text": "x" })).await;
    documented.check(&note, "/data", "NoteResponse", &[]);
    documented.check(&note, "/data/user", "User", &[]);

    let fax = json!({ "fax_number": "1", "recipient": "x" });
    let fax = json!({ "client_id": 1, "type": "fax", "attachment_id": 1, "attributes": fax });
    let (_, fax) = agent.send(Method::POST, "/correspondences", fax).await;
    documented.check(&fax, "/data", "CorrespondenceResponse", &[]);
    documented.check(&fax, "/data/run_by", "UserShort", &[]);
    documented.check(&fax, "/data/attachments/0", "CorrespondenceAttachment", &[]);
}

#[tokio::test]
async fn the_library_has_its_documented_shape() {
    let documented = Documented::read();
    let agent = Agent::sign_in().await;
    for (path, pointer, name) in [
        ("/bureau-addresses", "/0", "BureauAddressResponse"),
        ("/furnishers", "/data/0", "FurnisherResponse"),
        ("/furnishers/1", "/data", "FurnisherResponse"),
        ("/claim-codes", "/data/0", "ClaimCodeResponse"),
        ("/creditor-types", "/data/0", "CreditorTypeResponse"),
        ("/instructions", "/data/0", "InstructionResponse"),
        ("/instructions/1", "/data", "InstructionResponse"),
        ("/instructions/3", "/data/claim_code", "ClaimCodeResponse"),
        ("/instructions/3", "/data/creditor_types/0", "CreditorTypeResponse"),
        ("/snippets", "/data/0", "SnippetResponse"),
        ("/snippets/1", "/data", "SnippetResponse"),
        ("/template-categories", "/data/0", "TemplateCategoryResource"),
        ("/templates", "/data/0", "TemplateResponse"),
        ("/templates/1", "/data", "TemplateResponse"),
        ("/templates/1", "/data/category", "TemplateCategoryResource"),
        ("/templates/1", "/data/contents/0", "TemplateContent"),
    ] {
        documented.check(&agent.ok(path).await, pointer, name, &[]);
    }
}
