//! Companies and offices that report to the bureaus. All names are made up; all fax numbers are in the 555 exchange.

use super::{Resource, record};
use crate::{
    answers,
    fields::{Fields, Query, Rule, clear, must},
    ids::Id,
    kinds::Kind,
    list::{Direction, Filter, List},
    portal::{Portal, Routes},
    problem::Answer,
    records::{Column, Record, Table},
    stored,
};
use axum::{extract::State, http::StatusCode, routing::get};
use serde_json::json;

pub(crate) static TABLE: Table = Table {
    name: "furnishers",
    noun: "furnisher",
    columns: &[
        Column::field("name", "/name"),
        Column::field("type", "/type"),
        Column::field("fax_number", "/fax_number"),
        Column::field("created_at", "/created_at"),
        Column::field("updated_at", "/updated_at"),
    ],
};

const TYPE: Kind = Kind::OneOf(&["Collection_Agency", "Government_Office", "Original_Creditor", "Public_Record"]);

static LIST: List = List {
    table: &TABLE,
    filters: &[Filter::contains("name"), Filter::is("type", TYPE)],
    sorts: &[
        ("id", "id"),
        ("name", "name"),
        ("type", "type"),
        ("fax_number", "fax_number"),
        ("created_at", "created_at"),
        ("updated_at", "updated_at"),
    ],
    order: ("id", Direction::Up),
};

pub(crate) const RESOURCE: Resource = Resource { tables: &[&TABLE], routes, library, further_schema: &[] };

fn routes() -> Routes {
    let list =
        |State(portal): State<Portal>, query: Query| async move { stored::list_plain(&portal, query, &LIST).await };
    let show = |State(portal): State<Portal>, Id(id): Id| async move { stored::show_plain(&portal, id, &TABLE).await };
    Routes::new()
        .route("/furnishers", get(list).post(create))
        .route("/furnishers/{id}", get(show).put(update).patch(update).delete(remove))
}

const RULES: &[Rule] = &[must("name", Kind::Text(255)), must("type", TYPE), clear("fax_number", Kind::Text(255))];

async fn create(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let mut furnisher = record(json!({ "fax_number": null }));
    furnisher.extend(fields.read(RULES));
    fields.finish()?;
    let mut db = portal.writer().await?;
    let furnisher = TABLE.store(&portal, &mut db, furnisher).await?;
    db.commit().await?;
    answers::data(StatusCode::CREATED, furnisher)
}

async fn update(State(portal): State<Portal>, Id(id): Id, mut fields: Fields) -> Answer {
    let changes = fields.read_some(RULES);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let furnisher = TABLE.update(&portal, &mut db, id, changes).await?;
    db.commit().await?;
    answers::data(StatusCode::OK, furnisher)
}

async fn remove(State(portal): State<Portal>, Id(id): Id) -> Answer {
    stored::remove_plain(&portal, id, &TABLE).await
}

/// What a company lends or collects: which negative items it can stand behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Credit cards and store cards.
    Card,
    /// Car loans.
    Auto,
    /// Home loans.
    Mortgage,
    /// Student loans.
    Student,
    /// Collected medical bills.
    Medical,
    /// Other collected debts.
    Collection,
    /// Courts.
    Court,
    /// Taxes, tolls, support: collected by an office.
    Office,
}

impl Line {
    fn kind(self) -> &'static str {
        match self {
            Line::Card | Line::Auto | Line::Mortgage | Line::Student => "Original_Creditor",
            Line::Medical | Line::Collection => "Collection_Agency",
            Line::Court => "Public_Record",
            Line::Office => "Government_Office",
        }
    }
}

