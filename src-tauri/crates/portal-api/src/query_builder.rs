//! What rules can be made of (API: Query Builder).

use crate::fields::{Word, record, request};
use crate::segments::{Combinator, Rule};
use crate::{ApiError, Operation, Page, Pages, Portal};
use serde_json::{Map, Value};

record! {
    /// `QueryBuilderFields`: what can be asked of a model, by relation and field. The documented list holds one object
    /// per relation (oddity 52); they are joined.
    pub struct QueryBuilderFields {
        data: Map<String, Value>,
    }
}

record! {
    /// `QueryBuilderModels`.
    pub struct QueryBuilderModels {
        data: Vec<String>,
    }
}

record! {
    /// `AttributeType`.
    pub struct AttributeType {
        type_name as "typeName": Option<String>,
        available_values as "availableValues": Vec<Value>,
    }
}

request! {
    /// `QueryBuilderFieldsRequest`.
    pub struct QueryBuilderFieldsRequest {
        ;
        combinator: Combinator,
        count_repeat: i64,
        not: bool,
        relation: String,
        rules: Vec<Rule>,
    }
}

request! {
    /// What `getQueryBuilderValues` can be asked for.
    pub struct GetQueryBuilderValuesQuery {
        ;
        per_page: i64,
    }
}

request! {
    /// `QueryBuilderValuesRequest`.
    pub struct QueryBuilderValuesRequest {
        ;
        combinator: Combinator,
        conditions: Rule,
        field_name: String,
    }
}

impl Portal {
    /// Fields that may be used below a given rule tree (API: `getQueryBuilderFields`).
    pub async fn get_query_builder_fields(
        &self,
        model_name: &str,
        request: &QueryBuilderFieldsRequest,
    ) -> Result<QueryBuilderFields, ApiError> {
        self.whole(Operation::GetQueryBuilderFields, &[&model_name], &(), request).await
    }

    /// Names of the queryable models (API: `listQueryBuilderModels`).
    pub async fn list_query_builder_models(&self) -> Result<QueryBuilderModels, ApiError> {
        self.whole(Operation::ListQueryBuilderModels, &[], &(), &()).await
    }

    /// Page the values one field can take (API: `getQueryBuilderValues`).
    pub fn get_query_builder_values(
        &self,
        model_name: &str,
        query: &GetQueryBuilderValuesQuery,
        request: &QueryBuilderValuesRequest,
    ) -> Pages<Word> {
        Pages::new(self, Operation::GetQueryBuilderValues, &[&model_name], query, request)
    }

    /// Attribute types with their operators (API: `listAttributeTypes`).
    pub async fn list_attribute_types(&self) -> Result<Page<AttributeType>, ApiError> {
        self.list(Operation::ListAttributeTypes, &[], &(), &()).await
    }
}
