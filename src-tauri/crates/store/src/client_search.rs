//! Finding clients: by words, in any order of the list, and by criteria that all have to hold.
//!
//! What is looked through is `client_list`, which triggers keep beside the clients: its rows are small, and reading one that is
//! not at hand costs deciphering a page. What is shown of the clients of a page stands in `client_cards`, beside each other.

use crate::clients::{StoredClient, match_expression};
use crate::columns::{count, json, to_json};
use crate::follow_ups::{OPEN, due};
use crate::letters::WAITS;
use crate::outbox::waiting_changes_of;
use crate::recent::{Found, Page};
use crate::{ClientFacts, ClientHits, Store, StoreError};
use domain::SegmentId;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite};

/// What a list of clients is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ClientOrder {
    /// Family name.
    #[default]
    Name,
    /// City, then state, of the mailing address.
    Place,
    /// E-mail.
    Email,
    /// First phone.
    Phone,
    /// Last four of the SSN.
    SsnEnd,
    /// The portal's key.
    Id,
    /// How many negative items.
    Items,
    /// Signed, signed and still to be cancelled, unsigned, unknown.
    Agreement,
}

/// How a list of clients is sorted. Clients of the same value come by name, those without a value last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClientSort {
    /// By what.
    pub by: ClientOrder,
    /// The other way round.
    pub descending: bool,
}

/// How a client's agreement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Signed, and past being cancelled.
    Signed,
    /// Signed, and may still be cancelled.
    Cancellable,
    /// Not signed.
    Unsigned,
    /// Not read yet.
    Unknown,
}

/// What a client must meet to be in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// The agreement stands in one of these ways.
    Agreement(Vec<Standing>),
    /// The mailing address is in one of these states, as their code is kept.
    State(Vec<String>),
    /// The mailing address is complete, or is not.
    Mailable(bool),
    /// A product of one of these names was bought.
    Product(Vec<String>),
    /// There are items that neither the portal nor a letter of this desk disputes, and that are not excluded by themselves.
    Undisputed,
    /// Letters were prepared and neither printed, saved nor sent.
    LettersWait,
    /// An answer is awaited, and due by this day.
    AnswerDueBy(Date),
    /// A task is open and due.
    TaskDue {
        /// Due before this moment.
        before: Timestamp,
        /// A day without a time arrives as midnight UTC: due before this one.
        day_before: Timestamp,
    },
    /// No letter of this desk went out since this day; none ever without one.
    NoLetterSince(Option<Date>),
    /// A member of a segment of the portal, when its members were last read.
    Segment(SegmentId),
}

/// What clients to find, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientQuery {
    /// Words as of [`Store::search_clients`].
    pub text: String,
    /// The order.
    pub sort: ClientSort,
    /// What all of them meet.
    pub criteria: Vec<Criterion>,
    /// What was signed from this moment on may still be cancelled.
    pub cancellable_from: Timestamp,
}

/// A value that clients have, and how many of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientValue {
    /// The value.
    pub name: String,
    /// Clients who have it.
    pub clients: u32,
}

/// More matches than this are found faster in the order of the names than one by one, and their pages are at hand until
/// something is written.
const MANY: i64 = 2000;

/// As many names are gone through first, when those of a page are looked for among them; four times as many then, and so on.
const FIRST_NAMES: i64 = 512;

/// What a list shows of the clients `p.id`, as one JSON array of [`StoredClient`]s. From the keys to the rows, in the order of
/// the keys, whatever the planner thinks of the tables' sizes; nothing of a client who is gone.
fn cards(keys: &str) -> String {
    format!(
        "SELECT json_group_array(json_array(r.client_id, r.client_key, r.first_name, r.middle_name, r.last_name, r.email, r.phones,
             r.ssn, r.birth_date, r.street, r.city, r.state, r.zip, '{{}}', l.detailed, l.items,
             strftime('%Y-%m-%dT%H:%M:%SZ', l.signed, 'unixepoch'), {}))
         FROM {keys} p CROSS JOIN client_list l ON l.client_id = p.id
         CROSS JOIN client_cards r ON r.sort_name = l.sort_name AND r.client_id = l.client_id",
        waiting_changes_of("p.id")
    )
}

