//! Signing in and out, keychains and passphrases, caches that cannot be opened.

use crate::main_job::{bureau, everyone, ready_client, request};
use desk::KeychainError;
use desk::contract::{Empty, KeyGuard, Passphrase, ProblemCode, Realm, SessionStage, SignOut};
use desk_tests::{Office, code, portal, session, sign_in, signed_in_and_synced};

#[tokio::test]
async fn wrong_credentials_make_no_cache() {
    let (office, portal) = (Office::default(), portal(3).await);
    let desk = office.desk().await;
    let mut wrong = sign_in(&portal);
    wrong.password = "guess".into();
    assert_eq!(code(desk.session_sign_in(wrong).await), ProblemCode::WrongCredentials);
    assert_eq!(session(&desk).await.stage, SessionStage::SignedOut);
    assert_eq!(office.files(), [office.data().join("desk.lock")], "only the lock, which is empty");
    assert!(office.keychain.entries().is_empty());
}

#[tokio::test]
async fn an_address_that_is_none_is_named_by_its_field() {
    let (office, portal) = (Office::default(), portal(3).await);
    let desk = office.desk().await;
    let mut wrong = sign_in(&portal);
    wrong.portal = "http://portal.example.com/api".into();
    let problem = desk.session_sign_in(wrong).await.unwrap_err().problem();
    assert!(problem.fields.contains_key("portal") && problem.message.contains("https://"), "{problem:?}");
    let mut empty = sign_in(&portal);
    empty.email = " ".into();
    assert!(desk.session_sign_in(empty).await.unwrap_err().problem().fields.contains_key("email"));
}

#[tokio::test]
async fn a_portal_that_is_down_says_so_at_sign_in() {
    let (office, portal) = (Office::default(), portal(3).await);
    let down = sign_in(&portal);
    portal.stop().await;
    assert_eq!(code(office.desk().await.session_sign_in(down).await), ProblemCode::PortalUnreachable);
}

#[tokio::test]
async fn without_a_keychain_a_passphrase_is_asked_for_and_never_assumed() {
    let (office, portal) = (Office::default(), portal(3).await);
    office.keychain.fail(Some(KeychainError::Unavailable("no D-Bus".into())));
    let desk = office.desk().await;
    assert_eq!(code(desk.session_sign_in(sign_in(&portal)).await), ProblemCode::KeychainUnavailable);
    assert_eq!(session(&desk).await.stage, SessionStage::SignedOut);

    let mut with = sign_in(&portal);
    with.passphrase = Some("short".into());
    assert_eq!(code(desk.session_sign_in(with.clone()).await), ProblemCode::WeakPassphrase);
    with.passphrase = Some("correct horse battery".into());
    let opened = desk.session_sign_in(with).await.unwrap();
    assert_eq!((opened.stage, opened.guard), (SessionStage::Ready, Some(KeyGuard::Passphrase)));
    desk_tests::synced(&desk).await;
    desk.close().await;

    let desk = office.desk().await;
    assert_eq!(session(&desk).await.stage, SessionStage::Locked);
    assert_eq!(code(desk.template_list(Empty {}).await), ProblemCode::NotSignedIn);
    let wrong = Passphrase { passphrase: "correct horse batterz".into() };
    assert_eq!(code(desk.session_unlock(wrong).await), ProblemCode::WrongPassphrase);
    let right = Passphrase { passphrase: "correct horse battery".into() };
    assert_eq!(desk.session_unlock(right.clone()).await.unwrap().stage, SessionStage::Ready);
    assert_eq!(everyone(&desk).await.len(), 3);
    assert!(desk.sync_status(Empty {}).await.unwrap().finished_at.is_some(), "the last sync is recalled");

    portal.faults().add(practice_portal::Rule::new("/", practice_portal::Action::ExpireTokens));
    desk_tests::synced(&desk).await;
    desk.close().await;
    let desk = office.desk().await;
    desk.session_unlock(right).await.unwrap();
    desk_tests::synced(&desk).await;
    assert_eq!(portal.faults().requests("POST /auth/refresh"), 1, "the renewed token was kept");
}

