//! Where the pull stands, what it parked, and what it may drop.

use crate::columns::count;
use crate::{Store, StoreError, Write};
use domain::ClientId;
use sqlx::{AssertSqlSafe, QueryBuilder, Row, Sqlite};
use std::collections::HashMap;

/// What is pulled, in the order it is pulled: the library first, then clients and what belongs to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    /// Where bureaus receive disputes.
    BureauAddresses,
    /// Companies that report.
    Furnishers,
    /// Templates with their blocks.
    Templates,
    /// Snippets.
    Snippets,
    /// Dispute reasons.
    Reasons,
    /// Clients.
    Clients,
    /// Negative items.
    NegativeItems,
    /// Notes.
    Notes,
    /// Correspondence.
    Correspondences,
    /// What clients bought.
    ClientProducts,
    /// Agreements, documents and reports, client by client.
    Details,
    /// Stored reports with their contents: read with the details, and named apart when they cannot be read.
    CreditReports,
    /// Tasks, in the same way.
    Tasks,
}

impl Resource {
    /// All that have a progress of their own, in the order they are pulled.
    pub const ALL: [Resource; 11] = [
        Resource::BureauAddresses,
        Resource::Furnishers,
        Resource::Templates,
        Resource::Snippets,
        Resource::Reasons,
        Resource::Clients,
        Resource::NegativeItems,
        Resource::Notes,
        Resource::Correspondences,
        Resource::ClientProducts,
        Resource::Details,
    ];

    /// The stored and shown name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Resource::BureauAddresses => "bureau_addresses",
            Resource::Furnishers => "furnishers",
            Resource::Templates => "templates",
            Resource::Snippets => "snippets",
            Resource::Reasons => "reasons",
            Resource::Clients => "clients",
            Resource::NegativeItems => "negative_items",
            Resource::Notes => "notes",
            Resource::Correspondences => "correspondences",
            Resource::ClientProducts => "client_products",
            Resource::Details => "client_details",
            Resource::CreditReports => "credit_reports",
            Resource::Tasks => "tasks",
        }
    }

    /// The table of its rows; details have several, settled client by client.
    fn table(self) -> Option<&'static str> {
        match self {
            Resource::Details | Resource::CreditReports | Resource::Tasks => None,
            other => Some(other.name()),
        }
    }
}

/// How far a resource has been pulled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pull {
    /// The walk it belongs to.
    pub walk: i64,
    /// The page to read next, 1-based.
    pub next_page: u64,
    /// Rows received in this pass over the pages.
    pub received: u64,
    /// What the server said there are, at the start of the pass.
    pub total: Option<u64>,
    /// Read to a stable end.
    pub done: bool,
}

/// A kind of record that is pulled client by client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailTable {
    /// Agreements.
    Agreements,
    /// Documents.
    Documents,
    /// Headers of bureau reports.
    Reports,
    /// Stored reports.
    CreditReports,
    /// Tasks.
    Tasks,
    /// Goals.
    Goals,
}

impl DetailTable {
    pub(crate) fn name(self) -> &'static str {
        match self {
            DetailTable::Agreements => "agreements",
            DetailTable::Documents => "documents",
            DetailTable::Reports => "client_reports",
            DetailTable::CreditReports => "credit_reports",
            DetailTable::Tasks => "client_tasks",
            DetailTable::Goals => "client_goals",
        }
    }
}

