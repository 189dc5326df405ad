//! What signs in to the practice portal. Made up, like everything in it.

use crate::{
    passwords,
    resources::{roles, users},
};

/// What signs in to the practice portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// E-mail address of the account.
    pub email: String,
    /// Password.
    pub password: String,
    /// Value of the `x-api-key` header.
    pub api_key: String,
}

/// Accounts that may do different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Role {
    /// The practice agent, who works with clients and looks after the library: whom [`crate::Running::credentials`] names.
    Agent,
    /// An agent who works with clients only.
    DisputeAgent,
    /// Who looks after the library and sees no client.
    TeamLead,
    /// Who may do everything.
    Administrator,
    /// Who may see everything and change nothing.
    ReadOnly,
}

impl Role {
    /// Every role of the staff. Clients sign in too: [`crate::Running::credentials_of_client`].
    pub const ALL: [Role; 5] = [Role::Agent, Role::DisputeAgent, Role::TeamLead, Role::Administrator, Role::ReadOnly];

    /// As the command line and its output name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Role::Agent => "agent",
            Role::DisputeAgent => "dispute-agent",
            Role::TeamLead => "team-lead",
            Role::Administrator => "administrator",
            Role::ReadOnly => "read-only",
        }
    }

    fn email(self) -> &'static str {
        users::email_with(match self {
            Role::Agent => &[roles::AGENT, roles::TEAM_LEAD],
            Role::DisputeAgent => &[roles::AGENT],
            Role::TeamLead => &[roles::TEAM_LEAD],
            Role::Administrator => &[roles::ADMINISTRATOR],
            Role::ReadOnly => &[roles::READ_ONLY],
        })
    }

    /// What signs its account in.
    pub(crate) fn credentials(self, api_key: &str) -> Credentials {
        first_credentials(self.email(), api_key)
    }
}

/// What signs an account in whose password was never changed.
pub(crate) fn first_credentials(email: &str, api_key: &str) -> Credentials {
    Credentials { email: email.to_owned(), password: passwords::FIRST.to_owned(), api_key: api_key.to_owned() }
}