fn read_cards(text: &str) -> Result<Vec<ClientFacts>, StoreError> {
    let stored: Vec<StoredClient> = json(text, "client_cards")?;
    stored.into_iter().map(StoredClient::meant).collect()
}

impl Store {
    /// Clients whose name, e-mail, phone, id or last four of the SSN match every word of `text`, by name; all for an empty
    /// text. Accents, case and punctuation do not matter, and the last letters of a word may be missing.
    ///
    /// # Errors
    /// As every query.
    pub async fn search_clients(&self, text: &str, offset: u32, limit: u32) -> Result<ClientHits, StoreError> {
        self.find_clients(&ClientQuery { text: text.to_owned(), ..ClientQuery::default() }, offset, limit).await
    }

    /// Clients that match a query, from the `offset`th on.
    ///
    /// # Errors
    /// As every query.
    pub async fn find_clients(&self, query: &ClientQuery, offset: u32, limit: u32) -> Result<ClientHits, StoreError> {
        let words = match_expression(&query.text);
        let plain = query.criteria.is_empty();
        let page = (plain && query.sort.by == ClientOrder::Name).then(|| Page {
            words: words.clone(),
            descending: query.sort.descending,
            offset,
            limit,
        });
        if let Some(page) = &page
            && self.recent.has(page)
            && let Some(found) = self.recent.find(self.data_version().await?, page)
        {
            return self.hits(&found).await;
        }
        // A letter more after very many seldom leaves few: the walk that would tell is spared.
        let likely_many = page.as_ref().is_some_and(|page| self.recent.just_found_more_than(10 * MANY, page));
        if let Some(words) = &words
            && plain
            && !likely_many
            && let Some(hits) = self.hits_of_few(query, words, offset, limit).await?
        {
            return Ok(hits);
        }
        let Some(page) = page else {
            return self.hits(&self.found(query, words.as_deref(), offset, limit).await?).await;
        };
        let version = self.data_version().await?;
        let found = self.found(query, words.as_deref(), offset, limit).await?;
        let hits = self.hits(&found).await?;
        self.recent.keep(version, page, found);
        Ok(hits)
    }

