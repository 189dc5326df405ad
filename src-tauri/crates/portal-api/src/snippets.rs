//! Reusable texts (API: Snippets).

use crate::decode::{Flag, Int, Missing, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{Snippet, SnippetId};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct SnippetWire {
    id: Int,
    name: Text,
    content: Text,
    is_state_related: Flag,
    state_code: Text,
}

impl Wire for SnippetWire {
    type Value = Snippet;

    fn value(self) -> Result<Snippet, Missing> {
        let state = self.state_code.filled().filter(|_| self.is_state_related.0.unwrap_or(false));
        Ok(Snippet {
            id: SnippetId(self.id.0.ok_or(Missing("id"))?),
            name: self.name.filled().ok_or(Missing("name"))?,
            html: self.content.or_empty(),
            state,
        })
    }
}

impl Portal {
    /// One page of the snippets (API: `listSnippets`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn snippets(&self, page: PageRequest) -> Result<Page<Snippet>, ApiError> {
        self.list::<SnippetWire>(Operation::ListSnippets, page).await
    }
}