impl Store {
    /// How far a resource has been pulled; `None` before its first time.
    ///
    /// # Errors
    /// As every query.
    pub async fn pull(&self, resource: Resource) -> Result<Option<Pull>, StoreError> {
        let row = sqlx::query("SELECT walk, next_page, received, total, done FROM pulls WHERE resource = ?1")
            .bind(resource.name())
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| {
            let number = |name: &str| row.try_get::<i64, _>(name).map(|n| u64::try_from(n).unwrap_or(0));
            Ok(Pull {
                walk: row.try_get("walk")?,
                next_page: number("next_page")?,
                received: number("received")?,
                total: row.try_get::<Option<i64>, _>("total")?.and_then(|n| u64::try_from(n).ok()),
                done: row.try_get("done")?,
            })
        })
        .transpose()
    }

    /// How many distinct rows of a resource a walk has seen, parked ones included.
    ///
    /// # Errors
    /// As every query.
    pub async fn seen(&self, resource: Resource, walk: i64) -> Result<u64, StoreError> {
        let table = match resource.table() {
            Some(table) => format!("(SELECT count(*) FROM {table} WHERE walk = ?2)"),
            None => "0".to_owned(),
        };
        // The table's name is one of ours; the values are bound.
        let sql =
            format!("SELECT {table} + (SELECT count(DISTINCT body) FROM parked WHERE resource = ?1 AND walk = ?2)");
        let seen: i64 =
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(resource.name()).bind(walk).fetch_one(&self.readers).await?;
        Ok(u64::try_from(seen).unwrap_or(0))
    }

    /// Places of those rows, given by key and body, that the cache does not have or has otherwise.
    ///
    /// # Errors
    /// As every query.
    pub async fn differing(&self, resource: Resource, rows: &[(String, &str)]) -> Result<Vec<usize>, StoreError> {
        let Some(table) = resource.table() else { return Ok((0..rows.len()).collect()) };
        let mut known: HashMap<String, String> = HashMap::new();
        for chunk in rows.chunks(500) {
            // The table's name is one of ours; the values are bound.
            let mut query =
                QueryBuilder::<Sqlite>::new(format!("SELECT CAST(id AS TEXT), body FROM {table} WHERE id IN ("));
            let mut keys = query.separated(", ");
            for (key, _) in chunk {
                keys.push_bind(key);
            }
            query.push(")");
            known.extend(query.build_query_as::<(String, String)>().fetch_all(&self.readers).await?);
        }
        let differs = |(key, body): &(String, &str)| known.get(key).is_none_or(|known| known != body);
        Ok((0..).zip(rows).filter(|(_, row)| differs(row)).map(|(at, _)| at).collect())
    }

    /// How many rows of a resource are here, whichever walk brought them; of details, clients whose records were read.
    ///
    /// # Errors
    /// As every query.
    pub async fn held(&self, resource: Resource) -> Result<u64, StoreError> {
        let from = resource.table().unwrap_or("clients WHERE details_walk > 0");
        // The table's name is one of ours.
        let sql = format!("SELECT count(*) FROM {from}");
        let held: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&self.readers).await?;
        Ok(u64::try_from(held).unwrap_or(0))
    }

    /// Rows kept aside because this build cannot read them.
    ///
    /// # Errors
    /// As every query.
    pub async fn parked(&self) -> Result<u32, StoreError> {
        let parked: i64 = sqlx::query_scalar("SELECT count(*) FROM parked").fetch_one(&self.readers).await?;
        Ok(count(parked))
    }

    /// Clients whose agreements, documents and reports this walk has not read yet, lowest id first, from behind `after`.
    ///
    /// # Errors
    /// As every query.
    pub async fn clients_without_details(
        &self,
        walk: i64,
        after: ClientId,
        limit: u32,
    ) -> Result<Vec<ClientId>, StoreError> {
        let sql = "SELECT id FROM clients WHERE details_walk < ?1 AND id > ?2 ORDER BY id LIMIT ?3";
        let ids: Vec<i64> =
            sqlx::query_scalar(sql).bind(walk).bind(after.0).bind(limit).fetch_all(&self.readers).await?;
        Ok(ids.into_iter().map(ClientId).collect())
    }

    /// Whether a client's details were ever read whole.
    ///
    /// # Errors
    /// As every query.
    pub async fn details_were_read(&self, client: ClientId) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM clients WHERE id = ?1 AND details_walk > 0";
        let read: i64 = sqlx::query_scalar(sql).bind(client.0).fetch_one(&self.readers).await?;
        Ok(read > 0)
    }

    /// How many clients' details a walk has read, and how many clients there are.
    ///
    /// # Errors
    /// As every query.
    pub async fn details_progress(&self, walk: i64) -> Result<(u64, u64), StoreError> {
        let (done, all): (i64, i64) =
            sqlx::query_as("SELECT count(*) FILTER (WHERE details_walk >= ?1), count(*) FROM clients")
                .bind(walk)
                .fetch_one(&self.readers)
                .await?;
        Ok((u64::try_from(done).unwrap_or(0), u64::try_from(all).unwrap_or(0)))
    }
}

