//! Signing in, renewing, and forgotten passwords (API: Auth).

use crate::fields::{record, request};
use crate::users::User;
use crate::{ApiError, Done, Missing, Operation, Portal, Record, ToDomain, Token};
use secrecy::SecretString;

record! {
    /// `AuthToken`.
    pub struct AuthToken {
        token: Option<String>,
        user: Option<Box<User>>,
    }
}

request! {
    /// `LoginRequest`.
    pub struct LoginRequest {
        email: String,
        password: SecretString,
        ;
    }
}

request! {
    /// `LoginSocialiteRequest`. Verifier and redirect address are not documented; a server that redeems the code needs
    /// them, because the code was asked for with PKCE ([`crate::azure`]).
    pub struct LoginSocialiteRequest {
        code: SecretString,
        provider: String,
        ;
        code_verifier: SecretString,
        redirect_uri: String,
    }
}

request! {
    /// `ForgotPasswordRequest`.
    pub struct ForgotPasswordRequest {
        email: String,
        ;
    }
}

request! {
    /// `ResetPasswordRequest`.
    pub struct ResetPasswordRequest {
        email: String,
        password: SecretString,
        token: SecretString,
        password_confirmation: SecretString,
        ;
    }
}

/// A session that began or was renewed.
pub struct SignedIn {
    /// The bearer token.
    pub token: Token,
    /// Who signed in.
    pub user: domain::User,
}

impl Portal {
    /// Signs in with e-mail and password; the session is then this connection's (API: `login`). A 401 is
    /// [`ApiError::WrongCredentials`].
    pub async fn login(&self, request: &LoginRequest) -> Result<SignedIn, ApiError> {
        self.signed_in(Operation::Login, self.one(Operation::Login, &[], &(), request).await?)
    }

    /// Signs in with the code that a provider's page brought back (API: `loginSocialite`).
    pub async fn login_socialite(&self, request: &LoginSocialiteRequest) -> Result<SignedIn, ApiError> {
        self.signed_in(Operation::LoginSocialite, self.one(Operation::LoginSocialite, &[], &(), request).await?)
    }

    /// Renews a live or expired session (API: `refreshToken`). Ordinary calls do this by themselves.
    pub async fn refresh_token(&self) -> Result<SignedIn, ApiError> {
        self.signed_in(Operation::RefreshToken, self.one(Operation::RefreshToken, &[], &(), &()).await?)
    }

    /// Has the password-reset instructions mailed (API: `forgotPassword`).
    pub async fn forgot_password(&self, request: &ForgotPasswordRequest) -> Result<Done, ApiError> {
        self.done(Operation::ForgotPassword, &[], &(), request).await
    }

    /// Sets a new password with the token of the mail (API: `resetPassword`).
    pub async fn reset_password(&self, request: &ResetPasswordRequest) -> Result<Done, ApiError> {
        self.done(Operation::ResetPassword, &[], &(), request).await
    }

    fn signed_in(&self, operation: Operation, answer: Record<AuthToken>) -> Result<SignedIn, ApiError> {
        let unreadable =
            |path: &str| ApiError::Unreadable { operation, path: path.to_owned(), reason: "missing".into() };
        let AuthToken { token, user } = answer.value;
        let user = user.ok_or_else(|| unreadable("user"))?;
        let user = user.to_domain().map_err(|Missing(path)| unreadable(&format!("user.{path}")))?;
        let token: Token = token.ok_or_else(|| unreadable("token"))?.into();
        self.set_token(Some(token.clone()));
        Ok(SignedIn { token, user })
    }
}
