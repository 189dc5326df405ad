//! What letters are written from (API: Templates).

use crate::decode::{Flag, Instant, Int, Many, Missing, One, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{Template, TemplateContent, TemplateId, TemplateKind};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct TemplateWire {
    id: Int,
    name: Text,
    r#type: Text,
    is_dispute: Flag,
    category: One<CategoryWire>,
    contents: Many<ContentWire>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct CategoryWire {
    name: Text,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ContentWire {
    section_type: Text,
    content: Text,
    version: Text,
    deleted_at: Instant,
}

impl Wire for TemplateWire {
    type Value = Template;

    fn value(self) -> Result<Template, Missing> {
        Ok(Template {
            id: TemplateId(self.id.0.ok_or(Missing("id"))?),
            name: self.name.or_empty(),
            kind: TemplateKind::from_code(&self.r#type.or_empty()),
            is_dispute: self.is_dispute.0.unwrap_or(false),
            category: self.category.0.and_then(|category| category.name.filled()),
            contents: self
                .contents
                .0
                .into_iter()
                .filter(|content| content.deleted_at.0.is_none())
                .map(|content| TemplateContent {
                    section: content.section_type.filled(),
                    html: content.content.or_empty(),
                    version: content.version.filled(),
                })
                .collect(),
        })
    }
}

impl Portal {
    /// One page of the templates with their blocks (API: `listTemplates`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn templates(&self, page: PageRequest) -> Result<Page<Template>, ApiError> {
        self.list::<TemplateWire>(Operation::ListTemplates, page).await
    }
}
