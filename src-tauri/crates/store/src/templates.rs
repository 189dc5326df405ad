//! What letters are written from.

use crate::columns::{json, put, to_json};
use crate::{Sent, Store, StoreError, Write};
use domain::{Template, TemplateContent, TemplateId, TemplateKind};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

/// A block as stored.
#[derive(Serialize, Deserialize)]
struct Block {
    section: Option<String>,
    html: String,
    version: Option<String>,
}

const COLUMNS: &str = "id, name, kind, is_dispute, category, contents";

fn template(row: &SqliteRow) -> Result<Template, StoreError> {
    let blocks: Vec<Block> = json(row.try_get("contents")?, "templates.contents")?;
    Ok(Template {
        id: TemplateId(row.try_get("id")?),
        name: row.try_get("name")?,
        kind: TemplateKind::from_code(row.try_get("kind")?),
        is_dispute: row.try_get("is_dispute")?,
        category: row.try_get("category")?,
        contents: blocks
            .into_iter()
            .map(|block| TemplateContent { section: block.section, html: block.html, version: block.version })
            .collect(),
    })
}

impl Store {
    /// One template.
    ///
    /// # Errors
    /// As every query.
    pub async fn template(&self, id: TemplateId) -> Result<Option<Template>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM templates WHERE id = ?1");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&self.readers).await?;
        row.as_ref().map(template).transpose()
    }

    /// Every template by category and name.
    ///
    /// # Errors
    /// As every query.
    pub async fn templates(&self) -> Result<Vec<Template>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM templates ORDER BY category, name COLLATE NOCASE, id");
        sqlx::query(AssertSqlSafe(sql)).fetch_all(&self.readers).await?.iter().map(template).collect()
    }
}

impl Write {
    /// Inserts or replaces templates.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_templates(&mut self, templates: &[Sent<Template>], walk: i64) -> Result<(), StoreError> {
        let rows = templates
            .iter()
            .map(|sent| {
                let blocks: Vec<Block> = sent
                    .value
                    .contents
                    .iter()
                    .map(|c| Block { section: c.section.clone(), html: c.html.clone(), version: c.version.clone() })
                    .collect();
                Ok(TemplateColumns {
                    value: &sent.value,
                    contents: to_json(&blocks, "templates.contents")?,
                    body: &sent.body,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        put!(self, rows, walk, "templates"("id", "name", "kind", "is_dispute", "category", "contents"), |out, row| {
            out.push_bind(row.value.id.0)
                .push_bind(&row.value.name)
                .push_bind(row.value.kind.code())
                .push_bind(row.value.is_dispute)
                .push_bind(row.value.category.as_deref())
                .push_bind(&row.contents)
        });
        Ok(())
    }
}

struct TemplateColumns<'a> {
    value: &'a Template,
    contents: String,
    body: &'a str,
}
