//! Keys in a path. Whatever names no record is a 404, a word in the place of a number as well.

use crate::problem::Problem;
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};

/// The only key of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Id(pub(crate) i64);

/// Both keys of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids(pub(crate) i64, pub(crate) i64);

/// A key and a word.
#[derive(Clone, Debug)]
pub(crate) struct IdAndWord(pub(crate) i64, pub(crate) String);

/// The only word of a path; none where the path has no place for it (oddity 49).
#[derive(Clone, Debug)]
pub(crate) struct Word(pub(crate) Option<String>);

/// A key in text.
pub(crate) fn key(text: &str) -> Result<i64, Problem> {
    text.parse().map_err(|_| none())
}

fn none() -> Problem {
    Problem::NotFound("There is no such record.".into())
}

/// What stands in the places of a path, in order.
async fn places<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Vec<String>, Problem> {
    let places = RawPathParams::from_request_parts(parts, state).await.map_err(|_| none())?;
    Ok(places.iter().map(|(_, text)| text.to_owned()).collect())
}

async fn pair<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<(String, String), Problem> {
    let mut places = places(parts, state).await?.into_iter();
    Ok((places.next().ok_or_else(none)?, places.next().ok_or_else(none)?))
}

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let first = places(parts, state).await?.into_iter().next().ok_or_else(none)?;
        Ok(Id(key(&first)?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ids {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let (first, second) = pair(parts, state).await?;
        Ok(Ids(key(&first)?, key(&second)?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdAndWord {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let (first, word) = pair(parts, state).await?;
        Ok(IdAndWord(key(&first)?, word))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Word {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Ok(Word(places(parts, state).await?.into_iter().next()))
    }
}