#[tokio::test]
async fn a_locked_keychain_blocks_and_unlocking_it_opens_the_same_cache() {
    let (office, portal) = (Office::default(), portal(3).await);
    signed_in_and_synced(&office, &portal).await.close().await;
    office.keychain.fail(Some(KeychainError::Locked("locked".into())));
    let desk = office.desk().await;
    let blocked = session(&desk).await;
    assert_eq!((blocked.stage, blocked.problem.unwrap().code), (SessionStage::Blocked, ProblemCode::KeychainLocked));
    assert_eq!(
        code(desk.session_sign_in(sign_in(&portal)).await),
        ProblemCode::KeychainLocked,
        "no second cache is made"
    );
    office.keychain.fail(None);
    assert_eq!(desk.session_retry(Empty {}).await.unwrap().stage, SessionStage::Ready);
    assert_eq!(everyone(&desk).await.len(), 3);
}

#[tokio::test]
async fn a_wrong_or_missing_key_is_not_called_damage_and_the_right_one_opens_everything() {
    let (office, portal) = (Office::default(), portal(3).await);
    signed_in_and_synced(&office, &portal).await.close().await;
    let right = office.keychain.entries().clone();
    for wrong in [Some(vec![9; 32]), Some(vec![1]), None] {
        {
            let mut entries = office.keychain.entries();
            entries.clear();
            if let (Some(wrong), Some(account)) = (wrong, right.keys().next()) {
                entries.insert(account.clone(), wrong);
            }
        }
        let desk = office.desk().await;
        let blocked = session(&desk).await;
        assert_eq!((blocked.stage, blocked.problem.unwrap().code), (SessionStage::Blocked, ProblemCode::KeyMissing));
        desk.close().await;
    }
    *office.keychain.entries() = right;
    assert_eq!(everyone(&office.desk().await).await.len(), 3);
}

#[tokio::test]
async fn a_damaged_cache_is_set_aside_whole_and_a_new_one_is_pulled() {
    let (office, portal) = (Office::default(), portal(3).await);
    signed_in_and_synced(&office, &portal).await.close().await;
    let database = office.data().join("practice/desk.db");
    let mut bytes = std::fs::read(&database).unwrap();
    for byte in bytes.iter_mut().take(4096).skip(16) {
        *byte ^= 0x5a;
    }
    std::fs::write(&database, &bytes).unwrap();

    let desk = office.desk().await;
    let blocked = session(&desk).await;
    assert_eq!((blocked.stage, blocked.problem.unwrap().code), (SessionStage::Blocked, ProblemCode::CacheDamaged));
    assert_eq!(desk.session_set_aside(Empty {}).await.unwrap().stage, SessionStage::SignedOut);
    let kept = office.files().into_iter().find(|path| path.ends_with("desk.db")).unwrap();
    assert_eq!(std::fs::read(kept).unwrap(), bytes, "the damaged file is kept as it was");
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    assert_eq!(desk_tests::synced(&desk).await.problem, None);
    assert_eq!(everyone(&desk).await.len(), 3);
}

#[tokio::test]
async fn signing_out_wipes_and_asks_before_letters_are_lost() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let (client, items) = ready_client(&desk).await;
    let ask = request(&desk, &client, &items, vec![bureau(items[0].bureau.unwrap())]).await;
    desk.letter_prepare(ask).await.unwrap();
    let outcome = desk.session_sign_out(SignOut { discard_letters: false, discard_unsent: false }).await;
    assert_eq!(code(outcome), ProblemCode::LettersUnprinted);
    assert_eq!(everyone(&desk).await.len(), 12);

    let out = desk.session_sign_out(SignOut { discard_letters: true, discard_unsent: false }).await.unwrap();
    assert_eq!((out.stage, out.realm), (SessionStage::SignedOut, None));
    assert!(office.keychain.entries().is_empty());
    assert!(!office.files().iter().any(|path| path.ends_with("desk.db")));
    desk.close().await;
    assert_eq!(session(&office.desk().await).await.stage, SessionStage::SignedOut);
}

