//! What was sent and received (API: Correspondence).

use crate::attachments::Attachment;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::users::User;
use crate::{ApiError, Missing, Operation, Pages, Portal, Record, ToDomain};
use domain::{AttachmentId, Channel, ClientId, CorrespondenceId, ItemId, UserId};
use jiff::Timestamp;
use std::collections::BTreeMap;

record! {
    /// `CorrespondenceResponse`.
    pub struct Correspondence {
        id: Option<CorrespondenceId>,
        client_id: Option<ClientId>,
        r#type: Option<Channel>,
        negative_item_id: Option<ItemId>,
        run_by: Option<Box<User>>,
        created_at: Option<Timestamp>,
        attachments: Vec<Attachment>,
        attributes: BTreeMap<String, String>,
    }
}

request! {
    /// What `listCorrespondences` can be asked for.
    pub struct ListCorrespondencesQuery {
        ;
        r#type: Channel,
        client_id: ClientId,
        run_by: UserId,
        recipient: String,
        fax_number: String,
        negative_item_id: ItemId,
        search: String,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

request! {
    /// Whom a fax goes to: exactly one of recipient and furnisher (oddity 44).
    pub struct FaxRecipient {
        fax_number: String,
        ;
        recipient: String,
        furnisher: String,
    }
}

request! {
    /// A fax: its file, and exactly one of recipient and furnisher (oddity 44).
    pub struct Fax {
        fax_number: String,
        ;
        attachment_id: AttachmentId,
        recipient: String,
        furnisher: String,
    }
}

request! {
    /// An e-mail.
    pub struct Email {
        to: String,
        subject: String,
        body: String,
        ;
    }
}

request! {
    /// A text message.
    pub struct TextMessage {
        number: String,
        body: String,
        ;
        tfn_id: String,
    }
}

request! {
    /// A letter that the portal's provider prints and mails.
    pub struct PostalLetter {
        content: String,
        postal_address: String,
        ;
    }
}

request! {
    /// `CreateCorrespondenceRequest`.
    pub struct CreateCorrespondenceRequest {
        client_id: ClientId,
        r#type: Channel,
        ;
        attachment_id: AttachmentId,
        attributes: FaxRecipient,
    }
}

request! {
    /// `SendCorrespondenceRequest`.
    pub struct SendCorrespondenceRequest {
        r#type: Channel,
        ;
        client_id: ClientId,
        email: Email,
        fax: Fax,
        letter: PostalLetter,
        negative_item_id: ItemId,
        sms: TextMessage,
    }
}

impl ToDomain for Correspondence {
    type Value = domain::Correspondence;

    fn to_domain(self) -> Result<domain::Correspondence, Missing> {
        Ok(domain::Correspondence {
            id: self.id.ok_or(Missing("id"))?,
            client: self.client_id.ok_or(Missing("client_id"))?,
            channel: self.r#type.unwrap_or(Channel::Other(String::new())),
            item: self.negative_item_id,
            run_by: self.run_by.map(|user| user.display_name()).unwrap_or_default(),
            created: self.created_at,
            attributes: self.attributes,
            attachments: self.attachments.into_iter().map(ToDomain::to_domain).collect::<Result<_, _>>()?,
        })
    }
}

impl Portal {
    /// Filter and page faxes, mails, texts and letters (API: `listCorrespondences`).
    pub fn list_correspondences(&self, query: &ListCorrespondencesQuery) -> Pages<Correspondence> {
        Pages::new(self, Operation::ListCorrespondences, &[], query, &())
    }

    /// Record a correspondence (fax only) (API: `createCorrespondence`).
    pub async fn create_correspondence(
        &self,
        request: &CreateCorrespondenceRequest,
    ) -> Result<Record<Correspondence>, ApiError> {
        self.one(Operation::CreateCorrespondence, &[], &(), request).await
    }

    /// Send a fax, mail, text or letter through its provider (API: `sendCorrespondence`).
    pub async fn send_correspondence(
        &self,
        request: &SendCorrespondenceRequest,
    ) -> Result<Record<Correspondence>, ApiError> {
        self.one(Operation::SendCorrespondence, &[], &(), request).await
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
            let record = decode::one::<Correspondence>(body).unwrap();
            assert_eq!(record.attributes["fax_number"], "302-555-0101");
            assert_eq!(record.r#type, Some(Channel::Fax));
        }
    }
}