    /// Another number whenever something was written.
    async fn data_version(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("PRAGMA data_version").fetch_one(&self.finder).await?)
    }

    /// What words find, with one walk through them and one question; nothing when it is more than [`MANY`].
    async fn hits_of_few(
        &self,
        query: &ClientQuery,
        words: &str,
        offset: u32,
        limit: u32,
    ) -> Result<Option<ClientHits>, StoreError> {
        let mut sql = QueryBuilder::<Sqlite>::new(
            "WITH hits AS MATERIALIZED (SELECT rowid AS id FROM client_words WHERE client_words MATCH ",
        );
        // Written out, a limit tells SQLite to keep no more than that many while it sorts.
        sql.push_bind(words.to_owned()).push(format!(" LIMIT {}", MANY + 1));
        sql.push("), size AS MATERIALIZED (SELECT count(*) AS total FROM hits), page AS MATERIALIZED (");
        sql.push("SELECT h.id FROM hits h CROSS JOIN client_list c ON c.client_id = h.id").push(contacts(query.sort));
        sql.push(format!(" WHERE (SELECT total FROM size) <= {MANY}"));
        order(&mut sql, query, Way::ByRow, false);
        sql.push(format!(" LIMIT {limit} OFFSET ")).push_bind(offset);
        sql.push(format!(") SELECT total, ({}) FROM size", cards("page")));
        let (total, rows): (i64, String) = sql.build_query_as().fetch_one(&self.finder).await?;
        Ok(if total > MANY { None } else { Some(ClientHits { total: count(total), rows: read_cards(&rows)? }) })
    }

    async fn found(
        &self,
        query: &ClientQuery,
        words: Option<&str>,
        offset: u32,
        limit: u32,
    ) -> Result<Found, StoreError> {
        let plain = query.criteria.is_empty();
        let by_name = plain && query.sort.by == ClientOrder::Name;
        let total: i64 = match words {
            Some(words) if by_name => {
                let ids = self.with_words(words).await?;
                let total = i64::try_from(ids.len()).unwrap_or(i64::MAX);
                if total > MANY
                    && let Some(ids) = self.by_name(&ids, query.sort.descending, offset, limit).await?
                {
                    return Ok(Found { total, ids });
                }
                total
            }
            Some(words) if plain => {
                sqlx::query_scalar("SELECT count(*) FROM client_words WHERE client_words MATCH ?1")
                    .bind(words)
                    .fetch_one(&self.finder)
                    .await?
            }
            words => {
                let mut total = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM client_list AS c");
                narrow(&mut total, query, words, Way::ByRow);
                total.build_query_scalar().fetch_one(&self.finder).await?
            }
        };
        let way = match (words, query.sort) {
            (None, sort) if plain && is_indexed(sort) => Way::InOrder,
            (Some(_), _) if by_name && total > MANY => Way::InOrder,
            _ => Way::ByRow,
        };
        // What is sorted is cheap from its beginning only: behind the middle it is sorted the other way round.
        let left = (total - i64::from(offset)).clamp(0, i64::from(limit));
        let behind = total - i64::from(offset) - left;
        let turned = way == Way::ByRow && behind < i64::from(offset);
        let mut ids = QueryBuilder::<Sqlite>::new("SELECT c.client_id FROM client_list AS c");
        ids.push(contacts(query.sort));
        narrow(&mut ids, query, words, way);
        order(&mut ids, query, way, turned);
        ids.push(" LIMIT ").push_bind(left).push(" OFFSET ");
        ids.push_bind(if turned { behind } else { i64::from(offset) });
        let mut ids: Vec<i64> = ids.build_query_scalar().fetch_all(&self.finder).await?;
        if turned {
            ids.reverse();
        }
        Ok(Found { total, ids })
    }

    /// Everyone whom words find, by id. One walk: counting them, and asking for those of the page, would be two more.
    async fn with_words(&self, words: &str) -> Result<Vec<i64>, StoreError> {
        let ids: String =
            sqlx::query_scalar("SELECT json_group_array(rowid) FROM client_words WHERE client_words MATCH ?1")
                .bind(words)
                .fetch_one(&self.finder)
                .await?;
        let mut ids: Vec<i64> = json(&ids, "client_words.rowid")?;
        ids.sort_unstable();
        Ok(ids)
    }

    /// A page of those of `ids`, which are sorted, in the order of the names. The names are gone through until the page is
    /// full. Nothing where that takes long: few of the first names are among them.
    async fn by_name(
        &self,
        ids: &[i64],
        descending: bool,
        offset: u32,
        limit: u32,
    ) -> Result<Option<Vec<i64>>, StoreError> {
        let way = if descending { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT json_group_array(client_id) FROM (SELECT client_id FROM client_list
                 ORDER BY sort_name {way}, client_id {way} LIMIT ?1 OFFSET ?2)"
        );
        let wanted = ids.len().saturating_sub(offset as usize).min(limit as usize);
        let (mut met, mut page) = (0, Vec::with_capacity(wanted));
        let (mut from, mut step) = (0, FIRST_NAMES);
        while page.len() < wanted {
            // The text is ours; the values are bound.
            let names: String =
                sqlx::query_scalar(AssertSqlSafe(sql.clone())).bind(step).bind(from).fetch_one(&self.finder).await?;
            let names: Vec<i64> = json(&names, "client_list.client_id")?;
            if names.is_empty() {
                break;
            }
            for id in names {
                if page.len() < wanted && ids.binary_search(&id).is_ok() {
                    met += 1;
                    if met > i64::from(offset) {
                        page.push(id);
                    }
                }
            }
            if page.len() < wanted && from == 0 && met < FIRST_NAMES / 8 {
                return Ok(None);
            }
            from += step;
            step *= 4;
        }
        Ok(Some(page))
    }

    async fn hits(&self, found: &Found) -> Result<ClientHits, StoreError> {
        // The text is ours; the values are bound.
        let sql = cards("(SELECT value AS id FROM json_each(?1))");
        let keys = to_json(&found.ids, "clients.id")?;
        let rows: String = sqlx::query_scalar(AssertSqlSafe(sql)).bind(keys).fetch_one(&self.finder).await?;
        Ok(ClientHits { total: count(found.total), rows: read_cards(&rows)? })
    }

    /// The states of the mailing addresses, by their code.
    ///
    /// # Errors
    /// As every query.
    pub async fn client_states(&self) -> Result<Vec<ClientValue>, StoreError> {
        self.values("SELECT max(state), count(*) FROM client_list WHERE state <> '' GROUP BY state ORDER BY state")
            .await
    }

    /// The products that clients bought, by name.
    ///
    /// # Errors
    /// As every query.
    pub async fn client_product_names(&self) -> Result<Vec<ClientValue>, StoreError> {
        let sql = "SELECT name, count(DISTINCT client_id) FROM client_products WHERE name <> ''
                   GROUP BY name ORDER BY name COLLATE NOCASE";
        self.values(sql).await
    }

    async fn values(&self, sql: &'static str) -> Result<Vec<ClientValue>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(sql).fetch_all(&self.readers).await?;
        Ok(rows.into_iter().map(|(name, clients)| ClientValue { name, clients: count(clients) }).collect())
    }
}