#[tokio::test]
async fn signing_out_with_a_locked_keychain_leaves_the_desk_open_and_says_why() {
    let (office, portal) = (Office::default(), portal(3).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    office.keychain.fail(Some(KeychainError::Locked("locked".into())));
    let out = SignOut { discard_letters: false, discard_unsent: false };
    assert_eq!(code(desk.session_sign_out(out).await), ProblemCode::KeychainLocked);
    assert_eq!(session(&desk).await.stage, SessionStage::Ready);
    assert_eq!(everyone(&desk).await.len(), 3);
    office.keychain.fail(None);
    assert_eq!(desk.session_sign_out(out).await.unwrap().stage, SessionStage::SignedOut);
}

#[tokio::test]
async fn a_second_desk_in_the_same_folder_is_refused_until_the_first_is_closed() {
    let (office, portal) = (Office::default(), portal(3).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let problem = office.try_desk().await.map(drop).unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::CacheBusy);
    assert!(problem.message.contains("already open"), "{}", problem.message);
    let minute = std::time::Duration::from_secs(60);
    // A window that is opened while the last one closes waits for it.
    let (next, ()) = tokio::join!(office.desk_when_free(minute), async {
        tokio::task::yield_now().await;
        desk.close().await;
    });
    assert_eq!(everyone(&next.unwrap()).await.len(), 3);
}

#[tokio::test]
async fn a_forgotten_passphrase_has_a_way_out_that_keeps_the_files() {
    let (office, portal) = (Office::default(), portal(3).await);
    office.keychain.fail(Some(KeychainError::Unavailable("no D-Bus".into())));
    let desk = office.desk().await;
    let mut with = sign_in(&portal);
    with.passphrase = Some("correct horse battery".into());
    desk.session_sign_in(with.clone()).await.unwrap();
    desk.close().await;
    let desk = office.desk().await;
    assert_eq!(session(&desk).await.stage, SessionStage::Locked);
    assert_eq!(desk.session_set_aside(Empty {}).await.unwrap().stage, SessionStage::SignedOut);
    assert!(office.files().iter().any(|path| path.ends_with("desk.db")), "the files are kept");
    assert_eq!(desk.session_sign_in(with).await.unwrap().stage, SessionStage::Ready);
}

#[tokio::test]
async fn what_the_portal_refuses_at_sign_in_is_told_with_its_fields() {
    let (office, portal) = (Office::default(), portal(3).await);
    let body = serde_json::json!({"message": "The given data was invalid.", "errors": {"email": ["Not a valid e-mail address."]}});
    portal.faults().add(practice_portal::Rule::new("/auth/login", practice_portal::Action::Status(422, body)));
    let problem = office.desk().await.session_sign_in(sign_in(&portal)).await.unwrap_err().problem();
    assert_eq!(problem.code, ProblemCode::PortalRefused);
    assert_eq!(problem.fields["email"], ["Not a valid e-mail address."]);
}

#[tokio::test]
async fn an_ended_session_asks_for_sign_in_and_keeps_everything_local() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.faults().add(practice_portal::Rule::new("/", practice_portal::Action::EndSessions));
    let status = desk_tests::synced(&desk).await;
    assert_eq!(status.problem.unwrap().code, ProblemCode::SessionExpired);
    assert!(session(&desk).await.sign_in_needed);
    assert_eq!(everyone(&desk).await.len(), 12);
    let renewed = desk.session_sign_in(sign_in(&portal)).await.unwrap();
    assert!(!renewed.sign_in_needed);
    assert_eq!(desk_tests::synced(&desk).await.problem, None);
}

#[tokio::test]
async fn an_expired_token_is_renewed_unnoticed_and_the_new_one_survives_a_restart() {
    let (office, portal) = (Office::default(), portal(3).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.faults().add(practice_portal::Rule::new("/", practice_portal::Action::ExpireTokens));
    assert_eq!(desk_tests::synced(&desk).await.problem, None);
    assert_eq!(portal.faults().requests("POST /auth/refresh"), 1);
    desk.close().await;
    let desk = office.desk().await;
    assert_eq!(desk_tests::synced(&desk).await.problem, None);
    assert_eq!(portal.faults().requests("POST /auth/refresh"), 1, "the renewed token was kept");
}

#[tokio::test]
async fn a_portal_on_this_computer_is_practice_and_another_account_does_not_mix_in() {
    let (office, first) = (Office::default(), portal(3).await);
    let desk = signed_in_and_synced(&office, &first).await;
    assert_eq!(session(&desk).await.realm, Some(Realm::Practice));
    let second = portal(3).await;
    let problem = desk.session_sign_in(sign_in(&second)).await.unwrap_err().problem();
    assert!(problem.message.contains("Sign out there first"), "{}", problem.message);
    assert_eq!(everyone(&desk).await.len(), 3);
}
