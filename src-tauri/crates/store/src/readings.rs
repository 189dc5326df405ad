//! What became of asking for a list, and for a client's records of one kind.

use crate::{DetailTable, Resource, Store, StoreError, Write};
use domain::ClientId;

/// What became of asking the last time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// They were read.
    Read,
    /// The account may not read them.
    Forbidden,
    /// The portal has nothing where they should be.
    Missing,
}

impl Reading {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Reading::Read => "read",
            Reading::Forbidden => "forbidden",
            Reading::Missing => "missing",
        }
    }

    pub(crate) fn from_code(code: &str) -> Result<Self, StoreError> {
        match code {
            "read" => Ok(Reading::Read),
            "forbidden" => Ok(Reading::Forbidden),
            "missing" => Ok(Reading::Missing),
            _ => Err(StoreError::Unreadable("detail_readings.outcome")),
        }
    }
}

impl Store {
    /// What became of asking for a list; `None` before the first time.
    ///
    /// # Errors
    /// As every query.
    pub async fn list_reading(&self, resource: Resource) -> Result<Option<Reading>, StoreError> {
        let outcome: Option<String> = sqlx::query_scalar("SELECT outcome FROM list_readings WHERE resource = ?1")
            .bind(resource.name())
            .fetch_optional(&self.readers)
            .await?;
        outcome.as_deref().map(Reading::from_code).transpose()
    }

    /// What became of asking for a client's records of this kind; `None` before the first time.
    ///
    /// # Errors
    /// As every query.
    pub async fn reading(&self, client: ClientId, table: DetailTable) -> Result<Option<Reading>, StoreError> {
        let outcome: Option<String> =
            sqlx::query_scalar("SELECT outcome FROM detail_readings WHERE client_id = ?1 AND detail = ?2")
                .bind(client.0)
                .bind(table.name())
                .fetch_optional(&self.readers)
                .await?;
        outcome.as_deref().map(Reading::from_code).transpose()
    }
}

impl Write {
    /// Records what became of asking for a list.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_list_reading(&mut self, resource: Resource, reading: Reading) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO list_readings (resource, outcome) VALUES (?1, ?2)
             ON CONFLICT (resource) DO UPDATE SET outcome = excluded.outcome",
        )
        .bind(resource.name())
        .bind(reading.code())
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Records what became of asking for a client's records of this kind.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_reading(
        &mut self,
        client: ClientId,
        table: DetailTable,
        reading: Reading,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO detail_readings (client_id, detail, outcome) VALUES (?1, ?2, ?3)
             ON CONFLICT (client_id, detail) DO UPDATE SET outcome = excluded.outcome",
        )
        .bind(client.0)
        .bind(table.name())
        .bind(reading.code())
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Nobody would look for what is read client by client again, and no list would settle it.
    pub(crate) async fn forget_what_was_read_of_gone_clients(&mut self) -> Result<(), StoreError> {
        for table in [
            "agreements",
            "documents",
            "client_reports",
            "credit_reports",
            "client_tasks",
            "client_goals",
            "identity_proofs",
            "detail_readings",
        ] {
            // The table's name is one of ours.
            let sql = format!("DELETE FROM {table} WHERE client_id NOT IN (SELECT id FROM clients)");
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *self.tx).await?;
        }
        Ok(())
    }
}