/// The furnishers; keys are the order here.
pub(crate) const COMPANIES: [(&str, Line); 60] = [
    ("Quillmark Bank, N.A.", Line::Card),
    ("Fennimore National Bank", Line::Card),
    ("Tallgrove Bank USA", Line::Card),
    ("Ostrander Savings Bank", Line::Card),
    ("Larkhollow Credit Union", Line::Card),
    ("Pemberwick Card Services", Line::Card),
    ("Silverquay Retail Bank", Line::Card),
    ("Dunmorrow Department Stores", Line::Card),
    ("Halcrest Home Furnishings", Line::Card),
    ("Brightmoor Online Bank", Line::Card),
    ("Wexcombe Bank, N.A.", Line::Card),
    ("Orrin & Vale Jewelers", Line::Card),
    ("Sablewood Outfitters Credit", Line::Card),
    ("Trevanion Bank", Line::Card),
    ("Kestrelbrook Motor Credit", Line::Auto),
    ("Ambleford Auto Finance", Line::Auto),
    ("Rookhurst Automotive Lending", Line::Auto),
    ("Tindalore Vehicle Finance", Line::Auto),
    ("Vexley Truck & Trailer Credit", Line::Auto),
    ("Gracewater Mortgage, LLC", Line::Mortgage),
    ("Stonemere Home Loans", Line::Mortgage),
    ("Everlund Mortgage Servicing", Line::Mortgage),
    ("Hollowcrest Lending", Line::Mortgage),
    ("Scholarbridge Loan Servicing", Line::Student),
    ("Marlowend Education Finance", Line::Student),
    ("Campuswright Student Loans", Line::Student),
    ("Lecternhall Student Lending", Line::Student),
    ("Ridgepole Recovery Group", Line::Collection),
    ("Castellane Credit Management", Line::Collection),
    ("Brackwater Receivables, LLC", Line::Collection),
    ("Vantrellis Portfolio Partners", Line::Collection),
    ("Gorsefield Collection Services", Line::Collection),
    ("Meridale Asset Recovery", Line::Collection),
    ("Norwick & Thane Collections", Line::Collection),
    ("Palisand Debt Purchasing", Line::Collection),
    ("Quorndale Financial Recovery", Line::Collection),
    ("Tolbrook Adjustment Bureau", Line::Collection),
    ("Umberline Receivables Management", Line::Collection),
    ("Yarrowgate Recovery Services", Line::Collection),
    ("Zellhaven Capital Receivables", Line::Collection),
    ("Waverell Medical Collections", Line::Medical),
    ("Cloverhurst Healthcare Recovery", Line::Medical),
    ("Duskfield Patient Accounts", Line::Medical),
    ("Elmsworthy Medical Recovery", Line::Medical),
    ("Fairoaken Physicians Collections", Line::Medical),
    ("Hartsease Medical Receivables", Line::Medical),
    ("Inglemoor Hospital Accounts", Line::Medical),
    ("Merrowdale County Superior Court", Line::Court),
    ("Ashgrovia County Clerk of Court", Line::Court),
    ("Bankruptcy Court, District of Tamerlin", Line::Court),
    ("Bankruptcy Court, District of Lornfield", Line::Court),
    ("Bexmoor Municipal Court", Line::Court),
    ("Ellisward County Recorder", Line::Court),
    ("Merrowdale County Child Support Office", Line::Office),
    ("Ashgrovia County Tax Collector", Line::Office),
    ("Tamerlin Department of Revenue", Line::Office),
    ("Bexmoor Parking Authority", Line::Office),
    ("Lornfield Toll Authority", Line::Office),
    ("Ellisward Unemployment Insurance Office", Line::Office),
    ("Tamerlin Student Aid Office", Line::Office),
];

/// The toll-free fax line of the company at this place in the list.
pub(crate) fn fax_number(place: usize) -> String {
    const TOLL_FREE: [&str; 6] = ["833", "844", "855", "866", "877", "888"];
    let code = TOLL_FREE.get(place % TOLL_FREE.len()).copied().unwrap_or("800");
    format!("({code}) 555-01{:02}", place % 100)
}

fn library() -> Vec<Record> {
    let furnisher = |(place, (name, line)): (usize, (&str, Line))| {
        record(json!({ "name": name, "type": line.kind(), "fax_number": fax_number(place) }))
    };
    COMPANIES.into_iter().enumerate().map(furnisher).collect()
}
