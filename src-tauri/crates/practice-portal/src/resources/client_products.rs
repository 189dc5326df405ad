//! Products that clients bought. The undocumented `id` is sent (oddity 30).

use super::{Resource, clients, none, products};
use crate::{
    answers,
    fields::Query,
    ids::Id,
    kinds::Kind,
    list::{Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{extract::State, http::StatusCode, routing::get};
use sqlx::SqliteConnection;

pub(crate) static TABLE: Table = Table {
    name: "client_products",
    noun: "client product",
    columns: &[
        Column::field("client_id", "/client_id").indexed(),
        Column::field("product_id", "/product_id"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::is("client_id", Kind::Integer)],
    sorts: &[("id", "id"), ("created_at", "created_at"), ("updated_at", "updated_at")],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/client-products", get(list)).route("/client-products/{id}", get(show))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn show(State(portal): State<Portal>, Id(id): Id) -> Answer {
    let mut db = portal.reader().await?;
    let product = TABLE.find(&mut db, id).await?;
    answers::one(StatusCode::OK, shown(&mut db, vec![product]).await?)
}

/// Every product of a client, as it is documented.
pub(crate) async fn of_client(db: &mut SqliteConnection, client: i64) -> Result<Vec<Record>, Problem> {
    let ids = TABLE.ids_where(db, "client_id", &[client]).await?;
    let found = TABLE.get_all(db, &ids).await?.into_values().collect();
    shown(db, found).await
}

async fn shown(db: &mut SqliteConnection, records: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let owners = clients::whole(db, &stored::keys(&records, "client_id")).await?;
    let sold = stored::as_values(products::TABLE.get_all(db, &stored::keys(&records, "product_id")).await?);
    let show = |bought: Record| {
        let bought = stored::embed(bought, "client_id", "client", &owners);
        stored::embed(bought, "product_id", "product", &sold)
    };
    Ok(records.into_iter().map(show).collect())
}
