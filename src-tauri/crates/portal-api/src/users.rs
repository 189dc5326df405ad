//! Members of staff, as records embed them.

use crate::fields::record;
use crate::roles::Role;
use crate::{Missing, ToDomain};
use domain::UserId;
use jiff::Timestamp;

record! {
    /// `UserAccessLog`.
    pub struct AccessLog {
        last_login_at: Option<Timestamp>,
    }
}

record! {
    /// `User`, `UserShort`.
    pub struct User keyed id {
        id: Option<UserId>,
        first_name: Option<String>,
        last_name: Option<String>,
        email: Option<String>,
        roles: Vec<Role>,
        user_access_log: Option<Box<AccessLog>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
        is_disabled: Option<bool>,
    }
}

impl User {
    /// First and last name, else e-mail, else empty: how records name their author.
    #[must_use]
    pub fn display_name(&self) -> String {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        let name = format!("{} {}", part(&self.first_name), part(&self.last_name));
        match name.trim() {
            "" => part(&self.email),
            name => name.to_owned(),
        }
    }
}

impl ToDomain for User {
    type Value = domain::User;

    fn to_domain(self) -> Result<domain::User, Missing> {
        let permissions = self.roles.into_iter().flat_map(|role| role.permissions);
        let mut permissions: Vec<String> = permissions.filter_map(|permission| permission.name).collect();
        permissions.sort();
        permissions.dedup();
        Ok(domain::User {
            id: self.id.ok_or(Missing("id"))?,
            first_name: self.first_name.unwrap_or_default(),
            last_name: self.last_name.unwrap_or_default(),
            email: self.email.unwrap_or_default(),
            permissions,
        })
    }
}