/// Instants are compared as texts: without its end, a whole second stands before its fractions too.
fn moment(at: Timestamp) -> String {
    at.to_string().trim_end_matches('Z').to_owned()
}

/// How the rows are gone through. SQLite cannot know how many a word or a criterion leaves, and a wrong guess costs a second.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In the order that is asked for, until the page is full: most rows match.
    InOrder,
    /// As they lie, or those with the words one by one; what matches is sorted.
    ByRow,
}

impl Way {
    /// A sign before a column keeps SQLite from going by it.
    fn by_row(self) -> &'static str {
        if self == Way::ByRow { "" } else { "+" }
    }

    fn in_order(self) -> &'static str {
        if self == Way::InOrder { "" } else { "+" }
    }
}

fn narrow(sql: &mut QueryBuilder<Sqlite>, query: &ClientQuery, words: Option<&str>, way: Way) {
    let mut joint = " WHERE ";
    if let Some(words) = words {
        sql.push(" WHERE ")
            .push(way.by_row())
            .push("c.client_id IN (SELECT rowid FROM client_words WHERE client_words MATCH ");
        sql.push_bind(words.to_owned()).push(")");
        joint = " AND ";
    }
    for criterion in &query.criteria {
        sql.push(joint);
        joint = " AND ";
        meets(sql, criterion, query.cancellable_from);
    }
}

fn meets(sql: &mut QueryBuilder<Sqlite>, criterion: &Criterion, cancellable_from: Timestamp) {
    match criterion {
        Criterion::Agreement(standings) => {
            sql.push("(0");
            for standing in standings {
                match standing {
                    Standing::Unknown => sql.push(" OR NOT c.detailed"),
                    Standing::Unsigned => sql.push(" OR c.detailed AND c.signed IS NULL"),
                    Standing::Signed => {
                        sql.push(" OR c.detailed AND c.signed < ").push_bind(cancellable_from.as_second())
                    }
                    Standing::Cancellable => {
                        sql.push(" OR c.detailed AND c.signed >= ").push_bind(cancellable_from.as_second())
                    }
                };
            }
            sql.push(")");
        }
        Criterion::State(states) => {
            sql.push("c.state IN (");
            listed(sql, states);
            sql.push(")");
        }
        Criterion::Mailable(complete) => {
            sql.push("c.mailable = ").push_bind(*complete);
        }
        Criterion::Product(names) => {
            sql.push("c.client_id IN (SELECT client_id FROM client_products WHERE name IN (");
            listed(sql, names);
            sql.push("))");
        }
        Criterion::Undisputed => {
            sql.push(
                // Only those who were written for, or of whom an item is excluded, are looked at closely.
                "c.undisputed > 0 AND (c.client_id NOT IN (
                     SELECT client_id FROM letters WHERE stage <> 'discarded'
                     UNION SELECT client_id FROM exclusions WHERE kind = 'item'
                 ) OR c.undisputed > (SELECT count(*) FROM (
                     SELECT i.item_id AS item FROM letters l JOIN letter_items i ON i.letter_id = l.id
                     WHERE l.client_id = c.client_id AND l.stage <> 'discarded'
                     UNION SELECT about FROM exclusions WHERE client_id = c.client_id AND kind = 'item'
                 ) s JOIN negative_items n ON n.id = s.item WHERE n.client_id = c.client_id AND n.undisputed))",
            );
        }
        Criterion::LettersWait => {
            sql.push(format!("c.client_id IN (SELECT client_id FROM letters WHERE {WAITS})"));
        }
        Criterion::AnswerDueBy(day) => {
            sql.push(format!(
                "c.client_id IN (SELECT l.client_id FROM follow_ups f JOIN letters l ON l.id = f.letter_id
                     WHERE {OPEN} AND {} <= ",
                due()
            ))
            .push_bind(day.to_string())
            .push(")");
        }
        Criterion::TaskDue { before, day_before } => {
            sql.push("c.client_id IN (SELECT client_id FROM client_tasks WHERE state = 'open' AND due < ")
                .push_bind(moment(*before.max(day_before)))
                .push(" AND due < CASE substr(due, 11) WHEN 'T00:00:00Z' THEN ")
                .push_bind(moment(*day_before))
                .push(" ELSE ")
                .push_bind(moment(*before))
                .push(" END)");
        }
        Criterion::NoLetterSince(day) => {
            sql.push(
                "c.client_id NOT IN (SELECT l.client_id FROM follow_ups f JOIN letters l ON l.id = f.letter_id \
                 WHERE f.sent >= ",
            )
            .push_bind(day.map(|day| day.to_string()).unwrap_or_default())
            .push(")");
        }
        Criterion::Segment(segment) => {
            sql.push("c.client_id IN (SELECT client_id FROM segment_members WHERE segment_id = ")
                .push_bind(segment.0)
                .push(")");
        }
    }
}

