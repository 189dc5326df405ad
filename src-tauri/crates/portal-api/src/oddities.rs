//! Where the documentation contradicts itself, each in both readings (API: oddities, by number).
//!
//! What an answer can look like is here; what a request looks like is in `tests/requests.rs`. Rows 1-3 and 53 are about
//! routes (`routes.rs`), 5 about files and 7, 8 about errors (`tests/client.rs`), 58 about every name of every record
//! (`contract.rs`).

#![expect(clippy::needless_pass_by_value, reason = "bodies are written where they are used")]

use crate::Operation::{self, *};
use serde_json::{Value, json};

/// What this build keeps of an answer.
fn kept(operation: Operation, body: &str) -> Vec<Value> {
    match operation.read_back(body) {
        Ok(kept) => kept,
        Err(trouble) => panic!("{operation}: {trouble} in {body}"),
    }
}

/// Both bodies mean the same, and something.
fn same(operation: Operation, documented: Value, plausible: Value) {
    let (a, b) = (kept(operation, &documented.to_string()), kept(operation, &plausible.to_string()));
    assert_eq!(a, b, "{operation}");
    assert!(!a.is_empty() && a.iter().all(|record| !record.is_null()), "{operation} read nothing");
}

/// An object with one field.
fn with(name: &str, value: Value) -> Value {
    json!({ name: value })
}

/// The field has the value, whichever way it was sent.
fn field(operation: Operation, name: &str, spellings: [Value; 2], expected: Value) {
    for spelling in spellings {
        let record = kept(operation, &with(name, spelling.clone()).to_string());
        assert_eq!(record[0][name], expected, "{operation}.{name} from {spelling}");
    }
}

