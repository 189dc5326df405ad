//! The company's saved selections of clients.

use crate::SegmentId;

/// A segment of clients (API: Segments). Who is in it is the portal's to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Server key.
    pub id: SegmentId,
    /// What it is called.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// How many clients the portal counted; unknown when it does not say.
    pub clients: Option<u32>,
}
