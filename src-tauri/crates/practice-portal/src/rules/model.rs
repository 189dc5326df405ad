//! What rules can speak of: clients and negative items, their fields, and the records related to them.

use serde_json::{Value, json};

/// What a rule tree selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Model {
    /// Clients.
    Client,
    /// Negative items.
    NegativeItem,
}

/// How values of a field are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Text, in any case.
    Text,
    /// Whole or decimal numbers.
    Number,
    /// Days, also of instants.
    Date,
    /// True or false.
    Boolean,
}

/// One field of a source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// As rules name it.
    pub(crate) name: &'static str,
    /// How it is compared.
    pub(crate) kind: Type,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    /// A narrow column.
    Column(&'static str),
    /// A narrow column that holds cents.
    Cents(&'static str),
    /// A JSON path into the body.
    Body(&'static str),
}

/// Records that rules look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    /// As rules name the relation; the model's own name for the model itself.
    pub(crate) name: &'static str,
    /// Where the records are.
    pub(crate) table: &'static str,
    /// SQL that ties them (`r`) to a record of the model (`c`).
    pub(crate) tie: &'static str,
    /// What can be asked about them.
    pub(crate) fields: &'static [Field],
}

const fn column(name: &'static str, kind: Type) -> Field {
    Field { name, kind, place: Place::Column(name) }
}

const fn named(name: &'static str, column: &'static str, kind: Type) -> Field {
    Field { name, kind, place: Place::Column(column) }
}

const fn cents(name: &'static str) -> Field {
    Field { name, kind: Type::Number, place: Place::Cents(name) }
}

const fn body(name: &'static str, path: &'static str, kind: Type) -> Field {
    Field { name, kind, place: Place::Body(path) }
}

const CLIENT: &[Field] = &[
    column("id", Type::Number),
    column("client_key", Type::Text),
    column("email", Type::Text),
    body("mobile_phone", "$.mobile_phone", Type::Text),
    body("salesforce_id", "$.salesforce_id", Type::Number),
    named("FirstName", "first_name", Type::Text),
    named("MiddleName", "middle_name", Type::Text),
    named("LastName", "last_name", Type::Text),
    named("MobilePhone", "mobile_phone", Type::Text),
    named("Phone", "phone", Type::Text),
    named("HomePhone", "home_phone", Type::Text),
    body("MailingStreet", "$.attributes.MailingStreet", Type::Text),
    body("MailingCity", "$.attributes.MailingCity", Type::Text),
    body("MailingState", "$.attributes.MailingState", Type::Text),
    body("MailingPostalCode", "$.attributes.MailingPostalCode", Type::Text),
    body("D_O_B__c", "$.attributes.D_O_B__c", Type::Date),
    body("Enrollment_Date__c", "$.attributes.Enrollment_Date__c", Type::Date),
    body("Preferred_Language__c", "$.attributes.Preferred_Language__c", Type::Text),
];

const ITEM: &[Field] = &[
    column("id", Type::Number),
    column("account_name", Type::Text),
    body("account_number", "$.account_number", Type::Text),
    body("account_ownership_type", "$.account_ownership_type", Type::Text),
    column("account_status", Type::Text),
    column("account_type", Type::Text),
    column("status", Type::Text),
    body("not_dispute", "$.metadata.not_dispute", Type::Boolean),
    column("is_negative", Type::Boolean),
    column("is_collection", Type::Boolean),
    column("is_charge_off", Type::Boolean),
    column("is_disputed", Type::Boolean),
    body("is_closed", "$.is_closed", Type::Boolean),
    body("is_mortgage", "$.is_mortgage", Type::Boolean),
    body("is_revolving", "$.is_revolving", Type::Boolean),
    cents("unpaid_balance_amount"),
    body("past_due_amount", "$.past_due_amount", Type::Number),
    body("credit_limit", "$.credit_limit", Type::Number),
    body("high_balance_amount", "$.high_balance_amount", Type::Number),
    body("monthly_payment", "$.monthly_payment", Type::Number),
    body("late_count_30_days", "$.late_count_30_days", Type::Number),
    body("late_count_60_days", "$.late_count_60_days", Type::Number),
    body("late_count_90_days", "$.late_count_90_days", Type::Number),
    column("opened_date", Type::Date),
    column("reported_date", Type::Date),
    column("last_activity_date", Type::Date),
    column("modified_date", Type::Date),
    body("charge_off_date", "$.charge_off_date", Type::Date),
    body("collection_date", "$.collection_date", Type::Date),
    body("close_date", "$.close_date", Type::Date),
];

const CORRESPONDENCE: &[Field] = &[
    column("type", Type::Text),
    column("recipient", Type::Text),
    column("fax_number", Type::Text),
    column("created_at", Type::Date),
];

/// The plus takes the key's type away: with it, SQLite would convert every stored value and not use the index.
const OF_CLIENT_ID: &str = "r.client_id = +c.id";

const OF_CLIENT: &[Source] = &[
    Source { name: "negative_items", table: "negative_items", tie: OF_CLIENT_ID, fields: ITEM },
    Source { name: "correspondences", table: "correspondences", tie: OF_CLIENT_ID, fields: CORRESPONDENCE },
    Source {
        name: "notes",
        table: "notes",
        tie: OF_CLIENT_ID,
        fields: &[column("note_text", Type::Text), column("created_at", Type::Date)],
    },
    Source {
        name: "client_documents",
        table: "client_documents",
        tie: OF_CLIENT_ID,
        fields: &[column("type", Type::Text), column("subtype", Type::Text), column("created_at", Type::Date)],
    },
    Source {
        name: "client_agreements",
        table: "client_agreements",
        tie: OF_CLIENT_ID,
        fields: &[
            column("name", Type::Text),
            column("type", Type::Text),
            body("agreement_signed", "$.agreement_signed", Type::Date),
        ],
    },
    Source {
        name: "products",
        table: "products",
        tie: "r.id IN (SELECT product_id FROM client_products WHERE client_id = +c.id)",
        fields: &[column("name", Type::Text), column("product_code", Type::Text), column("product_type", Type::Text)],
    },
    Source {
        name: "goals",
        table: "goals",
        tie: "r.id IN (SELECT goal_id FROM client_goals WHERE client_id = c.id)",
        fields: &[column("name", Type::Text)],
    },
    Source {
        name: "tasks",
        table: "client_tasks",
        tie: OF_CLIENT_ID,
        fields: &[column("name", Type::Text), column("status", Type::Text), column("due_date", Type::Date)],
    },
];

const OF_ITEM: &[Source] = &[
    Source { name: "client", table: "clients", tie: "r.id = c.client_id", fields: CLIENT },
    Source {
        name: "report",
        table: "client_reports",
        tie: "r.id = c.credit_report_id",
        fields: &[column("bureau", Type::Text)],
    },
    Source {
        name: "correspondences",
        table: "correspondences",
        tie: "r.negative_item_id = +c.id",
        fields: CORRESPONDENCE,
    },
];

impl Model {
    /// The words that name models.
    pub(crate) const NAMES: &'static [&'static str] = &["client", "negative_item"];

    /// The model of a word; the first one without a word.
    pub(crate) fn of(word: Option<&str>) -> Option<Model> {
        match word {
            None | Some("client") => Some(Model::Client),
            Some("negative_item") => Some(Model::NegativeItem),
            Some(_) => None,
        }
    }

    /// The model's own records.
    pub(crate) fn own(self) -> Source {
        match self {
            Model::Client => Source { name: "client", table: "clients", tie: "", fields: CLIENT },
            Model::NegativeItem => Source { name: "negative_item", table: "negative_items", tie: "", fields: ITEM },
        }
    }

    /// What is related to them.
    pub(crate) fn relations(self) -> &'static [Source] {
        match self {
            Model::Client => OF_CLIENT,
            Model::NegativeItem => OF_ITEM,
        }
    }

    /// A relation by name.
    pub(crate) fn relation(self, name: &str) -> Option<Source> {
        self.relations().iter().find(|source| source.name == name).copied()
    }
}

