//! Files on their way to and from the portal, never whole in memory when they are not already.

use crate::ApiError;
use crate::client::Answered;
use crate::fields::send::Sent;
use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt, TryStreamExt};
use reqwest::multipart::{Form, Part};
use reqwest::{Response, header};
use serde_json::Value;
use std::fmt;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::io::ReaderStream;

/// Told how many bytes have left, again and again, from a background task.
pub type OnProgress = Arc<dyn Fn(u64) + Send + Sync>;

/// A file to send (API: `uploadAttachment`).
#[derive(Clone)]
pub struct Upload {
    /// Name that the portal is told.
    pub name: String,
    /// Media type, e.g. `application/pdf`.
    pub kind: String,
    /// Where its bytes are.
    pub source: FileSource,
    /// What the portal shows for it.
    pub caption: Option<String>,
    /// Told how far it is.
    pub on_progress: Option<OnProgress>,
}

/// Where the bytes of a file are.
#[derive(Clone)]
pub enum FileSource {
    /// On disk; read as it is sent.
    Path(PathBuf),
    /// In memory.
    Bytes(Bytes),
    /// Somewhere else, in pieces.
    Pieces {
        /// Bytes in all.
        length: u64,
        /// Begins to read from the start; called for each try.
        open: OpenPieces,
    },
}

/// Begins to read a file from its start.
pub type OpenPieces = Arc<dyn Fn() -> BoxStream<'static, std::io::Result<Bytes>> + Send + Sync>;

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Upload")
    }
}

/// A form, not a JSON object.
impl Sent for Upload {
    const FIELDS: &'static [&'static str] = &["file", "caption"];

    fn sent(&self) -> Option<Value> {
        None
    }
}

impl Upload {
    /// The multipart form; each try makes a new one.
    pub(crate) async fn form(&self, pulse: &Pulse) -> Result<Form, ApiError> {
        let refused = |message: &str| ApiError::Refused {
            message: message.to_owned(),
            fields: [("file".to_owned(), vec![message.to_owned()])].into(),
        };
        let sent = Arc::new(AtomicU64::new(0));
        let on_progress = self.on_progress.clone();
        let pulse = pulse.clone();
        let count = move |piece: &Bytes| {
            pulse.0.send_replace(());
            let length = piece.len() as u64;
            let total = sent.fetch_add(length, Ordering::Relaxed) + length;
            if let Some(tell) = &on_progress {
                tell(total);
            }
        };
        let part = match &self.source {
            FileSource::Bytes(bytes) => {
                let pieces = pieces_of(bytes.clone()).inspect(count).map(Ok::<_, std::io::Error>);
                Part::stream_with_length(reqwest::Body::wrap_stream(pieces), bytes.len() as u64)
            }
            FileSource::Pieces { length, open } => {
                Part::stream_with_length(reqwest::Body::wrap_stream(open().inspect_ok(count)), *length)
            }
            FileSource::Path(path) => {
                let file = tokio::fs::File::open(path).await.map_err(|_| refused("the file can no longer be read"))?;
                let length = file.metadata().await.map_err(|_| refused("the file can no longer be read"))?.len();
                let pieces = ReaderStream::with_capacity(file, PIECE).inspect_ok(count);
                Part::stream_with_length(reqwest::Body::wrap_stream(pieces), length)
            }
        };
        let part = part.file_name(self.name.clone());
        let part = part.mime_str(&self.kind).map_err(|_| refused("the kind of the file is not a media type"))?;
        let form = Form::new().part("file", part);
        Ok(match &self.caption {
            Some(caption) => form.text("caption", caption.clone()),
            None => form,
        })
    }
}

/// Beats whenever a piece of a file is taken.
#[derive(Clone)]
pub(crate) struct Pulse(watch::Sender<()>);

impl Pulse {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(()))
    }

    /// Waits for the answer to an upload for as long as it moves.
    ///
    /// # Errors
    /// [`ApiError::Unreachable`], also when nothing moved for `longest`.
    pub(crate) async fn watch(
        &self,
        sending: impl Future<Output = reqwest::Result<Response>>,
        longest: Duration,
    ) -> Result<Response, ApiError> {
        let mut beats = self.0.subscribe();
        let mut sending = pin!(sending);
        loop {
            tokio::select! {
                answer = &mut sending => return answer.map_err(ApiError::transport),
                beat = timeout(longest, beats.changed()) => beat.map(drop).map_err(|_| ApiError::too_slow())?,
            }
        }
    }
}

/// Bytes in a piece, so that progress is told often enough.
const PIECE: usize = 64 * 1024;

fn pieces_of(bytes: Bytes) -> impl Stream<Item = Bytes> {
    futures::stream::unfold(bytes, |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        let piece = rest.split_to(rest.len().min(PIECE));
        Some((piece, rest))
    })
}

/// A file that is being received.
#[derive(Debug)]
pub struct Download {
    answered: Answered,
}

impl Download {
    pub(crate) fn new(answered: Answered) -> Self {
        Self { answered }
    }

    /// HTTP status: 2xx.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.answered.response.status().as_u16()
    }

    /// Media type as the server names it; may be empty.
    #[must_use]
    pub fn kind(&self) -> String {
        crate::answer::kind(&self.answered.response)
    }

    /// Bytes in all, when the server says.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.answered.response.content_length()
    }

    /// The file name of `Content-Disposition`, without folders.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        let header = self.answered.response.headers().get(header::CONTENT_DISPOSITION)?.to_str().ok()?;
        let name = header.split(';').find_map(|part| part.trim().strip_prefix("filename="))?.trim_matches('"');
        name.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).map(str::to_owned)
    }

    /// The bytes as they come. Each piece may fail as [`ApiError::Unreachable`]; dropping the stream stops it.
    pub fn pieces(self) -> impl Stream<Item = Result<Bytes, ApiError>> {
        let Answered { response, place } = self.answered;
        // The place is held until the last piece came.
        response.bytes_stream().map_err(ApiError::transport).inspect(move |_| {
            let _held = &place;
        })
    }

    /// All bytes, for files that are known to be small.
    ///
    /// # Errors
    /// [`ApiError::Unreachable`], and [`ApiError::Refused`] when there are more than `most` bytes.
    pub async fn bytes(self, most: usize) -> Result<Vec<u8>, ApiError> {
        let mut pieces = std::pin::pin!(self.pieces());
        let mut bytes = Vec::new();
        while let Some(piece) = pieces.try_next().await? {
            if bytes.len() + piece.len() > most {
                let message = format!("the file is larger than {most} bytes");
                return Err(ApiError::Refused { message, fields: crate::Fields::new() });
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}
