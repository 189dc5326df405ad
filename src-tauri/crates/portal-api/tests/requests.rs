//! What is sent, where the documentation can be read in two ways (API: oddities, by number).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::{AttachmentId, Channel, ClientId, DocumentId, GoalId, SegmentId};
use portal_api::attachments::DeleteAttachmentLinkRequest;
use portal_api::auth::{ForgotPasswordRequest, LoginRequest};
use portal_api::client_agreements::CreateClientAgreementRequest;
use portal_api::client_documents::{CreateClientDocumentRequest, DocumentKind, DocumentSubkind};
use portal_api::clients::{ClientsByConditionsRequest, ListClientsByConditionsQuery};
use portal_api::correspondences::{
    CreateCorrespondenceRequest, Email, Fax, FaxRecipient, SendCorrespondenceRequest, TextMessage,
};
use portal_api::customer_portal::{PortalClientAttributes, PortalUpdateClientRequest};
use portal_api::goals::GoalIdsRequest;
use portal_api::item_dropdowns::ListItemDropdownsByTypeQuery;
use portal_api::query_builder::{GetQueryBuilderValuesQuery, QueryBuilderValuesRequest};
use portal_api::segments::{Combinator, CreateSegmentRequest, ListSegmentsQuery, Rule, SegmentKind};
use portal_api::{Config, Portal, Zip};
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// Any portal, and what it was asked.
struct Asked(MockServer, Portal);

impl Asked {
    async fn new() -> Self {
        let server = MockServer::start().await;
        let answer =
            ResponseTemplate::new(200).set_body_json(json!({"data": [{"id": 1}], "token": "t", "user": {"id": 1}}));
        Mock::given(any()).respond_with(answer).mount(&server).await;
        let config = Config::new(&format!("{}/api", server.uri()), SecretString::from("key-1")).unwrap();
        let portal = Portal::new(&config, Some(SecretString::from("token-1"))).unwrap();
        Self(server, portal)
    }

    async fn last(&self) -> Request {
        self.0.received_requests().await.unwrap().pop().unwrap()
    }

    async fn body(&self) -> Value {
        serde_json::from_slice(&self.last().await.body).unwrap()
    }

    async fn line(&self) -> String {
        let request = self.last().await;
        let query = request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{} {}{query}", request.method, request.url.path())
    }
}

#[tokio::test]
async fn row_4_the_sign_in_calls_carry_the_key_alone_and_all_others_the_token_too() {
    let Asked(server, portal) = Asked::new().await;
    let _ = portal.login(&LoginRequest::new("a@example.com".into(), "pw".into())).await;
    let _ = portal.forgot_password(&ForgotPasswordRequest::new("a@example.com".into())).await;
    let _ = portal.get_client(ClientId(1)).await;
    let requests = server.received_requests().await.unwrap();
    let headers: Vec<(bool, bool)> = requests
        .iter()
        .map(|request| (request.headers.contains_key("x-api-key"), request.headers.contains_key("authorization")))
        .collect();
    assert_eq!(headers, [(true, false), (true, false), (true, true)]);
}

#[tokio::test]
async fn row_38_39_truths_are_digits_in_a_query_and_truths_in_a_body() {
    let asked = Asked::new().await;
    let query = ListSegmentsQuery { is_active: Some(true), ..ListSegmentsQuery::new(false) };
    asked.1.list_segments(&query).page(2).await.unwrap();
    assert_eq!(asked.line().await, "GET /api/segments?is_active=1&is_archive=0&page=2");
    let request = CreateSegmentRequest {
        name: Some("A".into()),
        is_active: Some(true),
        r#type: Some(SegmentKind::NegativeItem),
        ..CreateSegmentRequest::default()
    };
    asked.1.create_segment(&request).await.unwrap();
    assert_eq!(asked.body().await, json!({"name": "A", "is_active": true, "type": "negative_item"}));
}

#[tokio::test]
async fn row_40_instants_are_sent_as_the_prose_wants_them() {
    let asked = Asked::new().await;
    let request = CreateClientAgreementRequest {
        agreement_signed: Some("2024-03-25T10:30:00-04:00".parse().unwrap()),
        client_id: Some(ClientId(5)),
        ..CreateClientAgreementRequest::new("Agreement".into(), "credit_repair".into())
    };
    asked.1.create_client_agreement(&request).await.unwrap();
    let sent = asked.body().await;
    assert_eq!(sent["agreement_signed"], "2024-03-25 14:30:00");
    assert!(sent.get("attachment_id").is_none(), "what is not given is not sent: {sent}");
}

#[tokio::test]
async fn row_37_numbers_and_texts_go_as_documented() {
    let asked = Asked::new().await;
    let attributes = PortalClientAttributes {
        mailing_postal_code: Some(Zip::new("02134")),
        other_postal_code: Some(Zip::new("02134-1234")),
        ..PortalClientAttributes::default()
    };
    let request = PortalUpdateClientRequest {
        attributes: Some(attributes),
        ssn: Some(domain::Ssn::parse("001-23-4567").unwrap()),
        ..PortalUpdateClientRequest::default()
    };
    let _ = asked.1.portal_update_client(ClientId(5), &request).await;
    let expected =
        json!({"attributes": {"MailingPostalCode": 2134, "OtherPostalCode": "02134-1234"}, "ssn": "001234567"});
    assert_eq!(asked.body().await, expected);
    let attributes = PortalClientAttributes {
        mailing_postal_code: Some(Zip::new("02134").in_text()),
        ..PortalClientAttributes::default()
    };
    let request = PortalUpdateClientRequest { attributes: Some(attributes), ..PortalUpdateClientRequest::default() };
    let _ = asked.1.portal_update_client(ClientId(5), &request).await;
    assert_eq!(asked.body().await, json!({"attributes": {"MailingPostalCode": "02134"}}));
}

