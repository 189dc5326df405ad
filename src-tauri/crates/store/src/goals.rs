//! The goals there are, and those of each client. A list comes in one answer, so what is not in it is gone at once.

use crate::{DetailTable, Reading, Sent, Store, StoreError, Write};
use domain::{ClientId, Goal, GoalId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// What became of asking for the list of all goals.
const READING: &str = "goals.reading";

fn goal(row: &SqliteRow) -> Result<Goal, StoreError> {
    Ok(Goal { id: GoalId(row.try_get("id")?), name: row.try_get("name")? })
}

impl Store {
    /// Every goal that a client can have, by name.
    ///
    /// # Errors
    /// As every query.
    pub async fn goals(&self) -> Result<Vec<Goal>, StoreError> {
        let rows =
            sqlx::query("SELECT id, name FROM goals ORDER BY name COLLATE NOCASE, id").fetch_all(&self.readers).await?;
        rows.iter().map(goal).collect()
    }

    /// What became of asking for the list of all goals; `None` before the first time.
    ///
    /// # Errors
    /// As every query.
    pub async fn goals_reading(&self) -> Result<Option<Reading>, StoreError> {
        self.meta(READING).await?.as_deref().map(Reading::from_code).transpose()
    }

    /// A client's goals, by name.
    ///
    /// # Errors
    /// As every query.
    pub async fn goals_of(&self, client: ClientId) -> Result<Vec<Goal>, StoreError> {
        // The list's name is the newer one: a client's is as old as the client's last reading.
        let sql = "SELECT c.goal_id AS id, coalesce(g.name, c.name) AS name FROM client_goals c
                   LEFT JOIN goals g ON g.id = c.goal_id
                   WHERE c.client_id = ?1 ORDER BY name COLLATE NOCASE, id";
        let rows = sqlx::query(sql).bind(client.0).fetch_all(&self.readers).await?;
        rows.iter().map(goal).collect()
    }
}

impl Write {
    /// Records what became of asking for the list of all goals, and puts the list in place of the one before where one came.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_goals(&mut self, goals: Option<&[Sent<Goal>]>, reading: Reading) -> Result<(), StoreError> {
        if let Some(goals) = goals {
            sqlx::query("DELETE FROM goals").execute(&mut *self.tx).await?;
            for sent in goals {
                sqlx::query("INSERT OR REPLACE INTO goals (id, name, body) VALUES (?1, ?2, ?3)")
                    .bind(sent.value.id.0)
                    .bind(&sent.value.name)
                    .bind(&sent.body)
                    .execute(&mut *self.tx)
                    .await?;
            }
        }
        self.set_meta(READING, Some(reading.code())).await
    }

    /// The same for a client's goals.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_goals_of(
        &mut self,
        client: ClientId,
        goals: Option<&[Goal]>,
        reading: Reading,
    ) -> Result<(), StoreError> {
        if let Some(goals) = goals {
            sqlx::query("DELETE FROM client_goals WHERE client_id = ?1").bind(client.0).execute(&mut *self.tx).await?;
            for goal in goals {
                sqlx::query("INSERT OR REPLACE INTO client_goals (client_id, goal_id, name) VALUES (?1, ?2, ?3)")
                    .bind(client.0)
                    .bind(goal.id.0)
                    .bind(&goal.name)
                    .execute(&mut *self.tx)
                    .await?;
            }
        }
        self.set_reading(client, DetailTable::Goals, reading).await
    }
}