impl Write {
    /// Records how far a resource has been pulled.
    ///
    /// # Errors
    /// As every query.
    pub async fn set_pull(&mut self, resource: Resource, pull: Pull) -> Result<(), StoreError> {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        sqlx::query(
            "INSERT INTO pulls (resource, walk, next_page, received, total, done) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (resource) DO UPDATE SET walk = excluded.walk, next_page = excluded.next_page,
                 received = excluded.received, total = excluded.total, done = excluded.done",
        )
        .bind(resource.name())
        .bind(pull.walk)
        .bind(number(pull.next_page))
        .bind(number(pull.received))
        .bind(pull.total.map(number))
        .bind(pull.done)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Keeps rows that cannot be read: (JSON as sent, reason).
    ///
    /// # Errors
    /// As every query.
    pub async fn park(&mut self, resource: Resource, rows: &[(String, String)], walk: i64) -> Result<(), StoreError> {
        for (body, reason) in rows {
            // A row is met again when a list is read once more within the walk.
            let sql = "INSERT INTO parked (resource, walk, reason, body) SELECT ?1, ?2, ?3, ?4
                 WHERE NOT EXISTS (SELECT 1 FROM parked WHERE resource = ?1 AND walk = ?2 AND body = ?4)";
            sqlx::query(sql).bind(resource.name()).bind(walk).bind(reason).bind(body).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Forgets what a walk parked of a resource: the walk starts over.
    ///
    /// # Errors
    /// As every query.
    pub async fn unpark(&mut self, resource: Resource, walk: i64) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM parked WHERE resource = ?1 AND walk = ?2")
            .bind(resource.name())
            .bind(walk)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Ends a stable walk over a resource: rows it did not see are absent once more, and leave at the second time;
    /// parked rows of earlier walks leave.
    ///
    /// # Errors
    /// As every query.
    pub async fn settle_walk(&mut self, resource: Resource, walk: i64) -> Result<(), StoreError> {
        if let Some(table) = resource.table() {
            // The table's name is one of ours; the values are bound.
            sqlx::query(AssertSqlSafe(format!("UPDATE {table} SET absences = absences + 1 WHERE walk < ?1")))
                .bind(walk)
                .execute(&mut *self.tx)
                .await?;
            sqlx::query(AssertSqlSafe(format!("DELETE FROM {table} WHERE absences >= 2")))
                .execute(&mut *self.tx)
                .await?;
            if resource == Resource::Clients {
                self.forget_words_of_gone_clients().await?;
                self.forget_what_was_read_of_gone_clients().await?;
            }
        }
        sqlx::query("DELETE FROM parked WHERE resource = ?1 AND walk < ?2")
            .bind(resource.name())
            .bind(walk)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Ends the reading of one kind of a client's details in a walk, with the same two absences as
    /// [`Write::settle_walk`].
    ///
    /// # Errors
    /// As every query.
    pub async fn settle_detail(&mut self, client: ClientId, table: DetailTable, walk: i64) -> Result<(), StoreError> {
        let table = table.name();
        // The table's name is one of ours; the values are bound.
        sqlx::query(AssertSqlSafe(format!(
            "UPDATE {table} SET absences = absences + 1 WHERE client_id = ?1 AND walk < ?2"
        )))
        .bind(client.0)
        .bind(walk)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(AssertSqlSafe(format!("DELETE FROM {table} WHERE client_id = ?1 AND absences >= 2")))
            .bind(client.0)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Has clients' details read again within a walk; until then they stay as they are.
    ///
    /// # Errors
    /// As every query.
    pub async fn details_stale(&mut self, clients: &[ClientId], walk: i64) -> Result<(), StoreError> {
        for client in clients {
            sqlx::query("UPDATE clients SET details_walk = min(details_walk, ?2) WHERE id = ?1")
                .bind(client.0)
                .bind(walk - 1)
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(())
    }

    /// Records that a walk has read all of a client's details.
    ///
    /// # Errors
    /// As every query.
    pub async fn details_read(&mut self, client: ClientId, walk: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE clients SET details_walk = ?2 WHERE id = ?1")
            .bind(client.0)
            .bind(walk)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
