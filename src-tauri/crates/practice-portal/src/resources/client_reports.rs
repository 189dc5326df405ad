//! The header of each bureau's report of a client. Bare arrays and objects, as documented (oddities 11 and 12).
//! A negative item says which report it is on, and only the report says which bureau that is.

use super::{Resource, clients, none};
use crate::{
    answers,
    ids::{Id, IdAndWord},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse, routing::get};
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "client_reports",
    noun: "report",
    columns: &[Column::field("client_id", "/client_id").indexed(), Column::field("bureau", "/bureau")],
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/clients/{id}/reports", get(list)).route("/clients/{id}/reports/{bureau}", get(show))
}

async fn list(State(portal): State<Portal>, Id(client): Id) -> Answer {
    let mut db = portal.reader().await?;
    Ok(Json(of_client(&mut db, client).await?).into_response())
}

async fn show(State(portal): State<Portal>, IdAndWord(client, bureau): IdAndWord) -> Answer {
    if !["transunion", "equifax", "experian"].contains(&bureau.as_str()) {
        return Err(Problem::field("bureau", "The selected bureau is invalid."));
    }
    let mut db = portal.reader().await?;
    let reports = of_client(&mut db, client).await?;
    let report = reports.into_iter().find(|report| stored::text(report, "bureau") == bureau);
    answers::bare(StatusCode::OK, report.ok_or_else(|| TABLE.missing())?)
}

async fn of_client(db: &mut SqliteConnection, client: i64) -> Result<Vec<Record>, Problem> {
    clients::TABLE.expect(db, client).await?;
    let ids = TABLE.ids_where(db, "client_id", &[client]).await?;
    Ok(TABLE.get_all(db, &ids).await?.into_values().collect())
}
