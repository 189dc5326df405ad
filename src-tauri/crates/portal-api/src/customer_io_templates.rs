//! Templates held by Customer.io (API: CustomerIo Templates).

use crate::fields::record;
use crate::{ApiError, Operation, Page, Portal};
use domain::CustomerIoTemplateId;
use jiff::Timestamp;

record! {
    /// `CustomerIoTemplate`.
    pub struct CustomerIoTemplate {
        id: Option<CustomerIoTemplateId>,
        name: Option<String>,
        description: Option<String>,
        trigger_name: Option<String>,
        hide_message_body: Option<bool>,
        link_tracking: Option<bool>,
        open_tracking: Option<bool>,
        queue_drafts: Option<bool>,
        send_to_unsubscribed: Option<bool>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

impl Portal {
    /// All Customer.io templates (API: `listCustomerIoTemplates`).
    pub async fn list_customer_io_templates(&self) -> Result<Page<CustomerIoTemplate>, ApiError> {
        self.list(Operation::ListCustomerIoTemplates, &[], &(), &()).await
    }
}