#[tokio::test]
async fn row_43_44_45_a_fax_names_one_recipient_and_a_message_only_its_own_part() {
    let asked = Asked::new().await;
    let attributes = FaxRecipient { recipient: Some("Equifax".into()), ..FaxRecipient::new("8885550100".into()) };
    let request = CreateCorrespondenceRequest {
        attributes: Some(attributes),
        ..CreateCorrespondenceRequest::new(ClientId(5), Channel::Fax)
    };
    asked.1.create_correspondence(&request).await.unwrap();
    let expected =
        json!({"client_id": 5, "type": "fax", "attributes": {"fax_number": "8885550100", "recipient": "Equifax"}});
    assert_eq!(asked.body().await, expected);

    let fax = Fax {
        attachment_id: Some(AttachmentId(9)),
        furnisher: Some("Quillmark".into()),
        ..Fax::new("8885550101".into())
    };
    let email = Email::new("a@example.com".into(), "Subject".into(), "Body".into());
    let sms = TextMessage::new("3025550100".into(), "Text".into());
    for (request, part, sent) in [
        (
            SendCorrespondenceRequest { fax: Some(fax), ..SendCorrespondenceRequest::new(Channel::Fax) },
            "fax",
            json!({"fax_number": "8885550101", "attachment_id": 9, "furnisher": "Quillmark"}),
        ),
        (
            SendCorrespondenceRequest { email: Some(email), ..SendCorrespondenceRequest::new(Channel::Email) },
            "email",
            json!({"to": "a@example.com", "subject": "Subject", "body": "Body"}),
        ),
        (
            SendCorrespondenceRequest { sms: Some(sms), ..SendCorrespondenceRequest::new(Channel::Sms) },
            "sms",
            json!({"number": "3025550100", "body": "Text"}),
        ),
    ] {
        asked.1.send_correspondence(&request).await.unwrap();
        assert_eq!(asked.body().await, json!({"type": part, part: sent}));
    }
}

#[tokio::test]
async fn row_47_48_50_rules_travel_in_a_post_and_may_hold_groups() {
    let asked = Asked::new().await;
    let rule = |field: &str| Rule {
        field: Some(field.into()),
        operator: Some("=".into()),
        value: Some(json!("TX")),
        ..Rule::default()
    };
    let group = |rules| Rule { combinator: Some(Combinator::Or), rules, ..Rule::default() };
    let request = ClientsByConditionsRequest {
        combinator: Some(Combinator::Or),
        conditions: Some(group(vec![rule("a"), group(vec![rule("b")])])),
        segment_id: Some(SegmentId(3)),
    };
    let query = ListClientsByConditionsQuery::default();
    asked.1.list_clients_by_conditions(&query, &request).page(1).await.unwrap();
    assert_eq!(asked.line().await, "POST /api/clients/by-conditions?page=1");
    let sent = asked.body().await;
    assert_eq!((&sent["combinator"], &sent["conditions"]["combinator"]), (&json!("OR"), &json!("OR")));
    assert_eq!(sent["conditions"]["rules"][1]["rules"][0]["field"], "b");
    assert_eq!(sent["conditions"]["rules"][0], json!({"field": "a", "operator": "=", "value": "TX"}));
    assert_eq!(sent["segment_id"], 3);
}

#[tokio::test]
async fn row_49_the_model_is_always_in_the_path() {
    let asked = Asked::new().await;
    let request =
        QueryBuilderValuesRequest { field_name: Some("state".into()), ..QueryBuilderValuesRequest::default() };
    asked.1.get_query_builder_values("client", &GetQueryBuilderValuesQuery::default(), &request).page(1).await.unwrap();
    assert_eq!(asked.line().await, "POST /api/query-builder/values/client?page=1");
}

#[tokio::test]
async fn row_51_three_removals_carry_a_body() {
    let asked = Asked::new().await;
    asked.1.remove_client_goals(ClientId(5), &GoalIdsRequest::new(vec![GoalId(1), GoalId(2)])).await.unwrap();
    assert_eq!(asked.line().await, "DELETE /api/clients/5/goals");
    assert_eq!(asked.body().await, json!({"goal_ids": [1, 2]}));
    let link = DeleteAttachmentLinkRequest::new("client".into(), 5);
    asked.1.delete_attachment_link(AttachmentId(9), &link).await.unwrap();
    assert_eq!(asked.body().await, json!({"entity_type": "client", "entity_id": 5}));
}

#[tokio::test]
async fn row_53_57_one_path_for_a_key_and_a_kind_and_the_documented_spelling() {
    let asked = Asked::new().await;
    let query = ListItemDropdownsByTypeQuery::default();
    asked.1.list_item_dropdowns_by_type("item types", &query).page(1).await.unwrap();
    assert_eq!(asked.line().await, "GET /api/item-dropdowns/item%20types?page=1");
    let request = CreateClientDocumentRequest {
        subtype: Some(DocumentSubkind::DriverLicense),
        ..CreateClientDocumentRequest::new(DocumentKind::Id, AttachmentId(9))
    };
    asked.1.create_client_document(&request).await.unwrap();
    assert_eq!(asked.body().await, json!({"type": "id", "attachment_id": 9, "subtype": "drive_licence"}));
}

#[tokio::test]
async fn a_key_that_would_lead_elsewhere_is_refused_before_any_call() {
    let asked = Asked::new().await;
    assert!(asked.1.get_client_document(&DocumentId("..".into())).await.is_err());
    assert!(asked.0.received_requests().await.unwrap().is_empty());
}
