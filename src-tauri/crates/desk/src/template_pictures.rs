//! Pictures that templates show by the key of a stored file: a letterhead, a signature. They are brought with the library, so
//! that letters look the same without a network.

use crate::desk::Open;
use crate::{Desk, Error};
use domain::{AttachmentId, Snippet, Template};
use portal_api::ApiError;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The largest file, bytes: what the letter engine takes.
const LARGEST: usize = 20 * 1024 * 1024;

impl Desk {
    /// Brings the pictures of all templates and snippets that are not here yet, and lets go of those that none names any
    /// more. One that cannot be brought is missed by its letters, which name it; it is tried again at the next pull.
    pub(crate) async fn bring_template_pictures(&self, open: &Arc<Open>) -> Result<(), Error> {
        let (templates, snippets) = (open.store.templates().await?, open.store.snippets().await?);
        let texts = templates.iter().flat_map(|template| &template.contents).map(|block| block.html.as_str());
        let named: BTreeSet<AttachmentId> =
            texts.chain(snippets.iter().map(|snippet| snippet.html.as_str())).flat_map(files_named).collect();
        let named: Vec<AttachmentId> = named.into_iter().collect();
        let mut write = open.store.write().await?;
        write.set_library_files(&named).await?;
        write.commit().await?;
        let here = open.store.stored_files_here(&named).await?;
        for file in named.into_iter().filter(|file| !here.contains(file)) {
            match self.stored_file(open, file, LARGEST).await {
                Ok(_) => {}
                Err(Error::Portal(error @ ApiError::Unreachable { .. })) => return Err(error.into()),
                Err(error) => tracing::warn!(code = ?error.problem().code, "a template's picture could not be brought"),
            }
        }
        Ok(())
    }

    /// The pictures that a letter of this template may show, by the id in its text. One that the portal does not have is
    /// left to the engine, which names it.
    ///
    /// # Errors
    /// [`Error::Enclosure`] for one that is not here while the portal cannot be reached, or the cache fails.
    pub(crate) async fn template_pictures(
        &self,
        open: &Arc<Open>,
        template: &Template,
        snippets: &[Snippet],
    ) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let texts = template.contents.iter().map(|block| block.html.as_str());
        let mut named: BTreeSet<AttachmentId> = texts.clone().flat_map(files_named).collect();
        // Of snippets, those that the template can reach, however deep they are in each other.
        let mut reached = vec![false; snippets.len()];
        let mut text = plain(&texts.collect::<String>());
        loop {
            let next = snippets
                .iter()
                .zip(&mut reached)
                .find(|(snippet, reached)| !**reached && text.contains(&format!("[{}", plain(&snippet.name))));
            let Some((snippet, reached)) = next else { break };
            *reached = true;
            named.extend(files_named(&snippet.html));
            text.push_str(&plain(&snippet.html));
        }
        let mut pictures = Vec::new();
        for file in named {
            match self.stored_file(open, file, LARGEST).await {
                Ok(bytes) => pictures.push((file.to_string(), bytes)),
                Err(Error::Portal(error @ ApiError::Unreachable { .. })) => {
                    return Err(Error::Enclosure(format!(
                        "The template shows picture {file}, which is not on this computer, and the portal says: {error}"
                    )));
                }
                Err(error) => tracing::warn!(code = ?error.problem().code, "a template's picture could not be brought"),
            }
        }
        Ok(pictures)
    }
}

/// As shortcodes are compared: case, spaces, `_` and `-` do not count.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// The stored files that a text names.
fn files_named(html: &str) -> Vec<AttachmentId> {
    ::letters::pictures_named(html).iter().filter_map(|id| id.parse().ok()).map(AttachmentId).collect()
}
