//! Proving a client's identity to a bureau's provider.

use crate::company::{Company, assert_forbidden, assert_gone, assert_refused};
use domain::ClientId;
use portal_api::clients::Client;
use portal_api::kba::{KbaAnswer, KbaAnswersRequest, KbaChallenge, KbaMethod, KbaProvider, KbaQuestion};
use practice_portal::Role;
use std::time::Duration;

/// The choice that is true of the client.
fn truth(client: &Client, question: &KbaQuestion) -> KbaAnswer {
    let text = question.text.as_deref().unwrap();
    let attribute = |name: &str| client.attributes.get(name).map(String::as_str).unwrap_or_default();
    let is_right = |choice: &str| {
        if text.contains("streets") {
            attribute("MailingStreet").contains(choice)
        } else if text.contains("cities") {
            attribute("MailingCity") == choice
        } else if text.contains("year") {
            attribute("D_O_B__c").starts_with(choice)
        } else if text.contains("mobile") {
            client.mobile_phone.as_deref().unwrap().ends_with(choice.trim_start_matches("ends in "))
        } else {
            choice == "Vermillion Coast Bank"
        }
    };
    assert_eq!(question.answers.len(), 4, "{text}");
    let right = question.answers.iter().find(|answer| is_right(answer.text.as_deref().unwrap())).expect("a true answer");
    KbaAnswer::new(question.id.clone().unwrap(), right.id.clone().unwrap())
}

fn right_answers(client: &Client, challenge: &KbaChallenge) -> KbaAnswersRequest {
    let answers = challenge.questions.iter().map(|question| truth(client, question)).collect();
    KbaAnswersRequest { auth_token: challenge.auth_token.clone(), ..KbaAnswersRequest::new(answers) }
}

fn wrong_answers(client: &Client, challenge: &KbaChallenge) -> KbaAnswersRequest {
    let mut request = right_answers(client, challenge);
    request.answers[0].answer_id = "0".into();
    request
}

fn pin(challenge: &KbaChallenge, pin: &str) -> KbaAnswersRequest {
    let auth_token = challenge.auth_token.clone();
    KbaAnswersRequest { auth_pin: Some(pin.to_owned()), auth_token, ..KbaAnswersRequest::new(Vec::new()) }
}

pub(crate) async fn true_answers_make_a_client_known_and_a_second_wrong_set_locks_for_a_day(company: &Company) {
    let (portal, id) = (&company.portal, ClientId(3));
    let client = portal.get_client(id).await.unwrap();
    let bureau = KbaProvider::ArrayExperian;
    let first = portal.get_kba_questions(id, &bureau).await.unwrap();
    assert_eq!((first.auth_method.as_ref(), first.questions.len()), (Some(&KbaMethod::Questions), 3));
    let again = portal.get_kba_questions(id, &bureau).await.unwrap();
    assert_eq!(again.questions, first.questions, "who asks twice is asked the same");
    assert_refused(portal.answer_kba_questions(id, &bureau, &right_answers(&client, &first)).await, &["auth_token"]);

    let wrong = wrong_answers(&client, &again);
    let second = portal.answer_kba_questions(id, &bureau, &wrong).await.unwrap().expect("other questions");
    assert_ne!(second.questions, first.questions);
    assert_forbidden(portal.answer_kba_questions(id, &bureau, &wrong_answers(&client, &second)).await);
    assert_forbidden(portal.get_kba_questions(id, &bureau).await);

    company.server.advance(Duration::from_secs(24 * 60 * 60));
    let third = portal.get_kba_questions(id, &bureau).await.unwrap();
    let known = portal.answer_kba_questions(id, &bureau, &right_answers(&client, &third)).await.unwrap();
    assert!(known.is_none(), "nothing more is asked");

    let answers = KbaAnswersRequest::new(vec![KbaAnswer::new(String::new(), "1".into())]);
    let refused = portal.answer_kba_questions(ClientId(5), &bureau, &answers).await;
    assert_refused(refused, &["answers.0.questionId"]);
    let unknown = KbaProvider::Other("phone_book".into());
    assert_refused(portal.get_kba_questions(id, &unknown).await, &["provider"]);
    assert_gone(portal.get_kba_questions(ClientId(99_999), &bureau).await);
}

pub(crate) async fn a_pin_from_the_clients_telephone_is_asked_alone_or_before_the_questions(company: &Company) {
    let (portal, id) = (&company.portal, ClientId(6));
    let client = portal.get_client(id).await.unwrap();
    let mobile = client.mobile_phone.clone().unwrap();
    let right = &mobile[mobile.len() - 6..];

    let challenge = portal.get_kba_questions(id, &KbaProvider::SpinWheel).await.unwrap();
    assert_eq!((challenge.auth_method.as_ref(), challenge.questions.len()), (Some(&KbaMethod::OneTimePin), 0));
    let wrong = pin(&challenge, "000");
    let challenge = portal.answer_kba_questions(id, &KbaProvider::SpinWheel, &wrong).await.unwrap().expect("once more");
    let known = portal.answer_kba_questions(id, &KbaProvider::SpinWheel, &pin(&challenge, right)).await.unwrap();
    assert!(known.is_none());

    let challenge = portal.get_kba_questions(id, &KbaProvider::IdIq).await.unwrap();
    assert_eq!(challenge.auth_method, Some(KbaMethod::TextMessage));
    let proven = pin(&challenge, right);
    let challenge = portal.answer_kba_questions(id, &KbaProvider::IdIq, &proven).await.unwrap().expect("questions");
    assert_eq!(challenge.questions.len(), 2);
    let answers = right_answers(&client, &challenge);
    assert!(portal.answer_kba_questions(id, &KbaProvider::IdIq, &answers).await.unwrap().is_none());
}

pub(crate) async fn who_may_skip_the_questions_makes_a_client_known_to_one_provider(company: &Company) {
    let (portal, id) = (&company.portal, ClientId(7));
    let agent = company.staff(Role::Agent).await;
    assert_forbidden(agent.skip_kba(id, &KbaProvider::ArrayEquifax).await);
    let done = portal.skip_kba(id, &KbaProvider::ArrayEquifax).await.unwrap();
    assert!(!done.message.is_empty());
    let nothing = KbaAnswersRequest::new(Vec::new());
    assert!(agent.answer_kba_questions(id, &KbaProvider::ArrayEquifax, &nothing).await.unwrap().is_none());
    let others = agent.get_kba_questions(id, &KbaProvider::ArrayTransunion).await.unwrap();
    assert_eq!(others.questions.len(), 3);
    assert_gone(portal.skip_kba(ClientId(99_999), &KbaProvider::IdIq).await);
}
