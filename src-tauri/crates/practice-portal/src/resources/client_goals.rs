//! Goals that clients have. A removal carries its keys in the body, or in the query (oddity 51).

use super::{Resource, clients, goals, none};
use crate::{
    answers,
    fields::{Fields, must},
    ids::Id,
    kinds::Kind,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::Record,
    stored,
};
use axum::{extract::State, routing::get};
use sqlx::SqliteConnection;

pub(crate) const RESOURCE: Resource = Resource {
    tables: &[],
    routes,
    library: none,
    further_schema: &["CREATE TABLE client_goals (client_id INTEGER NOT NULL, goal_id INTEGER NOT NULL, \
                       PRIMARY KEY (client_id, goal_id)) STRICT, WITHOUT ROWID"],
};

fn routes() -> Routes {
    Routes::new().route("/clients/{id}/goals", get(list).post(assign).delete(remove))
}

async fn list(State(portal): State<Portal>, Id(client): Id) -> Answer {
    of(&portal, client).await
}

async fn assign(State(portal): State<Portal>, Id(client): Id, fields: Fields) -> Answer {
    add(&portal, client, fields).await
}

async fn remove(State(portal): State<Portal>, Id(client): Id, fields: Fields) -> Answer {
    take_away(&portal, client, fields).await
}

/// The goals of a client.
pub(crate) async fn of(portal: &Portal, client: i64) -> Answer {
    let mut db = portal.reader().await?;
    clients::TABLE.expect(&mut db, client).await?;
    answers::all(assigned(&mut db, client).await?)
}

/// Gives a client some goals, beside those it has.
pub(crate) async fn add(portal: &Portal, client: i64, fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    clients::TABLE.expect(&mut db, client).await?;
    for goal in keys(&mut db, fields).await? {
        sqlx::query("INSERT OR IGNORE INTO client_goals (client_id, goal_id) VALUES (?, ?)")
            .bind(client)
            .bind(goal)
            .execute(&mut *db)
            .await?;
    }
    let goals = assigned(&mut db, client).await?;
    db.commit().await?;
    answers::all(goals)
}

/// Takes some goals from a client; those it does not have are passed over.
pub(crate) async fn take_away(portal: &Portal, client: i64, fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    clients::TABLE.expect(&mut db, client).await?;
    for goal in keys(&mut db, fields).await? {
        sqlx::query("DELETE FROM client_goals WHERE client_id = ? AND goal_id = ?")
            .bind(client)
            .bind(goal)
            .execute(&mut *db)
            .await?;
    }
    db.commit().await?;
    answers::nothing()
}

async fn keys(db: &mut SqliteConnection, mut fields: Fields) -> Result<Vec<i64>, Problem> {
    fields.read(&[must("goal_ids", Kind::Integers)]);
    stored::check_references(db, &mut fields, "goal_ids", &goals::TABLE).await?;
    let keys = fields.peek_integers("goal_ids");
    fields.finish()?;
    Ok(keys)
}

async fn assigned(db: &mut SqliteConnection, client: i64) -> Result<Vec<Record>, Problem> {
    let ids: Vec<i64> = sqlx::query_scalar("SELECT goal_id FROM client_goals WHERE client_id = ?")
        .bind(client)
        .fetch_all(&mut *db)
        .await?;
    Ok(goals::TABLE.get_all(db, &ids).await?.into_values().collect())
}
