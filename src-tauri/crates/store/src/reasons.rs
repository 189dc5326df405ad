//! Dispute reasons with their claim codes.

use crate::columns::{json, put, to_json};
use crate::{Sent, Store, StoreError, Write};
use domain::{ClaimCode, ClaimCodeId, CreditorType, CreditorTypeId, InstructionId, Reason};
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// A claim code as stored.
#[derive(Serialize, Deserialize)]
struct Code {
    id: i64,
    name: String,
    equifax: String,
    experian: String,
    transunion: String,
    active: bool,
}

/// A creditor type as stored.
#[derive(Serialize, Deserialize)]
struct Creditor {
    id: i64,
    kind: String,
    subkind: String,
}

impl Store {
    /// Every reason in the company's order.
    ///
    /// # Errors
    /// As every query.
    pub async fn reasons(&self) -> Result<Vec<Reason>, StoreError> {
        let rows =
            sqlx::query("SELECT id, name, position, claim_code, creditor_types FROM reasons ORDER BY position, id")
                .fetch_all(&self.readers)
                .await?;
        rows.iter()
            .map(|row| {
                let code: Option<String> = row.try_get("claim_code")?;
                let code: Option<Code> = code.map(|text| json(&text, "reasons.claim_code")).transpose()?;
                let creditors: Vec<Creditor> = json(row.try_get("creditor_types")?, "reasons.creditor_types")?;
                Ok(Reason {
                    id: InstructionId(row.try_get("id")?),
                    name: row.try_get("name")?,
                    order: row.try_get("position")?,
                    claim_code: code.map(|code| ClaimCode {
                        id: ClaimCodeId(code.id),
                        name: code.name,
                        equifax: code.equifax,
                        experian: code.experian,
                        transunion: code.transunion,
                        is_active: code.active,
                    }),
                    creditor_types: creditors
                        .into_iter()
                        .map(|c| CreditorType { id: CreditorTypeId(c.id), kind: c.kind, subkind: c.subkind })
                        .collect(),
                })
            })
            .collect()
    }
}

impl Write {
    /// Inserts or replaces reasons.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_reasons(&mut self, reasons: &[Sent<Reason>], walk: i64) -> Result<(), StoreError> {
        let rows = reasons
            .iter()
            .map(|sent| {
                let code = sent.value.claim_code.as_ref().map(|code| Code {
                    id: code.id.0,
                    name: code.name.clone(),
                    equifax: code.equifax.clone(),
                    experian: code.experian.clone(),
                    transunion: code.transunion.clone(),
                    active: code.is_active,
                });
                let creditors: Vec<Creditor> = sent
                    .value
                    .creditor_types
                    .iter()
                    .map(|c| Creditor { id: c.id.0, kind: c.kind.clone(), subkind: c.subkind.clone() })
                    .collect();
                Ok(ReasonColumns {
                    value: &sent.value,
                    code: code.map(|code| to_json(&code, "reasons.claim_code")).transpose()?,
                    creditors: to_json(&creditors, "reasons.creditor_types")?,
                    body: &sent.body,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        put!(self, rows, walk, "reasons"("id", "name", "position", "claim_code", "creditor_types"), |out, row| {
            out.push_bind(row.value.id.0)
                .push_bind(&row.value.name)
                .push_bind(row.value.order)
                .push_bind(row.code.as_deref())
                .push_bind(&row.creditors)
        });
        Ok(())
    }
}

struct ReasonColumns<'a> {
    value: &'a Reason,
    code: Option<String>,
    creditors: String,
    body: &'a str,
}
