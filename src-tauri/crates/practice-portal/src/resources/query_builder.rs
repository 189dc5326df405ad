//! What rule trees can be made of: models, fields, values, operators. Three of these reads carry a body (oddity 50), and
//! the model may be left out of the path (oddity 49).

use super::{Resource, none, segments};
use crate::{
    answers,
    fields::{Fields, Query, may, must},
    ids::Word,
    kinds::Kind,
    list::Place,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    rules::{
        Group,
        model::{Model, Source, Type},
    },
};
use axum::{
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::{Map, Value, json};
use sqlx::{QueryBuilder, Sqlite};

pub(crate) const RESOURCE: Resource = Resource { tables: &[], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new()
        .route("/query-builder/models", get(models))
        .route("/query-builder/attribute-types", get(attribute_types))
        .route("/query-builder/fields", post(fields_of))
        .route("/query-builder/fields/{model}", post(fields_of))
        .route("/query-builder/values", post(values_of))
        .route("/query-builder/values/{model}", post(values_of))
}

async fn models() -> Answer {
    answers::data(StatusCode::OK, json!(Model::NAMES))
}

async fn attribute_types() -> Answer {
    answers::bare(StatusCode::OK, Type::ALL.map(Type::shown).to_vec())
}

/// The fields below a tree: of its relation when it has one, of the model and everything related to it otherwise. Each
/// source is a map from name to type; a field of a relation is named with it.
async fn fields_of(Word(model): Word, mut fields: Fields) -> Answer {
    let model = read_model(&mut fields, model.as_deref());
    let tree = Group::of_request(&mut fields, model);
    fields.finish()?;
    let own = |source: Source| fields_as_map(source, "");
    let maps: Vec<Value> = match tree.relation().and_then(|relation| model.relation(relation)) {
        Some(relation) => vec![own(relation)],
        None => {
            let related = model.relations().iter().map(|source| fields_as_map(*source, &format!("{}.", source.name)));
            std::iter::once(own(model.own())).chain(related).collect()
        }
    };
    answers::data(StatusCode::OK, maps)
}

fn fields_as_map(source: Source, before: &str) -> Value {
    let field =
        |field: &crate::rules::model::Field| (format!("{before}{}", field.name), json!({ "type": field.kind.name() }));
    Value::Object(source.fields.iter().map(field).collect::<Map<String, Value>>())
}

/// The distinct values of a field among the records that a tree selects; `relation.field` names a related one's.
async fn values_of(State(portal): State<Portal>, Word(model): Word, mut query: Query, mut fields: Fields) -> Answer {
    let model = read_model(&mut fields, model.as_deref());
    fields.read_some(&[may("combinator", Kind::OneOf(&["AND", "OR"]))]);
    let name = fields.read(&[must("field_name", Kind::Text(255))]).remove("field_name");
    let tree = Group::read(&mut fields, "conditions", model);
    let name = name.as_ref().and_then(Value::as_str).unwrap_or_default();
    let relation = tree.as_ref().and_then(Group::relation);
    let found = find(model, relation, name);
    if found.is_none() {
        fields.refuse_choice("field_name");
    }
    let place = Place::read(&mut query);
    fields.finish()?;
    std::mem::take(&mut query.fields).finish()?;
    let Some((source, field)) = found else { return Err(Problem::field("field_name", "The field name is invalid.")) };

    let is_own = source.name == model.own().name;
    let values = |what: &str| {
        let alias = if is_own { "c" } else { "r" };
        let value = field.sql(source, alias);
        let mut statement = QueryBuilder::<Sqlite>::new(format!(
            "SELECT {what} FROM (SELECT DISTINCT CAST({value} AS TEXT) AS value FROM {} {alias} WHERE ",
            source.table
        ));
        let own = model.own().table;
        if !is_own {
            statement.push(format!("EXISTS (SELECT 1 FROM {own} c WHERE {} AND ", source.tie));
        }
        statement.push(format!("c.id IN (SELECT id FROM {own} WHERE "));
        match &tree {
            Some(tree) => tree.condition(model, segments::today(&portal)).push(&mut statement),
            None => {
                statement.push("1");
            }
        }
        statement.push(if is_own { "))" } else { ")))" }).push(" WHERE value IS NOT NULL");
        statement
    };
    let mut db = portal.reader().await?;
    let total: i64 = values("count(*)").build_query_scalar().fetch_one(&mut *db).await?;
    let mut page = values("value");
    page.push(" ORDER BY value LIMIT ").push_bind(place.per_page()).push(" OFFSET ").push_bind(place.offset());
    let rows: Vec<String> = page.build_query_scalar().fetch_all(&mut *db).await?;
    let rows: Vec<Value> = rows.into_iter().map(Value::from).collect();
    place.of(total).answer(&portal, &query, &rows)
}

fn find(model: Model, relation: Option<&str>, name: &str) -> Option<(Source, crate::rules::model::Field)> {
    let source = match (relation, name.split_once('.')) {
        (Some(relation), _) => model.relation(relation)?,
        (None, Some((relation, _))) => model.relation(relation)?,
        (None, None) => model.own(),
    };
    let name = name.split_once('.').map_or(name, |(_, field)| field);
    Some((source, source.field(name)?))
}

fn read_model(fields: &mut Fields, word: Option<&str>) -> Model {
    Model::of(word).unwrap_or_else(|| {
        fields.refuse("modelName", "The selected model name is invalid.");
        Model::Client
    })
}
