//! What may be uploaded: JPEG, PNG, PDF, DOC and DOCX, judged by their content, and CSV, without which there could be no
//! import.

use crate::{
    fields::{Fields, null},
    kinds::Kind,
    problem::Problem,
};
use axum::extract::{Multipart, multipart::MultipartRejection};
use serde_json::Value;

/// 20 MB, as far as the field is judged; the request around it may be a little longer.
const LONGEST_KILOBYTES: usize = 20 * 1024;

/// The longest request that carries a file, in bytes.
pub(crate) const LONGEST_REQUEST: usize = (LONGEST_KILOBYTES + 64) * 1024;

/// A file that may be stored.
#[derive(Debug)]
pub(crate) struct Upload {
    /// As they came.
    pub(crate) bytes: Vec<u8>,
    /// The label, null without one.
    pub(crate) caption: Value,
    /// By content.
    pub(crate) media_type: &'static str,
    /// By content.
    pub(crate) extension: &'static str,
}

/// Reads the parts `file` and `caption`.
///
/// # Errors
/// A 422 that names what is missing or wrong.
pub(crate) async fn read(form: Result<Multipart, MultipartRejection>) -> Result<Upload, Problem> {
    let (bytes, caption) = match form {
        Ok(form) => parts(form).await?,
        // Whatever else was sent, it is no form, so there is no file in it.
        Err(_) => (None, None),
    };
    let mut fields = Fields::of_text(caption.map(|caption| ("caption".to_owned(), caption)));
    let caption = fields.read(&[null("caption", Kind::Text(255))]).remove("caption").unwrap_or_default();
    let kind = match &bytes {
        None => {
            fields.refuse("file", "The file field is required.");
            None
        }
        Some(bytes) if bytes.len() > LONGEST_KILOBYTES * 1024 => {
            fields.refuse("file", format!("The file field must not be greater than {LONGEST_KILOBYTES} kilobytes."));
            None
        }
        Some(bytes) => kind_of(bytes),
    };
    if kind.is_none() {
        fields.refuse("file", "The file field must be a file of type: jpg, jpeg, png, pdf, doc, docx, csv.");
    }
    fields.finish()?;
    match (bytes, kind) {
        (Some(bytes), Some((media_type, extension))) => Ok(Upload { bytes, caption, media_type, extension }),
        _ => Err(Problem::field("file", "The file field is required.")),
    }
}

async fn parts(mut form: Multipart) -> Result<(Option<Vec<u8>>, Option<String>), Problem> {
    let (mut file, mut caption) = (None, None);
    let unreadable = |_| {
        let message = format!("The file failed to upload; it may be greater than {LONGEST_KILOBYTES} kilobytes.");
        Problem::field("file", message)
    };
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        match part.name() {
            Some("file") => file = Some(part.bytes().await.map_err(unreadable)?.to_vec()),
            Some("caption") => caption = Some(part.text().await.map_err(unreadable)?),
            _ => {}
        }
    }
    Ok((file, caption))
}

/// Media type and extension of the kinds that are taken, by content.
fn kind_of(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let contains = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    if bytes.starts_with(b"\xff\xd8\xff") {
        Some(("image/jpeg", "jpg"))
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(("image/png", "png"))
    } else if bytes.starts_with(b"%PDF-") {
        Some(("application/pdf", "pdf"))
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Some(("application/msword", "doc"))
    } else if bytes.starts_with(b"PK\x03\x04") && contains(b"word/document.xml") {
        Some((WORD, "docx"))
    } else if is_table(bytes) {
        Some(("text/csv", "csv"))
    } else {
        None
    }
}

/// Text whose first line names columns: words between commas.
fn is_table(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let head = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let is_name = |name: &str| {
        let name = name.trim().trim_matches('"');
        !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ' ' | '-'))
    };
    head.contains(',') && head.split(',').all(is_name)
}
