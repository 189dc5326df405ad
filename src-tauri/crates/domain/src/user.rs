//! The signed-in member of staff.

use crate::UserId;

/// A user of the portal (API: Auth, `User`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Server key.
    pub id: UserId,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Sign-in address.
    pub email: String,
    /// Permission names of all roles, sorted, without repeats.
    pub permissions: Vec<String>,
}

impl User {
    /// First and last name, or the e-mail address when both are empty.
    #[must_use]
    pub fn display_name(&self) -> String {
        let name = format!("{} {}", self.first_name.trim(), self.last_name.trim());
        let name = name.trim();
        if name.is_empty() { self.email.clone() } else { name.to_owned() }
    }
}
