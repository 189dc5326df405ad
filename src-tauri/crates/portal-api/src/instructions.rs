//! Dispute reasons (API: Instructions).

use crate::claim_codes::ClaimCode;
use crate::creditor_types::CreditorType;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Done, Missing, Operation, Pages, Portal, Record, ToDomain};
use domain::{ClaimCodeId, CreditorTypeId, InstructionId};
use jiff::Timestamp;

record! {
    /// `InstructionResponse`.
    pub struct Instruction {
        id: Option<InstructionId>,
        name: Option<String>,
        order: Option<i64>,
        claim_code: Option<Box<ClaimCode>>,
        creditor_types: Vec<CreditorType>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

request! {
    /// What `listInstructions` can be asked for.
    pub struct ListInstructionsQuery {
        ;
        name: String,
        per_page: i64,
        sort_by: String,
        sort_direction: SortDirection,
    }
}

request! {
    /// `InstructionRequest`.
    pub struct InstructionRequest {
        ;
        claim_code_id: ClaimCodeId,
        creditor_types: Vec<CreditorTypeId>,
        name: String,
    }
}

request! {
    /// `MoveInstructionRequest`.
    pub struct MoveInstructionRequest {
        ;
        order_from: i64,
        order_to: i64,
    }
}

impl ToDomain for Instruction {
    type Value = domain::Reason;

    fn to_domain(self) -> Result<domain::Reason, Missing> {
        Ok(domain::Reason {
            id: self.id.ok_or(Missing("id"))?,
            name: self.name.ok_or(Missing("name"))?,
            order: self.order.unwrap_or(i64::MAX),
            claim_code: self.claim_code.map(|code| code.to_domain()).transpose()?,
            creditor_types: self.creditor_types.into_iter().map(ToDomain::to_domain).collect::<Result<_, _>>()?,
        })
    }
}

impl Portal {
    /// Filter and page the dispute instructions (API: `listInstructions`).
    pub fn list_instructions(&self, query: &ListInstructionsQuery) -> Pages<Instruction> {
        Pages::new(self, Operation::ListInstructions, &[], query, &())
    }

    /// Add a dispute instruction (API: `createInstruction`).
    pub async fn create_instruction(&self, request: &InstructionRequest) -> Result<Record<Instruction>, ApiError> {
        self.one(Operation::CreateInstruction, &[], &(), request).await
    }

    /// Remove a dispute instruction (API: `deleteInstruction`).
    pub async fn delete_instruction(&self, instruction: InstructionId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteInstruction, &[&instruction], &(), &()).await
    }

    /// Read one dispute instruction (API: `getInstruction`).
    pub async fn get_instruction(&self, instruction: InstructionId) -> Result<Record<Instruction>, ApiError> {
        self.one(Operation::GetInstruction, &[&instruction], &(), &()).await
    }

    /// Change a dispute instruction (API: `updateInstruction`).
    pub async fn update_instruction(
        &self,
        instruction: InstructionId,
        request: &InstructionRequest,
    ) -> Result<Record<Instruction>, ApiError> {
        self.one(Operation::UpdateInstruction, &[&instruction], &(), request).await
    }

    /// Change the grid position of an instruction (API: `moveInstruction`).
    pub async fn move_instruction(
        &self,
        instruction: InstructionId,
        request: &MoveInstructionRequest,
    ) -> Result<Done, ApiError> {
        self.done(Operation::MoveInstruction, &[&instruction], &(), request).await
    }
}
