//! The shapes that answers come in, each written once.

use crate::{
    problem::{Answer, Problem},
    records::Record,
};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use serde_json::{Value, json};

/// `{data}` with a status.
pub(crate) fn data(status: StatusCode, value: impl Into<Value>) -> Answer {
    let value: Value = value.into();
    Ok((status, Json(json!({ "data": value }))).into_response())
}

/// The only record of a list, as `{data}`.
pub(crate) fn one(status: StatusCode, mut records: Vec<Record>) -> Answer {
    data(status, records.pop().map_or(Value::Null, Value::Object))
}

/// Records as the array in `{data}`, without pages.
pub(crate) fn all(records: impl IntoIterator<Item = Record>) -> Answer {
    data(StatusCode::OK, records.into_iter().map(Value::Object).collect::<Vec<_>>())
}

/// A record without an envelope, as some operations are documented.
pub(crate) fn bare(status: StatusCode, record: impl Into<Value>) -> Answer {
    let record: Value = record.into();
    Ok((status, Json(record)).into_response())
}

/// `{message}`.
pub(crate) fn message(text: impl Into<String>) -> Answer {
    let text: String = text.into();
    Ok(Json(json!({ "message": text })).into_response())
}

/// Done, and nothing to say: HTTP leaves no room for the message that some 204 are documented with (oddity 22).
pub(crate) fn nothing() -> Answer {
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A file to be saved under this name.
pub(crate) fn file(media_type: &str, name: &str, bytes: Vec<u8>) -> Answer {
    let text = |text: &str| HeaderValue::from_str(text).map_err(|error| Problem::Broken(Box::new(error)));
    let disposition = text(&format!("attachment; filename=\"{name}\""))?;
    Ok(([(header::CONTENT_TYPE, text(media_type)?), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}
