//! A text file about this desk that an administrator can send to support.
//!
//! Invariant: nothing in it tells of a consumer or of whoever works here. It is put together from counts, versions and
//! words of this program's own, and from what a deployment set: never from a record's id, text, name or address, a
//! message of the portal, a token, a header's value or a path of this computer.

use crate::contract::{Empty, EnvelopeView, LetterSaved};
use crate::desk::Open;
use crate::printing::{file_text, write_whole};
use crate::session::place;
use crate::settings_view::{letters, versions};
use crate::{Desk, Error};
use portal_api::Operation;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;
use store::{OutboxEntry, OutboxFilter};

impl Desk {
    /// Asks where, and saves facts about this desk for support.
    ///
    /// # Errors
    /// No open cache, the cache fails, or [`Error::File`].
    pub async fn diagnostics_save(&self, _: Empty) -> Result<LetterSaved, Error> {
        self.ready().await?;
        let name = format!("Dispute Desk diagnostics {}.txt", self.inner.ports.clock.today());
        match self.inner.ports.dialogs.save_file(&name).await {
            Some(path) => self.diagnostics_to(&path).await,
            None => Ok(LetterSaved { files: Vec::new() }),
        }
    }

    /// Saves them at a known place.
    ///
    /// # Errors
    /// As [`Desk::diagnostics_save`]; the file is written whole or not at all.
    pub async fn diagnostics_to(&self, path: &Path) -> Result<LetterSaved, Error> {
        let open = self.ready().await?;
        let text = self.diagnostics(&open).await?;
        write_whole(path.to_owned(), text.into_bytes()).await?;
        Ok(LetterSaved { files: vec![file_text(path)] })
    }

    async fn diagnostics(&self, open: &Open) -> Result<String, Error> {
        let mut sheet = Sheet::default();
        sheet.line("Dispute Desk diagnostics");
        sheet.line("For support. Counts, versions and settings; nothing that a client or an agent could be known by.");
        sheet.row("written", self.inner.ports.clock.now());

        let versions = versions(open).await?;
        sheet.head("Versions");
        sheet.row("desk", versions.desk);
        sheet.row("sqlite", versions.sqlite);
        sheet.row("letter engine", versions.letters);
        sheet.row("system", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));

        let signed_out = open.portal.read().await.token().borrow().is_none();
        sheet.head("Portal");
        sheet.row("realm", word(open.realm)?);
        sheet.row("host", place(&open.account));
        sheet.row("sign-in needed", yes(signed_out));

        let cache = self.cache(open).await?;
        sheet.head("Cache");
        sheet.row("key", word(open.vault.guard())?);
        sheet.row("bytes", cache.bytes);
        sheet.row("kept aside", cache.parked);
        for kind in cache.kinds {
            sheet.row(&kind.resource, format!("{}{}", kind.records, if kind.whole { "" } else { ", not whole" }));
        }

        self.write_sync(&mut sheet).await?;
        write_outbox(&mut sheet, open).await?;
        self.write_settings(&mut sheet)?;

