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

    /// Checks the record at the pointer; `more` are fields sent though they are not documented, those with `!` before
    /// them fields that may be left out.
    fn check(&self, body: &Value, pointer: &str, name: &str, more: &[&str]) {
        let record = body.pointer(pointer).and_then(Value::as_object);
        let record = record.unwrap_or_else(|| panic!("no {name} at {pointer} of {body}"));
        let sent: BTreeSet<&str> = record.keys().map(String::as_str).collect();
        let left_out = |field: &&str| more.contains(&format!("!{field}").as_str()) && !sent.contains(field);
        let more_sent = more.iter().copied().filter(|field| !field.starts_with('!'));
        let expected: BTreeSet<&str> =
            self.0[name].split(' ').filter(|field| !left_out(field)).chain(more_sent).collect();
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

#[tokio::test]
async fn what_a_client_holds_has_its_documented_shape() {
    let documented = Documented::read();
    let agent = Agent::administrator().await;
    let product = agent.ok("/client-products?client_id=1").await;
    documented.check(&product, "/data/0", "ClientProduct", &["id"]);
    documented.check(&product, "/data/0/product", "ProductResponse", &[]);
    documented.check(&product, "/data/0/client", "ClientResource", &[]);
    documented.check(&agent.ok("/products").await, "/data/0", "ProductResponse", &[]);
    let goal = agent.done(Method::POST, "/goals", json!({ "name": "a", "icon": "b" })).await;
    documented.check(&goal, "", "GoalResponse", &[]);
    let goals = agent.done(Method::POST, "/clients/1/goals", json!({ "goal_ids": [goal["id"]] })).await;
    documented.check(&goals, "/data/0", "GoalResponse", &[]);
    let reports = agent.ok("/clients/1/credit-report-master-schemas").await;
    documented.check(&reports, "/data/0", "CreditReportMasterSchemaResource", &[]);
    let latest = agent.ok("/clients/1/credit-report-master-schemas/latest").await;
    documented.check(&latest, "/data", "CreditReportMasterSchemaWithContentResource", &[]);
    let challenge = agent.ok("/clients/1/kba/array_equifax").await;
    documented.check(&challenge, "/0", "KbaChallenge", &[]);
    documented.check(&challenge, "/0/questions/0", "Question", &[]);
    documented.check(&challenge, "/0/questions/0/answers/0", "KbaAnswerOption", &[]);
    let segments = agent.ok("/clients/1/segments").await;
    documented.check(&segments, "/data/0", "SegmentResource", &[]);
    let by = agent.done(Method::POST, "/clients/by-conditions", json!({})).await;
    documented.check(&by, "/0", "ClientResourceCollection", &[]);
    documented.check(&by, "/0/data/0", "ClientResource", &[]);
    documented.check(&by, "/0/links", "FullPaginationLinks", &[]);
    documented.check(&by, "/0/meta", "FullPaginationMeta", &[]);
    documented.check(&by, "/0/meta/links/0", "PageLink", &[]);
}

#[tokio::test]
async fn what_the_company_keeps_has_its_documented_shape() {
    let documented = Documented::read();
    let agent = Agent::administrator().await;
    let contract = agent.ok("/contracts/1").await;
    documented.check(&contract, "/data", "ContractResponse", &[]);
    documented.check(&contract, "/data/product", "ContractProduct", &[]);
    agent.done(Method::PUT, "/contracts/1", json!({ "content": "x" })).await;
    let versions = agent.ok("/contracts/1/versions").await;
    documented.check(&versions, "/data/0", "ContractVersionResponse", &[]);
    documented.check(&versions, "/data/0/author_id", "UserShort", &[]);
    documented.check(&agent.ok("/fax-settings").await, "/data/0", "FaxSettingsResponse", &[]);
    documented.check(&agent.ok("/item-dropdowns/type").await, "/data/0", "ItemDropdownResource", &[]);
    documented.check(&agent.ok("/roles").await, "/data/0", "UserRole", &[]);
    documented.check(&agent.ok("/roles/1").await, "/data/permissions/0", "UserPermission", &[]);
    documented.check(&agent.ok("/segments?is_archive=0").await, "/0", "SegmentResource", &[]);
    documented.check(
        &agent.ok("/segments/1").await,
        "/conditions",
        "SegmentRuleGroup",
        &["!count_repeat", "!relation"],
    );
    documented.check(&agent.ok("/query-builder/attribute-types").await, "/0", "AttributeType", &[]);
    documented.check(&agent.ok("/clickhouse-events").await, "/data/0", "ClickHouseEventResource", &[]);
    documented.check(&agent.ok("/customer-io/templates").await, "/data/0", "CustomerIoTemplate", &[]);
    let file = agent.upload("/attachments", *b"FirstName,LastName,email\n").await;
    let import = json!({ "type": "add", "attachment_id": file["id"] });
    let import = agent.done(Method::POST, "/imports", import).await;
    documented.check(&import, "/data", "ImportResource", &[]);
    documented.check(&import, "/data/created_by", "User", &[]);
    let sms = json!({ "type": "sms", "sms": { "number": "1", "body": "x" } });
    let sms = agent.done(Method::POST, "/correspondences/send", sms).await;
    documented.check(&sms, "/data", "SendCorrespondenceResponse", &[]);
    documented.check(&sms, "/data/data", "CorrespondenceResponse", &[]);
    documented.check(&sms, "/data/data/attributes/0", "CorrespondenceAttribute", &[]);
    let item = agent.done(Method::PUT, "/customer-portal/clients/1", json!({})).await;
    documented.check(&item, "/data", "ClientsNegativeItem", &[]);
}

#[tokio::test]
async fn workflows_have_their_documented_shapes() {
    let documented = Documented::read();
    let agent = Agent::administrator().await;
    let definition = agent.ok("/event-definitions/1").await;
    let event = "/data/events/0";
    let run = &format!("{event}/workflowInstances/0");
    let condition = "/data/triggerEventConditions/0";
    let workflow = &format!("{condition}/trigger/workflow");
    for (pointer, name) in [
        ("/data", "EventDefinitionResource"),
        ("/data/schema", "EventDefinitionSchema"),
        (event, "Event"),
        (run, "WorkflowInstance"),
        (&format!("{run}/stepExecutions/0"), "WorkflowStepExecution"),
        (condition, "TriggerEventCondition"),
        (&format!("{condition}/trigger"), "Trigger"),
        (workflow, "Workflow"),
        (&format!("{workflow}/steps/0"), "WorkflowStep"),
        (&format!("{workflow}/workflowNotes/0"), "WorkflowNote"),
        (&format!("{workflow}/steps/0/template"), "TemplateResponse"),
    ] {
        documented.check(&definition, pointer, name, &[]);
    }
    for client in 1..=40 {
        let tasks = agent.ok(&format!("/client-tasks?client_id={client}")).await;
        for place in 0..tasks["data"].as_array().unwrap().len() {
            documented.check(&tasks, &format!("/data/{place}"), "TaskResource", &[]);
        }
    }
}
