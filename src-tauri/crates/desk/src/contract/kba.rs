//! Proving a client's identity to a bureau.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KbaProviderCode {
    /// TransUnion through Array.
    ArrayTransunion,
    /// Equifax through Array.
    ArrayEquifax,
    /// Experian through Array.
    ArrayExperian,
    /// Spinwheel.
    SpinWheel,
    /// IDIQ.
    IdIq,
}

/// How the identity is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KbaWay {
    /// By answers to questions about the client's past.
    Questions,
    /// By a message to the client's telephone: its link is opened there, or its code is typed here.
    Message,
    /// By a code that was sent to the client.
    Code,
}

/// Which client, and who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KbaAsk {
    /// The client.
    pub client_id: String,
    /// Who asks.
    pub provider: KbaProviderCode,
}

/// One possible answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KbaOption {
    /// Stands for it.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KbaQuestionRow {
    /// Stands for it.
    pub id: String,
    /// Its text.
    pub text: String,
    /// One of these is right.
    pub options: Vec<KbaOption>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KbaRound {
    /// How the identity is proven.
    pub way: KbaWay,
    /// To be sent back with the answers.
    pub token: Option<String>,
    /// None where a code is asked for.
    pub questions: Vec<KbaQuestionRow>,
}

/// The answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KbaReply {
    /// The client.
    pub client_id: String,
    /// Who asked.
    pub provider: KbaProviderCode,
    /// Each question with its answer.
    pub answers: Vec<[String; 2]>,
    /// The code, where one was asked for.
    pub pin: Option<String>,
    /// As it came with the questions.
    pub token: Option<String>,
}

/// What came of the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KbaOutcome {
    /// More is asked; the identity is proven when nothing is.
    pub next: Option<KbaRound>,
}
