//! Proving a client's identity to a bureau, with the client on the telephone. Answers go straight to the portal: they are
//! worth nothing later, and nothing of them is kept.

use crate::clients::client_id;
use crate::contract::{
    Empty, KbaAsk, KbaOption, KbaOutcome, KbaProviderCode, KbaQuestionRow, KbaReply, KbaRound, KbaWay,
};
use crate::{Desk, Error};
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
        let next = portal.answer_kba_questions(client, &provider(reply.provider), &request).await?;
        // A challenge that asks nothing is none.
        let next = next.map(|next| round(next.value));
        Ok(KbaOutcome { next: next.filter(|next| !next.questions.is_empty() || next.way != KbaWay::Questions) })
    }

    /// Has the client counted as proven without questions (API: `skipKba`); the portal says who may.
    ///
    /// # Errors
    /// As [`Desk::kba_questions`].
    pub async fn kba_skip(&self, ask: KbaAsk) -> Result<Empty, Error> {
        let open = self.ready().await?;
        let client = client_id(&ask.client_id, "clientId")?;
        self.connected(&open).await?.skip_kba(client, &provider(ask.provider)).await?;
        Ok(Empty {})
    }
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
