//! Proving a client's identity to a bureau (API: KBA).

use crate::fields::{open_enum, record, request};
use crate::{ApiError, Done, Operation, Portal, Record};
use domain::ClientId;

record! {
    /// `KbaAnswerOption`.
    pub struct KbaAnswerOption {
        id: Option<String>,
        text: Option<String>,
    }
}

record! {
    /// `Question`.
    pub struct KbaQuestion {
        id: Option<String>,
        text: Option<String>,
        answers: Vec<KbaAnswerOption>,
    }
}

open_enum! {
    /// Who asks the questions.
    pub enum KbaProvider {
        ArrayTransunion "array_transunion",
        ArrayEquifax "array_equifax",
        ArrayExperian "array_experian",
        SpinWheel "spin_wheel",
        IdIq "id_iq",
    }
}

open_enum! {
    /// How a bureau wants the identity proven.
    pub enum KbaMethod {
        Questions "KBA",
        TextMessage "SMFA",
        OneTimePin "OPT" | "OTP",
    }
}

record! {
    /// `KbaChallenge`.
    pub struct KbaChallenge {
        auth_method: Option<KbaMethod>,
        auth_token: Option<String>,
        questions: Vec<KbaQuestion>,
    }
}

request! {
    /// The answer to one question.
    pub struct KbaAnswer {
        question_id as "questionId": String,
        answer_id as "answerId": String,
        ;
    }
}

request! {
    /// `KbaAnswersRequest`.
    pub struct KbaAnswersRequest {
        answers: Vec<KbaAnswer>,
        ;
        auth_pin: String,
        auth_token: String,
    }
}

impl Portal {
    /// Fetch the identity questions of a provider (API: `getKbaQuestions`).
    pub async fn get_kba_questions(
        &self,
        id: ClientId,
        provider: &KbaProvider,
    ) -> Result<Record<KbaChallenge>, ApiError> {
        self.one(Operation::GetKbaQuestions, &[&id, &provider.code()], &(), &()).await
    }

    /// Send the answers to the identity questions (API: `answerKbaQuestions`).
    pub async fn answer_kba_questions(
        &self,
        id: ClientId,
        provider: &KbaProvider,
        request: &KbaAnswersRequest,
    ) -> Result<Option<Record<KbaChallenge>>, ApiError> {
        self.maybe(Operation::AnswerKbaQuestions, &[&id, &provider.code()], &(), request).await
    }

    /// Mark a client as authorized without questions (API: `skipKba`).
    pub async fn skip_kba(&self, id: ClientId, provider: &KbaProvider) -> Result<Done, ApiError> {
        self.done(Operation::SkipKba, &[&id, &provider.code()], &(), &()).await
    }
}
