//! Contract texts and their versions (API: Contracts).

use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::products::Product;
use crate::users::User;
use crate::{ApiError, Done, Operation, Page, Pages, Portal, Record};
use domain::{ContractId, ContractVersionId, ProductId};
use jiff::Timestamp;
use jiff::civil::Date;

record! {
    /// `ContractResponse`.
    pub struct Contract {
        id: Option<ContractId>,
        name: Option<String>,
        description: Option<String>,
        r#type: Option<String>,
        content: Option<String>,
        product: Option<Box<Product>>,
        created_at: Option<Timestamp>,
        updated_at: Option<Timestamp>,
    }
}

record! {
    /// `ContractVersionResponse`.
    pub struct ContractVersion {
        id: Option<ContractVersionId>,
        contract_id: Option<ContractId>,
        version_number: Option<String>,
        content: Option<String>,
        author_id: Option<Box<User>>,
        created_at: Option<Timestamp>,
    }
}

request! {
    /// What `listContracts` can be asked for.
    pub struct ListContractsQuery {
        ;
        name: String,
        created_at: Date,
        product_id: ProductId,
        per_page: i64,
        sort_by: String,
        sort_direction: SortDirection,
    }
}

request! {
    /// `ContractRequest`.
    pub struct ContractRequest {
        ;
        content: String,
        description: String,
        name: String,
        product_id: ProductId,
        r#type: String,
    }
}

impl Portal {
    /// Filter and page the contracts (API: `listContracts`).
    pub fn list_contracts(&self, query: &ListContractsQuery) -> Pages<Contract> {
        Pages::new(self, Operation::ListContracts, &[], query, &())
    }

    /// Add a contract, optionally for a product (API: `createContract`).
    pub async fn create_contract(&self, request: &ContractRequest) -> Result<Record<Contract>, ApiError> {
        self.one(Operation::CreateContract, &[], &(), request).await
    }

    /// Drop a contract with its history (API: `deleteContract`).
    pub async fn delete_contract(&self, id: ContractId) -> Result<Done, ApiError> {
        self.done(Operation::DeleteContract, &[&id], &(), &()).await
    }

    /// Read a contract with shortcodes resolved (API: `getContract`).
    pub async fn get_contract(&self, id: ContractId) -> Result<Record<Contract>, ApiError> {
        self.one(Operation::GetContract, &[&id], &(), &()).await
    }

    /// Change a contract; a version is written (API: `updateContract`).
    pub async fn update_contract(
        &self,
        id: ContractId,
        request: &ContractRequest,
    ) -> Result<Record<Contract>, ApiError> {
        self.one(Operation::UpdateContract, &[&id], &(), request).await
    }

    /// Copy a contract under a generated name (API: `cloneContract`).
    pub async fn clone_contract(&self, id: ContractId) -> Result<Record<Contract>, ApiError> {
        self.one(Operation::CloneContract, &[&id], &(), &()).await
    }

    /// History of a contract, newest first (API: `listContractVersions`).
    pub async fn list_contract_versions(&self, id: ContractId) -> Result<Page<ContractVersion>, ApiError> {
        self.list(Operation::ListContractVersions, &[&id], &(), &()).await
    }

    /// Restore an older version as a new one (API: `revertContractVersion`).
    pub async fn revert_contract_version(
        &self,
        id: ContractId,
        version_id: ContractVersionId,
    ) -> Result<Page<ContractVersion>, ApiError> {
        self.list(Operation::RevertContractVersion, &[&id, &version_id], &(), &()).await
    }
}
