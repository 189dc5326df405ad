//! Codes per bureau behind a reason (API: Claim Codes).

use crate::fields::{record, request};
use crate::{ApiError, Done, Operation, Page, Portal, Record};
use crate::{Missing, ToDomain};
use domain::ClaimCodeId;
use jiff::Timestamp;

record! {
    /// `ClaimCodeResponse`.
    pub struct ClaimCode {
        id: Option<ClaimCodeId>,
        tcp_name: Option<String>,
        eq_code: Option<String>,
        ex_code: Option<String>,
        tu_code: Option<String>,
        is_active: Option<bool>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// `CreateClaimCodeRequest`.
    pub struct CreateClaimCodeRequest {
        ;
        eq_code: String,
        ex_code: String,
        is_active: bool,
        tcp_name: String,
        tu_code: String,
    }
}

request! {
    /// `UpdateClaimCodeRequest`.
    pub struct UpdateClaimCodeRequest {
        ;
        eq_code: String,
        ex_code: String,
        is_active: bool,
        tcp_name: String,
        tu_code: String,
    }
}

impl ToDomain for ClaimCode {
    type Value = domain::ClaimCode;

    fn to_domain(self) -> Result<domain::ClaimCode, Missing> {
        Ok(domain::ClaimCode {
            id: self.id.ok_or(Missing("id"))?,
            name: self.tcp_name.unwrap_or_default(),
            equifax: self.eq_code.unwrap_or_default(),
            experian: self.ex_code.unwrap_or_default(),
            transunion: self.tu_code.unwrap_or_default(),
            is_active: self.is_active.unwrap_or(true),
        })
    }
}

impl Portal {
    /// Every claim code there is (API: `listClaimCodes`).
    pub async fn list_claim_codes(&self) -> Result<Page<ClaimCode>, ApiError> {
        self.list(Operation::ListClaimCodes, &[], &(), &()).await
    }

    /// Add a claim code (API: `createClaimCode`).
    pub async fn create_claim_code(&self, request: &CreateClaimCodeRequest) -> Result<Record<ClaimCode>, ApiError> {
        self.one(Operation::CreateClaimCode, &[], &(), request).await
    }

    /// Remove a claim code (API: `deleteClaimCode`).
    pub async fn delete_claim_code(&self, id: ClaimCodeId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteClaimCode, &[&id], &(), &()).await
    }

    /// Change a claim code (API: `updateClaimCode`).
    pub async fn update_claim_code(
        &self,
        id: ClaimCodeId,
        request: &UpdateClaimCodeRequest,
    ) -> Result<Record<ClaimCode>, ApiError> {
        self.one(Operation::UpdateClaimCode, &[&id], &(), request).await
    }
}