        sheet.head("Printers");
        match self.inner.ports.printers.list().await {
            Ok(printers) => {
                sheet.row("printers", printers.len());
                sheet.row("ready", printers.iter().filter(|printer| printer.ready).count());
                sheet.row("both sides", printers.iter().filter(|printer| printer.duplex).count());
            }
            Err(error) => sheet.row("problem", word(Error::from(error).problem().code)?),
        }
        Ok(sheet.0)
    }

    async fn write_sync(&self, sheet: &mut Sheet) -> Result<(), Error> {
        let status = self.sync_status(Empty {}).await?;
        let left_out = self.sync_state().left_out.clone();
        sheet.head("Sync");
        sheet.row("running", yes(status.running));
        sheet.row("online", status.online.map_or("unknown", yes));
        sheet.row("last whole", status.finished_at.as_deref().unwrap_or("never"));
        let problem = status.problem.map(|problem| word(problem.code)).transpose()?;
        sheet.row("problem", problem.as_deref().unwrap_or("none"));
        for (resource, code) in left_out {
            sheet.row(&format!("left out: {}", resource.name()), word(code)?);
        }
        Ok(())
    }

    /// What a deployment set, as it is in force. Of headers and routes only the names: their values may be secrets.
    fn write_settings(&self, sheet: &mut Sheet) -> Result<(), Error> {
        let settings = &self.inner.settings;
        let limits = self.limits();
        sheet.head("Settings in force");
        sheet.row("settings.toml", if settings.found { "found" } else { "none" });
        let headers: Vec<&str> = settings.header_names().collect();
        sheet.row("headers", listed(&headers));
        let routes =
            Operation::ALL.iter().filter(|operation| settings.routes.of(**operation) != operation.default_route());
        let routes: Vec<&str> = routes.map(|operation| operation.id()).collect();
        sheet.row("routes", listed(&routes));
        sheet.row("own certificates", yes(settings.has_authorities()));
        sheet.row("sign-in with Microsoft", yes(settings.azure.is_some()));
        sheet.row("calls at once", limits.concurrent);
        sheet.row("calls a minute", limits.per_minute.map_or("any".to_owned(), |calls| calls.to_string()));
        sheet.row("quiet seconds", limits.quiet_seconds);
        let letters = letters(&settings.letters);
        sheet.row("envelope", measures(&letters.envelope)?);
        sheet.row("fold marks", yes(letters.fold_marks));
        sheet.row("company", if letters.company.is_some() { "set" } else { "not set" });
        for row in self.gate_rows() {
            let limit = row.limit.map(|limit| format!(", {} = {}", limit.name, limit.value)).unwrap_or_default();
            sheet.row(&format!("gate.{}", word(row.rule)?), format!("{}{limit}", word(row.severity)?));
        }
        Ok(())
    }
}

/// How many rows of each kind stand where, and what keeps those that are not over.
async fn write_outbox(sheet: &mut Sheet, open: &Open) -> Result<(), Error> {
    let mut standing: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut trouble: BTreeMap<&str, u32> = BTreeMap::new();
    let mut paused = 0_u32;
    for entry in open.store.outbox(OutboxFilter { client: None, over: true, limit: 0 }).await? {
        match entry {
            OutboxEntry::Row(row) => {
                *standing.entry((row.intent.kind().code(), row.state.code())).or_default() += 1;
                paused += u32::from(row.paused);
                if !row.state.is_over()
                    && let Some(why) = &row.trouble
                {
                    *trouble.entry(why.kind.code()).or_default() += 1;
                }
            }
            // Its kind was named by another version.
            OutboxEntry::Parked(parked) => *standing.entry(("unknown kind", parked.state.code())).or_default() += 1,
        }
    }
    sheet.head("Outbox");
    sheet.row("rows", standing.values().sum::<u32>());
    for ((kind, state), rows) in standing {
        sheet.row(&format!("{kind}, {state}"), rows);
    }
    for (kind, rows) in trouble {
        sheet.row(&format!("trouble: {kind}"), rows);
    }
    sheet.row("paused by the agent", paused);
    sheet.row("all sending paused", if open.brake.holds_all() { "yes" } else { "no" });
    Ok(())
}

/// An envelope in one line.
fn measures(envelope: &EnvelopeView) -> Result<String, Error> {
    let mut text = word(envelope.kind)?;
    for window in &envelope.windows {
        text.push_str(&format!(
            ", window {} x {} in at {} from the left and {} from the bottom",
            window.width, window.height, window.left, window.bottom
        ));
    }
    text.push_str(&format!(", first fold at {:.4}", envelope.first_fold));
    Ok(text)
}

/// The file as it grows: sections of named values.
#[derive(Default)]
struct Sheet(String);

impl Sheet {
    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn head(&mut self, title: &str) {
        self.line("");
        self.line(title);
    }

    fn row(&mut self, name: &str, value: impl Display) {
        self.line(&format!("  {name}: {value}"));
    }
}

/// The contract's spelling of one of its words.
fn word(word: impl Serialize) -> Result<String, Error> {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        other => Err(Error::Internal(format!("{other:?} is no word"))),
    }
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
