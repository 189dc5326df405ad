//! What was sent and received (API: Correspondence).

use crate::auth::UserWire;
use crate::decode::{Instant, Int, Missing, One, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{Channel, ClientId, Correspondence, CorrespondenceId, ItemId};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct CorrespondenceWire {
    id: Int,
    client_id: Int,
    r#type: Text,
    negative_item_id: Text,
    run_by: One<UserWire>,
    created_at: Instant,
    /// A list of `{name, value}` on read, an object on create (oddity 43).
    attributes: Value,
}

impl Wire for CorrespondenceWire {
    type Value = Correspondence;

    fn value(self) -> Result<Correspondence, Missing> {
        Ok(Correspondence {
            id: CorrespondenceId(self.id.0.ok_or(Missing("id"))?),
            client: ClientId(self.client_id.0.ok_or(Missing("client_id"))?),
            channel: Channel::from_code(&self.r#type.or_empty()),
            item: self.negative_item_id.filled().map(ItemId),
            run_by: self.run_by.0.map(UserWire::display_name).unwrap_or_default(),
            created: self.created_at.0,
            attributes: attributes(self.attributes),
        })
    }
}

fn attributes(value: Value) -> BTreeMap<String, String> {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match value {
        Value::Object(map) => map.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
        Value::Array(list) => list
            .iter()
            .filter_map(|pair| Some((pair.get("name")?.as_str()?.to_owned(), text(pair.get("value")?))))
            .collect(),
        _ => BTreeMap::new(),
    }
}

impl Portal {
    /// One page of all correspondence (API: `listCorrespondences`; sorts by `created_at`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn correspondences(&self, page: PageRequest) -> Result<Page<Correspondence>, ApiError> {
        self.list::<CorrespondenceWire>(Operation::ListCorrespondences, page).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn attributes_read_as_a_list_and_as_an_object() {
        for body in [
            r#"{"id":1,"client_id":2,"type":"fax","attributes":[{"name":"fax_number","value":"302-555-0101"}]}"#,
            r#"{"id":1,"client_id":2,"type":"fax","attributes":{"fax_number":"302-555-0101"}}"#,
        ] {
            let Ok(record) = decode::record::<CorrespondenceWire>(body) else { panic!("readable") };
            assert_eq!(record.value.attributes["fax_number"], "302-555-0101");
            assert_eq!(record.value.channel, Channel::Fax);
        }
    }
}
