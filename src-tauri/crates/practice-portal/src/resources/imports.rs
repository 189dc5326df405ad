//! Imports of clients from an uploaded CSV: rows are added, changed or deleted behind the answer, a few at a time.
//!
//! Invariants: the rows of a step and how far the import got are one transaction, so that an import that was interrupted
//! goes on where it stopped when the portal starts again; a bad row is named in the error log and stops nothing.

use super::{Resource, attachment_links, attachments, import_rows, none, record, users};
use crate::{
    access::SignedIn,
    answers, csv,
    fields::{Fields, Query, must},
    kinds::Kind,
    list::{Direction, Filter, List},
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::{Column, Record, Table},
    stored,
};
use axum::{Extension, extract::State, http::StatusCode, routing::get};
use serde_json::json;
use sqlx::SqliteConnection;

static TABLE: Table = Table {
    name: "imports",
    noun: "import",
    columns: &[
        Column::field("type", "/type"),
        Column::field("status", "/status"),
        Column::field("total_records", "/total_records"),
        Column::field("processed_records", "/processed_records"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
        Column::words("words", &["/type", "/status", "/author_name", "/created_at"]),
    ],
};

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::words("search", "words")],
    sorts: &[
        ("id", "id"),
        ("type", "type"),
        ("status", "status"),
        ("total_records", "total_records"),
        ("processed_records", "processed_records"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Down),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library: none, further_schema: &[] };

/// Rows of one transaction.
const STEP: usize = 25;

fn routes() -> Routes {
    Routes::new().route("/imports", get(list).post(create)).route("/imports/example", get(example))
}

async fn list(State(portal): State<Portal>, mut query: Query) -> Answer {
    let mut db = portal.reader().await?;
    let mut page = LIST.page(&mut db, &mut query).await?;
    page.records = shown(&mut db, page.records).await?;
    page.answer(&portal, &query)
}

async fn create(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, mut fields: Fields) -> Answer {
    let mut db = portal.writer().await?;
    let mut import =
        fields.read(&[must("type", Kind::OneOf(&["add", "update", "delete"])), must("attachment_id", Kind::Integer)]);
    stored::check_reference(&mut db, &mut fields, "attachment_id", &attachments::TABLE).await?;
    let file = stored::number(&import, "attachment_id");
    let rows = match file {
        Some(file) => rows_of(&mut db, file).await?,
        None => None,
    };
    if file.is_some() && rows.as_ref().is_none_or(Vec::is_empty) {
        fields.refuse("attachment_id", "The attachment must be a CSV file with a head line.");
    }
    fields.finish()?;
    let author = users::TABLE.find(&mut db, me.user_id).await?;
    import.extend(record(json!({
        "status": "pending",
        "total_records": rows.map_or(0, |rows| rows.len().saturating_sub(1)),
        "processed_records": 0,
        "error_log": "",
        "author_id": me.user_id,
        "author_name": format!("{} {}", stored::text(&author, "first_name"), stored::text(&author, "last_name")),
    })));
    let import = TABLE.store(&portal, &mut db, import).await?;
    let id = stored::number(&import, "id").unwrap_or_default();
    attachment_links::link(&mut db, file.unwrap_or_default(), attachment_links::IMPORT, id).await?;
    let imports = shown(&mut db, vec![import]).await?;
    db.commit().await?;
    portal.behind.spawn(work(portal.clone(), id));
    answers::one(StatusCode::OK, imports)
}

async fn example() -> Answer {
    let mut table = csv::line(csv::CLIENT_COLUMNS.into_iter().map(str::to_owned));
    let row = [
        "",
        "",
        "ada.example@example.com",
        "6175550142",
        "900451234",
        "Ada",
        "",
        "Example",
        "1984-03-09",
        "12 Maple Street",
        "Boston",
        "MA",
        "02108",
        "English",
    ];
    table.push_str(&csv::line(row.into_iter().map(str::to_owned)));
    answers::file("text/csv; charset=utf-8", "clients-example.csv", table.into_bytes())
}

/// Goes on with the imports that an earlier run left unfinished.
pub(crate) async fn resume(portal: &Portal) -> Result<(), sqlx::Error> {
    let open: Vec<i64> =
        sqlx::query_scalar("SELECT id FROM imports WHERE status IN ('pending', 'processing') ORDER BY id")
            .fetch_all(&portal.db)
            .await?;
    for id in open {
        portal.behind.spawn(work(portal.clone(), id));
    }
    Ok(())
}

/// Carries an import out, until it is done or the portal stops.
async fn work(portal: Portal, id: i64) {
    loop {
        match step(&portal, id).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(problem) => {
                // A closed database is a portal that stops; the next run goes on from here.
                tracing::warn!(%problem, "an import of the practice portal was interrupted");
                return;
            }
        }
        tokio::task::yield_now().await;
    }
}

/// Carries out the next rows; false when none are left.
async fn step(portal: &Portal, id: i64) -> Result<bool, Problem> {
    let mut db = portal.writer().await?;
    let import = TABLE.find(&mut db, id).await?;
    let rows =
        rows_of(&mut db, stored::number(&import, "attachment_id").unwrap_or_default()).await?.unwrap_or_default();
    let Some((head, rows)) = rows.split_first() else { return Ok(false) };
    let done = usize::try_from(stored::number(&import, "processed_records").unwrap_or_default()).unwrap_or_default();
    let mut log = stored::text(&import, "error_log").to_owned();
    let mut processed = done;
    for row in rows.iter().skip(done).take(STEP) {
        processed += 1;
        let outcome = import_rows::apply(&mut db, stored::text(&import, "type"), head, row).await?;
        if let Err(message) = outcome {
            // The head is line 1.
            log.push_str(&format!("Row {}: {message}\n", processed + 1));
        }
    }
    let is_done = processed >= rows.len();
    let status = if is_done { "completed" } else { "processing" };
    let changes = json!({ "status": status, "processed_records": processed, "error_log": log });
    TABLE.update(portal, &mut db, id, record(changes)).await?;
    db.commit().await?;
    Ok(!is_done)
}

/// The rows of an uploaded CSV; nothing when the file is none.
async fn rows_of(db: &mut SqliteConnection, file: i64) -> Result<Option<Vec<Vec<String>>>, Problem> {
    let Some(kept) = attachments::TABLE.get(db, file).await? else { return Ok(None) };
    if stored::text(&kept, "extension") != "csv" {
        return Ok(None);
    }
    let bytes = attachments::bytes(db, file).await?.unwrap_or_default();
    Ok(String::from_utf8(bytes).ok().map(|table| csv::rows(&table)))
}

async fn shown(db: &mut SqliteConnection, imports: Vec<Record>) -> Result<Vec<Record>, Problem> {
    let authors = users::all_full(db).await?;
    let show = |mut import: Record| {
        for hidden in ["attachment_id", "author_name"] {
            import.remove(hidden);
        }
        stored::embed(import, "author_id", "created_by", &authors)
    };
    Ok(imports.into_iter().map(show).collect())
}
