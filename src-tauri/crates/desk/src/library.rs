//! What letters are made from: addresses, furnishers, templates, reasons.

use crate::clients::lines;
use crate::contract::{
    BureauAddressRow, BureauCode, ClaimCodeRow, Empty, FurnisherRow, FurnisherSearch, ReasonRow, TemplateRow,
};
use crate::{Desk, Error};
use domain::{Bureau, Template, TemplateKind};

const MOST_ROWS: u32 = 500;

pub(crate) fn template_row(template: Template) -> TemplateRow {
    TemplateRow {
        id: template.id.to_string(),
        name: template.name,
        kind: template.kind.code().to_owned(),
        category: template.category.unwrap_or_default(),
        dispute: template.is_dispute,
    }
}

impl Desk {
    /// The default dispute address of each bureau that has one.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn bureau_address_list(&self, _: Empty) -> Result<Vec<BureauAddressRow>, Error> {
        let addresses = self.ready().await?.store.default_bureau_addresses().await?;
        Ok(addresses
            .into_iter()
            .filter_map(|address| {
                Some(BureauAddressRow {
                    id: address.id.to_string(),
                    bureau: bureau_code(address.bureau?),
                    title: address.title,
                    address: lines(&address.address),
                })
            })
            .collect())
    }

    /// Finds furnishers by name.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn furnisher_search(&self, search: FurnisherSearch) -> Result<Vec<FurnisherRow>, Error> {
        let hits = self.ready().await?.store.search_furnishers(&search.query, search.limit.min(MOST_ROWS)).await?;
        Ok(hits
            .into_iter()
            .map(|hit| FurnisherRow {
                id: hit.furnisher.id.to_string(),
                name: hit.furnisher.name,
                kind: hit.furnisher.kind.code().to_owned(),
                fax: hit.furnisher.fax_number.unwrap_or_default(),
                address: hit.address.as_ref().map(lines),
            })
            .collect())
    }

    /// Templates that letters can be written from.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn template_list(&self, _: Empty) -> Result<Vec<TemplateRow>, Error> {
        let templates = self.ready().await?.store.templates().await?;
        Ok(templates
            .into_iter()
            .filter(|template| matches!(template.kind, TemplateKind::Static | TemplateKind::Smart))
            .map(template_row)
            .collect())
    }

    /// Dispute reasons in the company's order.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn reason_list(&self, _: Empty) -> Result<Vec<ReasonRow>, Error> {
        let reasons = self.ready().await?.store.reasons().await?;
        Ok(reasons
            .into_iter()
            .map(|reason| ReasonRow {
                id: reason.id.to_string(),
                name: reason.name,
                claim_code: reason.claim_code.filter(|code| code.is_active).map(|code| ClaimCodeRow {
                    name: code.name,
                    equifax: code.equifax,
                    experian: code.experian,
                    transunion: code.transunion,
                }),
                creditor_types: reason
                    .creditor_types
                    .into_iter()
                    .map(
                        |kind| {
                            if kind.subkind.is_empty() { kind.kind } else { format!("{}: {}", kind.kind, kind.subkind) }
                        },
                    )
                    .collect(),
            })
            .collect())
    }
}

pub(crate) fn bureau_code(bureau: Bureau) -> BureauCode {
    match bureau {
        Bureau::Equifax => BureauCode::Equifax,
        Bureau::Experian => BureauCode::Experian,
        Bureau::TransUnion => BureauCode::Transunion,
    }
}

pub(crate) fn bureau_of(code: BureauCode) -> Bureau {
    match code {
        BureauCode::Equifax => Bureau::Equifax,
        BureauCode::Experian => Bureau::Experian,
        BureauCode::Transunion => Bureau::TransUnion,
    }
}
