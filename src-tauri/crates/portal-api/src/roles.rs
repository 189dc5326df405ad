//! Roles of staff and their permissions (API: Roles).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Operation, Pages, Portal, Record};
use domain::RoleId;

record! {
    /// `UserPermission`.
    pub struct Permission {
        name: Option<String>,
    }
}

record! {
    /// `UserRole`.
    pub struct Role {
        id: Option<RoleId>,
        name: Option<String>,
        permissions: Vec<Permission>,
    }
}

request! {
    /// What `listRoles` can be asked for.
    pub struct ListRolesQuery {
        ;
        name: String,
        per_page: i64,
        sort_direction: SortDirection,
        sort_by: String,
    }
}

impl Portal {
    /// Page the user roles (API: `listRoles`).
    pub fn list_roles(&self, query: &ListRolesQuery) -> Pages<Role> {
        Pages::new(self, Operation::ListRoles, &[], query, &())
    }

    /// Read one role with its permissions (API: `getRole`).
    pub async fn get_role(&self, id: &RoleId) -> Result<Record<Role>, ApiError> {
        self.one(Operation::GetRole, &[&id], &(), &()).await
    }
}
