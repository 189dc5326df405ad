//! Any documented operation by its name, for tools: what there is, and one call.
//!
//! The call is as the desk makes it itself: the route in force, the session with its refresh, the limits.

use crate::Error;
use crate::desk::Desk;
use futures::StreamExt;
use portal_api::{Answer, FileSource, Operation, Portal, Upload};
use serde::Serialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt;

/// The longest answer that is kept in memory, bytes.
const LONGEST: usize = 64 * 1024 * 1024;

/// A documented operation.
#[derive(Clone, Debug, Serialize)]
pub struct ApiOperation {
    /// Its id.
    pub operation: &'static str,
    /// HTTP method in force.
    pub method: String,
    /// Path in force, below the portal's address.
    pub path: String,
    /// Names of the path's parameters.
    pub parameters: Vec<&'static str>,
    /// Names of what it can be asked with.
    pub query: Vec<&'static str>,
    /// Names of what its body holds.
    pub body: &'static [&'static str],
    /// What it answers.
    pub answer: &'static str,
}

/// One call.
#[derive(Clone, Debug, Default)]
pub struct ApiCall {
    /// The operation's id.
    pub operation: String,
    /// Values by name: of the path, of the query, and the caption of an upload.
    pub params: Vec<(String, String)>,
    /// A file: the JSON body, or the file to upload.
    pub body: Option<PathBuf>,
    /// Where the answer is written as it comes; it is kept in memory without.
    pub out: Option<PathBuf>,
}

/// What a call answered.
#[derive(Clone, Debug, Serialize)]
pub struct ApiAnswer {
    /// HTTP status: 2xx.
    pub status: u16,
    /// Media type.
    pub kind: String,
    /// The body, unless it went to a file.
    #[serde(skip)]
    pub body: Vec<u8>,
    /// What the desk could not read of it: JSON path and reason.
    pub unread: Vec<String>,
}

impl Desk {
    /// Every documented operation, with the routes in force.
    #[must_use]
    pub fn api_list(&self) -> Vec<ApiOperation> {
        let row = |operation: &Operation| {
            let (method, path) = self.inner.settings.routes.of(*operation);
            let mut query = operation.query().to_vec();
            query.extend(operation.takes_page().then_some("page"));
            ApiOperation {
                operation: operation.id(),
                method: method.to_string(),
                path: path.to_owned(),
                parameters: operation.parameters(),
                query,
                body: operation.body(),
                answer: match operation.answer() {
                    Answer::Page => "page",
                    Answer::List => "list",
                    Answer::Record | Answer::Whole => "record",
                    Answer::RecordOrNothing => "record or nothing",
                    Answer::Nothing => "nothing",
                    Answer::File => "file",
                },
            }
        };
        Operation::ALL.iter().map(row).collect()
    }

    /// Makes one call in the signed-in session.
    ///
    /// # Errors
    /// An unknown operation or parameter, a file that cannot be read or written, or the call's own failure.
    pub async fn api_call(&self, call: ApiCall) -> Result<ApiAnswer, Error> {
        let operation = Operation::from_id(&call.operation).ok_or_else(|| {
            Error::bad("operation", format!("there is no {}; `desk api list` shows them", call.operation))
        })?;
        let open = self.ready().await?;
        let portal = self.connected(&open).await?;
        let params = Params::sorted(operation, call.params)?;
        if is_upload(operation) {
            let file = call.body.ok_or_else(|| Error::bad("body", "name the file to upload"))?;
            return upload(&portal, operation, &file, params.caption).await;
        }
        let body = match &call.body {
            Some(path) => Some(json(path).await?),
            None => None,
        };
        let download = portal.call(operation, &params.path, &params.query, body.as_ref()).await?;
        let (status, kind) = (download.status(), download.kind());
        if let Some(out) = &call.out {
            let failed = |source| Error::File { path: out.clone(), source };
            let mut file = tokio::fs::File::create(out).await.map_err(failed)?;
            let mut pieces = std::pin::pin!(download.pieces());
            while let Some(piece) = pieces.next().await {
                file.write_all(&piece?).await.map_err(failed)?;
            }
            file.flush().await.map_err(failed)?;
            return Ok(ApiAnswer { status, kind, body: Vec::new(), unread: Vec::new() });
        }
        let body = download.bytes(LONGEST).await?;
        let unread = match operation.check(&String::from_utf8_lossy(&body)) {
            Ok(reading) => reading.parked,
            Err(error) => vec![error.to_string()],
        };
        Ok(ApiAnswer { status, kind, body, unread })
    }
}

fn is_upload(operation: Operation) -> bool {
    matches!(operation, Operation::UploadAttachment | Operation::PortalUploadAttachment)
}

/// Parameters by where they go.
#[derive(Default)]
struct Params {
    path: Vec<String>,
    query: Vec<(String, String)>,
    caption: Option<String>,
}

impl Params {
    fn sorted(operation: Operation, params: Vec<(String, String)>) -> Result<Self, Error> {
        let mut sorted = Self::default();
        let names = operation.parameters();
        for name in &names {
            let value = params.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone());
            sorted
                .path
                .push(value.ok_or_else(|| Error::bad("param", format!("{operation} needs --param {name}=...")))?);
        }
        for (name, value) in params.into_iter().filter(|(name, _)| !names.contains(&name.as_str())) {
            if operation.query().contains(&name.as_str()) || (name == "page" && operation.takes_page()) {
                sorted.query.push((name, value));
            } else if name == "caption" && is_upload(operation) {
                sorted.caption = Some(value);
            } else {
                return Err(Error::bad(
                    "param",
                    format!("{operation} takes no {name}; `desk api list` shows what it takes"),
                ));
            }
        }
        Ok(sorted)
    }
}

async fn json(path: &Path) -> Result<Value, Error> {
    let text = tokio::fs::read(path).await.map_err(|source| Error::Unreadable { path: path.to_owned(), source })?;
    serde_json::from_slice(&text)
        .map_err(|error| Error::bad("body", format!("{} is not JSON: {error}", path.display())))
}

async fn upload(
    portal: &Portal,
    operation: Operation,
    file: &Path,
    caption: Option<String>,
) -> Result<ApiAnswer, Error> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let upload = Upload {
        kind: media_type(&name).to_owned(),
        name,
        source: FileSource::Path(file.to_owned()),
        caption,
        on_progress: None,
    };
    let attachment = match operation {
        Operation::PortalUploadAttachment => portal.portal_upload_attachment(&upload).await?,
        _ => portal.upload_attachment(&upload).await?,
    };
    let body = attachment.body.into_bytes();
    Ok(ApiAnswer { status: 201, kind: "application/json".to_owned(), body, unread: Vec::new() })
}

fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("pdf") => "application/pdf",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("csv") => "text/csv",
        Some("doc") => "application/msword",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}
