//! Knowledge-based authentication: the questions by which a bureau's provider knows a client.
//!
//! Three ways, by provider, and each is the same twice for the same client:
//! - `array_*` (KBA): three questions. One wrong answer brings another three; a second wrong set locks the client out.
//! - `spin_wheel` (OPT): no questions; a pin is "sent" to the client's telephone.
//! - `id_iq` (SMFA): the pin first, then two questions.
//!
//! The pin is the last six digits of the client's mobile number, so that whoever practises can look it up. Wrong pins
//! lock the client out at the third. A lock is a 403 and lasts a day of the portal's clock. Challenge and outcome are an
//! array of one and a 204 (oddities 17 and 22); a client who is known gets an empty array.

use super::{Resource, clients, none, record};
use crate::{
    answers,
    dice::Dice,
    fields::{Fields, may, must},
    ids::IdAndWord,
    kba_questions::{Question, questions},
    kinds::Kind,
    list::ANY_TEXT,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
    tokens::random_hex,
};
use axum::{
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

static TABLE: Table = Table {
    name: "kba_authorizations",
    noun: "KBA authorization",
    columns: &[Column::field("client_id", "/client_id").indexed(), Column::field("provider", "/provider")],
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

const PROVIDERS: [&str; 5] = ["array_transunion", "array_equifax", "array_experian", "spin_wheel", "id_iq"];
const LOCK_SECONDS: i64 = 24 * 60 * 60;
const SETS: u64 = 2;
const PINS: u64 = 3;

fn routes() -> Routes {
    Routes::new()
        .route("/clients/{id}/kba/{provider}", get(ask).post(answer))
        .route("/clients/{id}/kba/{provider}/skip", post(skip))
}

/// Where a client stands with a provider.
#[derive(Debug)]
struct Standing {
    /// Key of the stored record, if there is one.
    id: Option<i64>,
    client: Record,
    provider: String,
    state: Record,
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Pin,
    Questions,
}

async fn ask(State(portal): State<Portal>, IdAndWord(client, provider): IdAndWord) -> Answer {
    let mut db = portal.writer().await?;
    let mut standing = Standing::read(&mut db, client, provider).await?;
    if standing.is_known() {
        return answers::bare(StatusCode::OK, Vec::<Value>::new());
    }
    standing.check_lock(&portal)?;
    standing.state.insert("token".into(), random_hex()?.into());
    standing.save(&portal, &mut db).await?;
    db.commit().await?;
    answers::bare(StatusCode::OK, vec![standing.challenge(&portal)])
}

async fn answer(State(portal): State<Portal>, IdAndWord(client, provider): IdAndWord, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut standing = Standing::read(&mut db, client, provider).await?;
    let given = read_answers(&mut fields);
    let sent = fields.read_some(&[may("auth_pin", ANY_TEXT), may("auth_token", ANY_TEXT)]);
    fields.finish()?;
    if standing.is_known() {
        return answers::nothing();
    }
    standing.check_lock(&portal)?;
    let token = stored::text(&standing.state, "token");
    if token.is_empty() || token != stored::text(&sent, "auth_token") {
        return Err(Problem::field("auth_token", "The selected auth token is invalid."));
    }
    let is_right = match standing.step() {
        Step::Pin => stored::text(&sent, "auth_pin") == standing.pin(),
        Step::Questions => standing.questions(&portal).iter().all(|question| question.is_answered_by(&given)),
    };
    standing.advance(&portal, is_right)?;
    standing.save(&portal, &mut db).await?;
    db.commit().await?;
    if standing.is_known() {
        return answers::nothing();
    }
    standing.check_lock(&portal)?;
    answers::bare(StatusCode::OK, vec![standing.challenge(&portal)])
}

async fn skip(State(portal): State<Portal>, IdAndWord(client, provider): IdAndWord) -> Answer {
    let mut db = portal.writer().await?;
    let mut standing = Standing::read(&mut db, client, provider).await?;
    standing.state = record(json!({ "known": true }));
    standing.save(&portal, &mut db).await?;
    db.commit().await?;
    answers::message("The client was authorized without questions.")
}

/// `answers` as question to answer.
fn read_answers(fields: &mut Fields) -> BTreeMap<String, String> {
    let mut given = BTreeMap::new();
    match fields.raw("answers").cloned() {
        None => fields.require("answers"),
        Some(Value::Array(answers)) => {
            for (place, answer) in answers.into_iter().enumerate() {
                let name = format!("answers.{place}");
                let Value::Object(answer) = answer else {
                    fields.refuse(&name, format!("The {name} field must be an array."));
                    continue;
                };
                let mut inside = fields.named(&name, answer);
                let read = inside.read(&[must("questionId", Kind::Text(255)), must("answerId", Kind::Text(255))]);
                fields.absorb(inside);
                given.insert(stored::text(&read, "questionId").into(), stored::text(&read, "answerId").into());
            }
        }
        Some(_) => fields.refuse("answers", "The answers field must be an array."),
    }
    given
}

impl Standing {
    async fn read(db: &mut SqliteConnection, client: i64, provider: String) -> Result<Standing, Problem> {
        if !PROVIDERS.contains(&provider.as_str()) {
            return Err(Problem::field("provider", "The selected provider is invalid."));
        }
        let client_record = clients::TABLE.find(db, client).await?;
        let ids = TABLE.ids_where(db, "client_id", &[client]).await?;
        let known = TABLE.get_all(db, &ids).await?.into_iter();
        let own = known.into_iter().find(|(_, record)| stored::text(record, "provider") == provider);
        let (id, state) = match own {
            Some((id, mut record)) => (Some(id), record.remove("state")),
            None => (None, None),
        };
        let state = match state {
            Some(Value::Object(state)) => state,
            _ => Record::new(),
        };
        Ok(Standing { id, client: client_record, provider, state })
    }

    async fn save(&self, portal: &Portal, db: &mut SqliteConnection) -> Result<(), Problem> {
        let own = record(json!({
            "client_id": stored::number(&self.client, "id"),
            "provider": self.provider,
            "state": self.state,
        }));
        match self.id {
            Some(id) => TABLE.update(portal, db, id, own).await?,
            None => TABLE.store(portal, db, own).await?,
        };
        Ok(())
    }

    fn is_known(&self) -> bool {
        self.state.get("known") == Some(&Value::Bool(true))
    }

    fn count(&self, name: &str) -> u64 {
        self.state.get(name).and_then(Value::as_u64).unwrap_or_default()
    }

    fn method(&self) -> &'static str {
        match self.provider.as_str() {
            "spin_wheel" => "OPT",
            "id_iq" => "SMFA",
            _ => "KBA",
        }
    }

    fn step(&self) -> Step {
        let pin_is_done = self.state.get("pin_done") == Some(&Value::Bool(true));
        if self.method() == "KBA" || pin_is_done { Step::Questions } else { Step::Pin }
    }

    fn check_lock(&self, portal: &Portal) -> Result<(), Problem> {
        let until = stored::number(&self.state, "locked_until").unwrap_or_default();
        if portal.clock.now().as_second() < until {
            return Err(Problem::Forbidden("Too many wrong answers. The client can be asked again in a day."));
        }
        Ok(())
    }

    /// Goes one step on, or counts what was wrong.
    fn advance(&mut self, portal: &Portal, is_right: bool) -> Result<(), Problem> {
        let step = self.step();
        if is_right && step == Step::Pin && self.method() == "SMFA" {
            self.state.insert("pin_done".into(), true.into());
        } else if is_right {
            self.state = record(json!({ "known": true }));
            return Ok(());
        } else {
            let (name, most) = if step == Step::Pin { ("wrong_pins", PINS) } else { ("wrong_sets", SETS) };
            let wrong = self.count(name) + 1;
            if wrong >= most {
                let until = portal.clock.now().as_second() + LOCK_SECONDS;
                // After the lock everything begins anew, with other questions.
                self.state = record(json!({ "locked_until": until, "sets": self.count("sets") + 1 }));
                return Ok(());
            }
            self.state.insert(name.into(), wrong.into());
            self.state.insert("sets".into(), (self.count("sets") + 1).into());
        }
        self.state.insert("token".into(), random_hex()?.into());
        Ok(())
    }

    fn pin(&self) -> String {
        let digits: Vec<char> =
            stored::text(&self.client, "mobile_phone").chars().filter(char::is_ascii_digit).collect();
        digits.iter().skip(digits.len().saturating_sub(6)).collect()
    }

    fn questions(&self, portal: &Portal) -> Vec<Question> {
        let provider = PROVIDERS.iter().position(|known| *known == self.provider).unwrap_or_default() as u64;
        let client = stored::number(&self.client, "id").unwrap_or_default().unsigned_abs();
        let mut dice = Dice::new(portal.seed ^ 0x6b62_6100, client * 1_000 + provider * 100 + self.count("sets") % 100);
        let wanted = if self.method() == "SMFA" { 2 } else { 3 };
        questions(&mut dice, &self.client, wanted)
    }

    fn challenge(&self, portal: &Portal) -> Value {
        let questions: Vec<Value> = match self.step() {
            Step::Pin => Vec::new(),
            Step::Questions => self.questions(portal).iter().map(Question::shown).collect(),
        };
        json!({
            "auth_method": self.method(),
            "auth_token": stored::text(&self.state, "token"),
            "questions": questions,
        })
    }
}