impl Source {
    /// A field by name.
    pub(crate) fn field(self, name: &str) -> Option<Field> {
        self.fields.iter().find(|field| field.name == name).copied()
    }
}

impl Field {
    /// SQL of the value as it is stored, in a record of the source known as the alias.
    pub(crate) fn sql(self, source: Source, alias: &str) -> String {
        match self.place {
            // The plus keeps SQLite from walking an index of the column once for each record of the model.
            Place::Column(column) => format!("+{alias}.\"{column}\""),
            Place::Cents(column) => format!("{alias}.\"{column}\" / 100.0"),
            Place::Body(path) => format!("(SELECT body ->> '{path}' FROM {}_body WHERE id = {alias}.id)", source.table),
        }
    }
}

impl Type {
    /// Every type.
    pub(crate) const ALL: [Type; 4] = [Type::Text, Type::Number, Type::Date, Type::Boolean];

    /// Its name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Type::Text => "string",
            Type::Number => "number",
            Type::Date => "date",
            Type::Boolean => "boolean",
        }
    }

    /// The operators that compare it. The documentation shows `=` only; the rest are this portal's.
    pub(crate) fn operators(self) -> &'static [&'static str] {
        match self {
            Type::Text => &[
                "=",
                "!=",
                "contains",
                "not_contains",
                "starts_with",
                "ends_with",
                "in",
                "not_in",
                "is_null",
                "is_not_null",
            ],
            Type::Number => &["=", "!=", "<", "<=", ">", ">=", "between", "in", "not_in", "is_null", "is_not_null"],
            Type::Date => &["=", "!=", "<", "<=", ">", ">=", "between", "last_days", "is_null", "is_not_null"],
            Type::Boolean => &["=", "!="],
        }
    }

    /// As the list of attribute types shows it.
    pub(crate) fn shown(self) -> Value {
        json!({ "typeName": self.name(), "availableValues": self.operators() })
    }
}