#[test]
fn row_6_and_22_success_without_a_body_or_with_a_message() {
    for operation in [DeleteClientDocument, RemoveClientGoals, DeleteSegment, DeleteItemDropdown, DeleteAttachment] {
        assert_eq!(kept(operation, ""), [json!("")]);
        assert_eq!(kept(operation, r#"{"message":"Deleted."}"#), [json!("Deleted.")]);
    }
    assert!(kept(AnswerKbaQuestions, "").is_empty());
    assert_eq!(kept(AnswerKbaQuestions, r#"[{"auth_token":"t"}]"#)[0]["auth_token"], "t");
}

#[test]
fn row_10_11_bare_lists_and_pages() {
    for operation in [ListBureauAddresses, ListClientAgreements, ListSegments, ListClientReports] {
        let rows = json!([{"id": 1}, {"id": 2}]);
        same(operation, rows.clone(), json!({"data": rows, "links": {}, "meta": {"total": 2}}));
    }
    let types = json!([{"typeName": "text", "availableValues": ["a", 1]}]);
    same(ListAttributeTypes, types.clone(), json!({ "data": types }));
}

#[test]
fn row_12_bare_objects_and_envelopes() {
    for operation in [
        UpdateBureauAddress,
        CreateClientAgreement,
        GetClient,
        GetClientReport,
        PortalCreateClientAgreement,
        PortalGetClientMe,
        CreateGoal,
        GetGoal,
        UpdateGoal,
        CreateSegment,
        RefreshSegment,
        GetSegment,
        UpdateSegment,
    ] {
        same(operation, json!({"id": 7}), json!({"data": {"id": 7}}));
    }
    same(GetClickHouseEvent, json!({"event": "e"}), json!({"data": {"event": "e"}}));
}

#[test]
fn row_13_one_object_for_a_list() {
    for operation in [
        ListClientGoals,
        AssignClientGoals,
        PortalListClientAgreements,
        PortalListClientDocuments,
        PortalListClientGoals,
        PortalAssignClientGoals,
        PortalListClientProducts,
        PortalListGoals,
        ListGoals,
        ListProducts,
        ListClaimCodes,
        ListCreditorTypes,
    ] {
        same(operation, json!({"data": {"id": 7}}), json!({"data": [{"id": 7}]}));
    }
    assert!(kept(ListGoals, r#"{"data":null}"#).is_empty());
}

#[test]
fn row_14_versions_swapped() {
    for operation in [ListContractVersions, RevertContractVersion] {
        same(operation, json!({"data": {"id": 7}}), json!([{"id": 7}]));
        same(operation, json!([{"id": 7}, {"id": 8}]), json!({"data": [{"id": 7}, {"id": 8}]}));
    }
}

#[test]
fn row_15_16_20_pages_in_rows_and_a_page_in_a_list() {
    let meta = json!({"current_page": 1, "from": null, "last_page": 1, "per_page": 15, "to": null, "total": 2, "path": "/", "links": [{"url": null, "label": "1", "active": true}]});
    let page = |rows: Value| json!({"data": rows, "links": {}, "meta": meta});
    let rows = json!([{"id": 1}, {"id": 2}]);
    same(ListClients, page(json!([page(json!([{"id": 1}])), page(json!([{"id": 2}]))])), page(rows.clone()));
    same(ListClientsByConditions, json!([page(rows.clone())]), page(rows));
}

#[test]
fn row_17_kba_in_a_list_of_one() {
    let challenge = json!({"auth_method": "OPT", "auth_token": "t", "questions": [{"id": "1", "text": "?", "answers": [{"id": "2", "text": "!"}]}]});
    same(GetKbaQuestions, json!([challenge]), challenge.clone());
    same(AnswerKbaQuestions, json!([challenge]), challenge);
}

#[test]
fn row_18_send_answers_two_envelopes() {
    let sent = json!({"id": 9, "type": "fax"});
    same(
        SendCorrespondence,
        json!({"data": {"data": sent, "message": "Sent."}}),
        json!({"data": sent, "message": "Sent."}),
    );
}

#[test]
fn row_19_21_links_and_meta_of_any_kind() {
    for links in [json!({}), json!([]), json!({"first": "a", "last": null, "prev": null, "next": null})] {
        for meta in [json!({}), json!([]), json!({"total": 1, "last_page": "1", "from": null})] {
            let body = json!({"data": [{"id": 1}], "links": links, "meta": meta});
            assert_eq!(kept(ListClientCreditReportMasterSchemas, &body.to_string()).len(), 1, "{body}");
        }
    }
}

#[test]
fn row_24_a_furnisher_with_a_goals_fields() {
    let furnisher = kept(GetFurnisher, r#"{"data":{"id":1,"name":"A","fax_number":"1","type":"Public_Record"}}"#);
    assert_eq!(furnisher[0]["type"], "Public_Record");
    assert_eq!(kept(GetFurnisher, r#"{"data":{"id":1,"name":"A","icon":"star"}}"#)[0]["icon"], "star");
}

#[test]
fn row_25_a_client_or_a_negative_item() {
    assert_eq!(
        kept(PortalUpdateClient, r#"{"data":{"id":"12","origin":"manual","status":"new"}}"#)[0]["origin"],
        "manual"
    );
    assert_eq!(kept(PortalUpdateClient, r#"{"id":12,"client_key":"k","email":"a@b.c"}"#)[0]["client_key"], "k");
}

#[test]
fn row_27_segments_of_a_client() {
    same(GetClient, json!({"segments": {"id": 3}}), json!({"segments": [{"id": 3}]}));
    same(PortalGetClientMe, json!({"id": 1, "segments": null}), json!({"id": 1}));
}

#[test]
fn row_28_an_author_or_its_key() {
    let key = |author: Value| {
        kept(ListContractVersions, &json!([{"author_id": author}]).to_string())[0]["author_id"]["id"].clone()
    };
    assert_eq!(key(json!({"id": 5, "first_name": "A"})), 5);
    assert_eq!(key(json!(5)), 5);
}

#[test]
fn row_29_a_steps_run_belongs_to_what_its_keys_say() {
    let run = |client: Value, workflow: Value| {
        let run = json!({"client": client, "workflow": workflow});
        let body = json!({"data": [{"workflow_step": {"stepExecutions": [run]}}]});
        kept(ListClientTasks, &body.to_string())[0]["workflow_step"]["stepExecutions"][0].clone()
    };
    let documented = run(json!({"step_order": 2}), json!({"version_number": 3}));
    assert_eq!(
        (&documented["client"]["step_order"], &documented["workflow"]["version_number"]),
        (&json!(2), &json!(3))
    );
    let plausible = run(json!({"client_key": "k"}), json!({"is_version": true}));
    assert_eq!((&plausible["client"]["client_key"], &plausible["workflow"]["is_version"]), (&json!("k"), &json!(true)));
}

#[test]
fn row_30_records_with_and_without_a_key() {
    for (operation, field) in [(GetClientDocument, "subtype"), (GetNegativeItem, "account_name")] {
        let without = kept(operation, &with(field, json!("other")).to_string());
        assert!(without[0].get("id").is_none() && without[0][field] == "other");
        assert_eq!(kept(operation, r#"{"id":4}"#)[0]["id"], 4);
    }
    assert_eq!(kept(GetClientProduct, r#"{"id":4,"initial_fee":99.5}"#)[0]["id"], 4);
    assert_eq!(kept(GetClientProduct, r#"{"initial_fee":99.5}"#)[0]["initial_fee"], "99.5");
}

#[test]
fn row_31_what_is_written_may_come_back() {
    assert_eq!(kept(UpdateBureauAddress, r#"{"id":1,"fax_number":"8885550100"}"#)[0]["fax_number"], "8885550100");
    assert!(kept(UpdateBureauAddress, r#"{"id":1}"#)[0].get("fax_number").is_none());
    assert_eq!(kept(CreateClientAgreement, r#"{"id":1,"contract_id":2}"#)[0]["contract_id"], 2);
}

#[test]
fn row_32_short_forms() {
    let long = kept(GetContract, r#"{"product":{"id":1,"name":"P","product_code":"C","product_type":"T"}}"#);
    assert_eq!(long[0]["product"]["product_code"], "C");
    let short = kept(GetContract, r#"{"product":{"id":1,"name":"P"}}"#);
    assert_eq!(short[0]["product"]["name"], "P");
    let user = kept(GetNote, r#"{"user":{"id":1,"is_disabled":true}}"#);
    assert_eq!(user[0]["user"]["is_disabled"], true);
}

#[test]
fn row_33_34_35_keys_as_numbers_and_texts() {
    for operation in [CreateClientAgreement, GetSegment] {
        field(operation, "id", [json!(12), json!("12")], json!(12));
    }
    field(GetRole, "id", [json!(3), json!("3")], json!(3));
    assert_eq!(kept(GetRole, r#"{"id":"b7c1-uuid"}"#)[0]["id"], "b7c1-uuid");
    assert_eq!(kept(GetCreditReportMasterSchema, r#"{"report_id":"RPT_789"}"#)[0]["report_id"], "RPT_789");
    assert_eq!(kept(GetCreditReportMasterSchema, r#"{"report_id":789}"#)[0]["report_id"], 789);
}

#[test]
fn row_36_bureaus_in_every_vocabulary() {
    use domain::Bureau;
    for (bureau, spellings) in [
        (Bureau::Equifax, ["equifax", "Equifax", "EFX"]),
        (Bureau::Experian, ["experian", "EXPERIAN", "EXP"]),
        (Bureau::TransUnion, ["transunion", "TransUnion", "TU"]),
    ] {
        for spelling in spellings {
            assert_eq!(Bureau::from_code(spelling), Some(bureau), "{spelling}");
        }
    }
}

#[test]
fn row_37_numbers_that_lost_their_zeros() {
    for ssn in [json!(1234567), json!("001234567"), json!("001-23-4567")] {
        assert_eq!(kept(GetClient, &with("ssn", ssn).to_string())[0]["ssn"], "001234567");
    }
    for zip in [json!(2134), json!("02134")] {
        let address: crate::bureau_addresses::BureauAddress =
            serde_json::from_value(with("zip_code", zip)).unwrap_or_default();
        assert_eq!(address.zip_code.map(|zip| zip.as_str().to_owned()).as_deref(), Some("02134"));
    }
}

#[test]
fn row_38_truths_as_digits() {
    field(GetSegment, "is_active", [json!(true), json!(1)], json!(true));
    field(GetSegment, "is_archive", [json!(false), json!("0")], json!(false));
    let negated = kept(GetSegment, r#"{"conditions":{"not":1,"rules":[{"field":"f"}]}}"#);
    assert_eq!(negated[0]["conditions"]["not"], true);
}

#[test]
fn row_40_41_dates_in_both_forms() {
    let expected = json!("2024-03-25 14:30:00");
    for operation in [CreateClientAgreement, PortalCreateClientAgreement] {
        let spellings = [json!("2024-03-25T14:30:00Z"), json!("2024-03-25 14:30:00")];
        field(operation, "agreement_signed", spellings, expected.clone());
    }
    let zone = kept(CreateClientAgreement, r#"{"agreement_signed":"2024-03-25T10:30:00-04:00"}"#);
    assert_eq!(zone[0]["agreement_signed"], expected);
}

#[test]
fn row_42_schema_when_read_and_when_written() {
    let read = kept(GetEventDefinition, r#"{"schema":{"properties":{"a":{"type":"string"}},"required":["a"]}}"#);
    assert_eq!(read[0]["schema"]["required"], json!(["a"]));
    let echoed = kept(GetEventDefinition, r#"{"schema":["context.payload.client_id"]}"#);
    assert_eq!(echoed[0]["schema"]["required"], json!(["context.payload.client_id"]));
}

#[test]
fn row_43_attributes_as_pairs_and_as_an_object() {
    let pairs = json!({"attributes": [{"name": "fax_number", "value": "1"}, {"name": "pages", "value": 3}]});
    let object = json!({"attributes": {"fax_number": "1", "pages": 3}});
    same(CreateCorrespondence, pairs, object);
}

#[test]
fn row_47_48_rules_and_groups_of_rules() {
    let flat = kept(
        GetSegment,
        r#"{"conditions":{"rules":[{"field":"f","operator":"=","value":"v","relation":"r","count_repeat":2}]}}"#,
    );
    assert_eq!(flat[0]["conditions"]["rules"][0]["count_repeat"], 2);
    let nested = kept(
        GetSegment,
        r#"{"conditions":{"combinator":"AND","rules":[{"combinator":"OR","rules":[{"field":"f"}]}]}}"#,
    );
    assert_eq!(nested[0]["conditions"]["rules"][0]["rules"][0]["field"], "f");
}

#[test]
fn row_52_a_map_of_maps_or_a_list_of_them() {
    let relations = json!({"client": {"type": "string"}, "items": {"type": "array"}});
    let list = json!({"data": [{"client": {"type": "string"}}, {"items": {"type": "array"}}]});
    same(GetQueryBuilderFields, list, json!({ "data": relations }));
}

#[test]
fn row_54_60_values_that_no_list_names() {
    for (operation, name) in [
        (CreateItemDropdown, "type"),
        (GetSegment, "type"),
        (GetEventDefinition, "status"),
        (GetClientDocument, "type"),
        (GetClientDocument, "subtype"),
        (CreateImport, "type"),
        (CreateCorrespondence, "type"),
        (GetFurnisher, "type"),
        (GetTemplatePreview, "type"),
    ] {
        assert_eq!(kept(operation, &with(name, json!("something_new")).to_string())[0][name], "something_new");
    }
    let deep = r#"{"events":[{"status":"received","workflowInstances":[{"status":"stuck"}]}]}"#;
    assert_eq!(kept(GetEventDefinition, deep)[0]["events"][0]["workflowInstances"][0]["status"], "stuck");
}

#[test]
fn row_55_lists_of_one_object() {
    let event = |value: Value| json!({"context": value, "properties": value});
    same(GetClickHouseEvent, event(json!([{"page": "a"}])), event(json!({"page": "a"})));
}

#[test]
fn row_56_stamps_of_another_service() {
    let template = r#"{"data":[{"id":1,"description":"","created_at":1711377000}],"message":"ok"}"#;
    let kept = kept(ListCustomerIoTemplates, template);
    assert_eq!(kept[0]["created_at"], "2024-03-25 14:30:00");
    assert!(kept[0].get("description").is_none());
}

#[test]
fn row_57_spellings() {
    use domain::ItemStatus;
    assert_eq!(kept(GetNegativeItem, r#"{"current_rateing_code":"R1"}"#)[0]["current_rateing_code"], "R1");
    assert_eq!(kept(GetNegativeItem, r#"{"current_rating_code":"R1"}"#)[0]["current_rateing_code"], "R1");
    for spelling in ["not_processed", "Not Processed"] {
        assert_eq!(ItemStatus::from_code(spelling), ItemStatus::NotProcessed);
    }
    for spelling in ["drive_licence", "driver_license", "drivers_licence"] {
        assert_eq!(
            kept(GetClientDocument, &with("subtype", json!(spelling)).to_string())[0]["subtype"],
            "drive_licence"
        );
    }
    for spelling in ["OPT", "OTP"] {
        assert_eq!(kept(GetKbaQuestions, &with("auth_method", json!(spelling)).to_string())[0]["auth_method"], "OPT");
    }
}

#[test]
fn row_59_nulls_anywhere() {
    let nulls = kept(
        ListEventDefinitions,
        r#"{"data":[{"id":1,"events":[null],"schema":null,"triggerEventConditions":null}]}"#,
    );
    assert_eq!(nulls[0]["events"], json!([]));
    assert_eq!(kept(GetEventDefinition, r#"{"events":[{"id":null,"attributes":null,"data":{}}],"id":2}"#)[0]["id"], 2);
}
