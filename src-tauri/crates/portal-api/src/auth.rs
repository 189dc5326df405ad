//! Signing in and refreshing (API: Auth).

use crate::client::{Auth, Call};
use crate::decode::{self, Int, Many, Missing, Text, Wire};
use crate::{ApiError, Operation, Portal, Token};
use domain::{User, UserId};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// A session that began or was renewed.
pub struct SignedIn {
    /// The bearer token.
    pub token: Token,
    /// Who signed in.
    pub user: User,
}

#[derive(Serialize)]
struct Login<'a> {
    email: &'a str,
    password: &'a str,
}

#[derive(Deserialize)]
struct AuthToken {
    token: String,
    user: UserWire,
}

/// `User`, and the short forms of it that records embed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct UserWire {
    id: Int,
    first_name: Text,
    last_name: Text,
    email: Text,
    roles: Many<RoleWire>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct RoleWire {
    permissions: Many<PermissionWire>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct PermissionWire {
    name: Text,
}

impl UserWire {
    /// First and last name, else e-mail, else empty: how records name their author.
    pub(crate) fn display_name(self) -> String {
        match self.value() {
            Ok(user) => user.display_name(),
            Err(Missing(_)) => String::new(),
        }
    }
}

impl Wire for UserWire {
    type Value = User;

    fn value(self) -> Result<User, Missing> {
        let mut permissions: Vec<String> =
            self.roles.0.into_iter().flat_map(|role| role.permissions.0).filter_map(|p| p.name.filled()).collect();
        permissions.sort();
        permissions.dedup();
        Ok(User {
            id: UserId(self.id.0.ok_or(Missing("user.id"))?),
            first_name: self.first_name.or_empty(),
            last_name: self.last_name.or_empty(),
            email: self.email.or_empty(),
            permissions,
        })
    }
}

impl Portal {
    /// Signs in with e-mail and password; the session is then this connection's (API: `login`).
    ///
    /// # Errors
    /// [`ApiError::WrongCredentials`] for 401, [`ApiError::Refused`] for values the server does not take.
    pub async fn sign_in(&self, email: &str, password: &SecretString) -> Result<SignedIn, ApiError> {
        let body = Login { email, password: password.expose_secret() };
        let call = Call {
            operation: Operation::Login,
            parameters: &[],
            query: Vec::new(),
            body: Some(&body),
            auth: Auth::ApiKey,
        };
        let signed_in = self.decoded(call, |body| signed_in(Operation::Login, body)).await?;
        self.set_token(Some(signed_in.token.clone()));
        Ok(signed_in)
    }

    /// Renews a live or expired session (API: `refreshToken`). Ordinary calls do this by themselves.
    pub(crate) async fn refresh_with(&self, token: Option<&Token>) -> Result<SignedIn, ApiError> {
        let operation = Operation::RefreshToken;
        let response = self.attempt(&Call::get(operation), token).await?;
        let body = crate::client::text(operation, response).await?;
        signed_in(operation, &body)
    }
}

fn signed_in(operation: Operation, body: &str) -> Result<SignedIn, ApiError> {
    let answer: AuthToken = decode::plain(body).map_err(|trouble| trouble.of(operation))?;
    let user = answer.user.value().map_err(|Missing(path)| ApiError::Unreadable {
        operation,
        path: path.to_owned(),
        reason: "missing".to_owned(),
    })?;
    if answer.token.is_empty() {
        return Err(ApiError::Unreadable { operation, path: "token".into(), reason: "empty".into() });
    }
    Ok(SignedIn { token: SecretString::from(answer.token), user })
}