fn listed(sql: &mut QueryBuilder<Sqlite>, values: &[String]) {
    let mut list = sql.separated(", ");
    for value in values {
        list.push_bind(value.clone());
    }
}

/// What the order needs beside the list.
fn contacts(sort: ClientSort) -> &'static str {
    match sort.by {
        ClientOrder::Email | ClientOrder::Phone | ClientOrder::SsnEnd => {
            " CROSS JOIN client_contacts AS k ON k.client_id = c.client_id"
        }
        _ => "",
    }
}

/// Whether an index has the rows in this order.
fn is_indexed(ClientSort { by, descending }: ClientSort) -> bool {
    match by {
        ClientOrder::Name | ClientOrder::Id => true,
        ClientOrder::Place => !descending,
        _ => false,
    }
}

fn order(sql: &mut QueryBuilder<Sqlite>, query: &ClientQuery, way: Way, turned: bool) {
    let ClientSort { by, descending } = query.sort;
    let to = |descending: bool| if descending == turned { " ASC" } else { " DESC" };
    sql.push(" ORDER BY ");
    let column = match by {
        ClientOrder::Name => {
            sql.push(way.in_order()).push("c.sort_name").push(to(descending));
            sql.push(", c.client_id").push(to(descending));
            return;
        }
        ClientOrder::Id => {
            sql.push(way.in_order()).push("c.client_id").push(to(descending));
            return;
        }
        ClientOrder::Place if way == Way::InOrder => {
            sql.push("c.place ASC NULLS LAST, c.sort_name, c.client_id");
            return;
        }
        ClientOrder::Agreement => {
            // What is unknown has no value: it stays last.
            sql.push("(NOT c.detailed)").push(to(false));
            sql.push(", CASE WHEN c.signed IS NULL THEN 2 WHEN c.signed < ")
                .push_bind(query.cancellable_from.as_second())
                .push(" THEN 0 ELSE 1 END")
                .push(to(descending));
            sql.push(", c.sort_name").push(to(false)).push(", c.client_id").push(to(false));
            return;
        }
        ClientOrder::Place => "c.place",
        ClientOrder::Email => "k.email",
        ClientOrder::Phone => "k.phone",
        ClientOrder::SsnEnd => "k.ssn_end",
        ClientOrder::Items => "c.items",
    };
    sql.push("(").push(column).push(" IS NULL)").push(to(false));
    sql.push(", ").push(column).push(to(descending));
    sql.push(", c.sort_name").push(to(false)).push(", c.client_id").push(to(false));
}
