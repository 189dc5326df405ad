//! What the modelled portal lists: kinds of records, and what they look like.

use jiff::{SignedDuration, Timestamp};
use portal_api::Operation;
use serde_json::{Value, json};
use store::{DetailTable, Resource};

/// Kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    BureauAddresses,
    Furnishers,
    Templates,
    Snippets,
    Reasons,
    Clients,
    Items,
    Notes,
    Correspondences,
    Products,
    Reports,
    Agreements,
    Documents,
    CreditReports,
    Tasks,
    Goals,
}

/// Where the pull keeps and reports a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    List(Resource),
    Detail(DetailTable),
}

impl Kind {
    pub(super) const ALL: [Kind; 16] = [
        Kind::BureauAddresses,
        Kind::Furnishers,
        Kind::Templates,
        Kind::Snippets,
        Kind::Reasons,
        Kind::Clients,
        Kind::Items,
        Kind::Notes,
        Kind::Correspondences,
        Kind::Products,
        Kind::Reports,
        Kind::Agreements,
        Kind::Documents,
        Kind::CreditReports,
        Kind::Tasks,
        Kind::Goals,
    ];

    pub(super) fn operation(self) -> Operation {
        match self {
            Kind::BureauAddresses => Operation::ListBureauAddresses,
            Kind::Furnishers => Operation::ListFurnishers,
            Kind::Templates => Operation::ListTemplates,
            Kind::Snippets => Operation::ListSnippets,
            Kind::Reasons => Operation::ListInstructions,
            Kind::Clients => Operation::ListClients,
            Kind::Items => Operation::ListNegativeItems,
            Kind::Notes => Operation::ListNotes,
            Kind::Correspondences => Operation::ListCorrespondences,
            Kind::Products => Operation::ListClientProducts,
            Kind::Reports => Operation::ListClientReports,
            Kind::Agreements => Operation::ListClientAgreements,
            Kind::Documents => Operation::ListClientDocuments,
            Kind::CreditReports => Operation::ListClientCreditReportMasterSchemas,
            Kind::Tasks => Operation::ListClientTasks,
            Kind::Goals => Operation::ListClientGoals,
        }
    }

    pub(super) fn of(operation: Operation) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.operation() == operation)
    }

    pub(super) fn place(self) -> Place {
        match self {
            Kind::BureauAddresses => Place::List(Resource::BureauAddresses),
            Kind::Furnishers => Place::List(Resource::Furnishers),
            Kind::Templates => Place::List(Resource::Templates),
            Kind::Snippets => Place::List(Resource::Snippets),
            Kind::Reasons => Place::List(Resource::Reasons),
            Kind::Clients => Place::List(Resource::Clients),
            Kind::Items => Place::List(Resource::NegativeItems),
            Kind::Notes => Place::List(Resource::Notes),
            Kind::Correspondences => Place::List(Resource::Correspondences),
            Kind::Products => Place::List(Resource::ClientProducts),
            Kind::Reports => Place::Detail(DetailTable::Reports),
            Kind::Agreements => Place::Detail(DetailTable::Agreements),
            Kind::Documents => Place::Detail(DetailTable::Documents),
            Kind::CreditReports => Place::Detail(DetailTable::CreditReports),
            Kind::Tasks => Place::Detail(DetailTable::Tasks),
            Kind::Goals => Place::Detail(DetailTable::Goals),
        }
    }

    pub(super) fn is_list(self) -> bool {
        matches!(self.place(), Place::List(_))
    }

    /// Whose failure the pull calls a failure of this kind.
    pub(super) fn resource(self) -> Resource {
        match self.place() {
            Place::List(resource) => resource,
            Place::Detail(DetailTable::CreditReports) => Resource::CreditReports,
            Place::Detail(DetailTable::Tasks) => Resource::Tasks,
            Place::Detail(_) => Resource::Details,
        }
    }

    /// Whether its records belong to a client.
    pub(super) fn has_client(self) -> bool {
        self >= Kind::Items
    }

    /// Most rows at a time, of each client where they belong to one. The newest of the correspondence fit on five pages.
    pub(super) fn most(self) -> usize {
        match self {
            Kind::Clients => 8,
            Kind::Items | Kind::Documents | Kind::Agreements | Kind::Tasks => 6,
            Kind::Notes | Kind::CreditReports | Kind::Reports | Kind::Goals => 3,
            Kind::Correspondences | Kind::Products => 1,
            _ => 9,
        }
    }

    /// Whether a page of it has pages after it.
    pub(super) fn has_pages(self) -> bool {
        !matches!(self, Kind::Reports | Kind::Goals)
    }
}

/// A record's JSON in its `number`th version, changed at this time of the portal's. An odd one has no key that could be read.
pub(super) fn body(
    kind: Kind,
    key: i64,
    client: i64,
    number: usize,
    changed: Timestamp,
    shows: bool,
    odd: bool,
) -> String {
    let version = format!("v{number}");
    let owner = json!({"id": client});
    let mut body = match kind {
        Kind::BureauAddresses => json!({"id": key, "title": version, "type": "EFX", "is_default": true}),
        Kind::Furnishers | Kind::Goals | Kind::Reasons => json!({"id": key, "name": version}),
        Kind::Templates => json!({"id": key, "name": version, "contents": []}),
        Kind::Snippets => json!({"id": key, "name": "snippet", "content": version}),
        Kind::Clients => json!({"id": key, "attributes": {"FirstName": "Ada", "LastName": version}}),
        Kind::Items => json!({"id": key.to_string(), "client": owner, "account_name": version, "is_negative": true}),
        Kind::Notes => json!({"id": key, "client_id": client, "note_text": version}),
        Kind::Correspondences => {
            json!({"id": key, "client_id": client, "type": "fax", "attributes": {"status": version}})
        }
        Kind::Products => json!({"id": key, "client": owner, "product": {"id": 1, "name": version}}),
        Kind::Reports => json!({"id": key, "client_id": client, "bureau": "EFX", "created_at": numbered(number)}),
        Kind::Agreements => json!({"id": key, "client": owner, "name": version, "type": "service"}),
        Kind::Documents => {
            json!({"id": key.to_string(), "client": owner, "type": "id", "created_at": numbered(number)})
        }
        Kind::CreditReports => json!({"id": key, "client": owner, "vendor": version, "bureau": "EFX"}),
        Kind::Tasks => json!({"id": key, "client": owner, "name": version, "status": "open"}),
    };
    if let Value::Object(fields) = &mut body {
        let time = if matches!(kind, Kind::Items | Kind::CreditReports) { "modified_date" } else { "updated_at" };
        if shows || kind == Kind::CreditReports {
            fields.insert(time.into(), changed.to_string().into());
        }
        if odd {
            fields.insert("id".into(), json!({"odd": key}));
        }
    }
    body.to_string()
}

/// A time that tells which version of a record it stands in, where nothing else of the record could.
pub(super) fn numbered(number: usize) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(number.try_into().unwrap())
}
