//! Proving a client's identity to a bureau, with the client on the telephone. Answers go straight to the portal: they are
//! worth nothing later, and nothing of them is kept but what came of them.

use crate::clients::client_id;
use crate::contract::{
    Empty, KbaAsk, KbaOption, KbaOutcome, KbaProviderCode, KbaQuestionRow, KbaReply, KbaRound, KbaWay, Topic,
};
use crate::desk::Open;
use crate::{Desk, Error};
use domain::{ClientId, IdentityProof, ProofOutcome};
use portal_api::ApiError;
use portal_api::kba::{KbaAnswer, KbaAnswersRequest, KbaChallenge, KbaMethod, KbaProvider};

impl Desk {
    /// What a bureau asks (API: `getKbaQuestions`).
    ///
    /// # Errors
    /// No open cache, or the portal: without a network nothing can be asked.
    pub async fn kba_questions(&self, ask: KbaAsk) -> Result<KbaRound, Error> {
        let open = self.ready().await?;
        let client = client_id(&ask.client_id, "clientId")?;
        let portal = self.connected(&open).await?;
        Ok(round(portal.get_kba_questions(client, &provider(ask.provider)).await?.value))
    }

    /// Sends the answers (API: `answerKbaQuestions`).
    ///
    /// # Errors
    /// As [`Desk::kba_questions`]; a wrong answer is the portal's refusal, in its words.
    pub async fn kba_answer(&self, reply: KbaReply) -> Result<KbaOutcome, Error> {
        let open = self.ready().await?;
        let client = client_id(&reply.client_id, "clientId")?;
        let pin = reply.pin.map(|pin| pin.trim().to_owned()).filter(|pin| !pin.is_empty());
        if reply.answers.is_empty() && pin.is_none() {
            return Err(Error::bad("answers", "answer each question, or type the code"));
        }
        let answers =
            reply.answers.into_iter().map(|[question, answer]| KbaAnswer { question_id: question, answer_id: answer });
        let request = KbaAnswersRequest { answers: answers.collect(), auth_pin: pin, auth_token: reply.token };
        let portal = self.connected(&open).await?;
        let provider = provider(reply.provider);
        let next = match portal.answer_kba_questions(client, &provider, &request).await {
            Ok(next) => next,
            Err(error) => {
                // These say that the answers were looked at and not taken; any other says nothing of the client.
                if matches!(error, ApiError::Forbidden { .. } | ApiError::Refused { .. }) {
                    self.proof_made(&open, client, &provider, ProofOutcome::Refused).await?;
                }
                return Err(error.into());
            }
        };
        // A challenge that asks nothing is none.
        let next = next.map(|next| round(next.value));
        let next = next.filter(|next| !next.questions.is_empty() || next.way != KbaWay::Questions);
        if next.is_none() {
            self.proof_made(&open, client, &provider, ProofOutcome::Proven).await?;
        }
        Ok(KbaOutcome { next })
    }

    /// Has the client counted as proven without questions (API: `skipKba`); the portal says who may.
    ///
    /// # Errors
    /// As [`Desk::kba_questions`].
    pub async fn kba_skip(&self, ask: KbaAsk) -> Result<Empty, Error> {
        let open = self.ready().await?;
        let client = client_id(&ask.client_id, "clientId")?;
        let provider = provider(ask.provider);
        self.connected(&open).await?.skip_kba(client, &provider).await?;
        self.proof_made(&open, client, &provider, ProofOutcome::Skipped).await?;
        Ok(Empty {})
    }

    /// Keeps what came of a proof: the portal does not tell it again.
    async fn proof_made(
        &self,
        open: &Open,
        client: ClientId,
        provider: &KbaProvider,
        outcome: ProofOutcome,
    ) -> Result<(), Error> {
        let proof = IdentityProof {
            provider: provider.code().to_owned(),
            outcome,
            at: self.inner.ports.clock.now(),
            author: open.account.agent.clone(),
        };
        let mut write = open.store.write().await?;
        write.set_identity_proof(client, &proof).await?;
        write.commit().await?;
        self.changed(&[Topic::Clients]);
        Ok(())
    }
}

/// The provider of this stored spelling.
pub(crate) fn provider_code(code: &str) -> Option<KbaProviderCode> {
    [
        KbaProviderCode::ArrayTransunion,
        KbaProviderCode::ArrayEquifax,
        KbaProviderCode::ArrayExperian,
        KbaProviderCode::SpinWheel,
        KbaProviderCode::IdIq,
    ]
    .into_iter()
    .find(|one| provider(*one).code() == code)
}

fn provider(code: KbaProviderCode) -> KbaProvider {
    match code {
        KbaProviderCode::ArrayTransunion => KbaProvider::ArrayTransunion,
        KbaProviderCode::ArrayEquifax => KbaProvider::ArrayEquifax,
        KbaProviderCode::ArrayExperian => KbaProvider::ArrayExperian,
        KbaProviderCode::SpinWheel => KbaProvider::SpinWheel,
        KbaProviderCode::IdIq => KbaProvider::IdIq,
    }
}

fn round(challenge: KbaChallenge) -> KbaRound {
    let questions = challenge.questions.into_iter().filter_map(|question| {
        let options = question
            .answers
            .into_iter()
            .filter_map(|answer| Some(KbaOption { id: answer.id?, text: answer.text.unwrap_or_default() }));
        Some(KbaQuestionRow { id: question.id?, text: question.text.unwrap_or_default(), options: options.collect() })
    });
    KbaRound {
        way: match challenge.auth_method {
            Some(KbaMethod::TextMessage) => KbaWay::Message,
            Some(KbaMethod::OneTimePin) => KbaWay::Code,
            _ => KbaWay::Questions,
        },
        token: challenge.auth_token,
        questions: questions.collect(),
    }
}
