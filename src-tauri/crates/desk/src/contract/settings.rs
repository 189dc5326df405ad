//! What is in force on this desk. To be read: a deployment sets it in `settings.toml`, not an agent here.

use super::{KeyGuard, LetterArea, Realm};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is in force on this desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// Base address of the portal's API; `null` for the practice portal of this application.
    pub portal: Option<String>,
    /// Whose data.
    pub realm: Realm,
    /// Name of the signed-in agent.
    pub agent: String,
    /// E-mail of the account.
    pub email: String,
    /// What guards the key of the cache.
    pub guard: KeyGuard,
    /// What is kept on this computer.
    pub cache: CacheView,
    /// What runs here.
    pub versions: VersionsView,
    /// What all letters share.
    pub letters: LettersView,
    /// How hard the portal is asked.
    pub limits: LimitsView,
    /// Where a deployment sets what is set.
    pub file: SettingsFile,
}

/// What is kept on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CacheView {
    /// Size of the cache's folder on the disk.
    #[ts(type = "number")]
    pub bytes: u64,
    /// By kind of record, in the order they are read; kinds that were never read are left out.
    pub kinds: Vec<CachedKind>,
    /// Records kept aside because this build cannot read them.
    pub parked: u32,
}

/// Records of one kind in the cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CachedKind {
    /// `clients`, `negative_items`, ...
    pub resource: String,
    /// Records; of `client_details`, clients whose agreements, documents and reports were read.
    #[ts(type = "number")]
    pub records: u64,
    /// The last pull of it came to its end.
    pub whole: bool,
}

/// What runs here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VersionsView {
    /// The application.
    pub desk: String,
    /// The SQLite that is linked in.
    pub sqlite: String,
    /// The mark of the letter engine, kept with each letter.
    pub letters: String,
}

/// What all letters share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LettersView {
    /// What they are mailed in.
    pub envelope: EnvelopeView,
    /// They show where they are folded.
    pub fold_marks: bool,
    /// The company, as they name it; `null` when nothing is set.
    pub company: Option<CompanyView>,
}

/// How many windows an envelope has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EnvelopeKind {
    /// None: the address follows the date.
    None,
    /// One, for the recipient.
    Single,
    /// A second one, for the sender.
    Double,
}

/// An envelope and the sheet of US Letter in it. All measures in inches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EnvelopeView {
    /// How many windows.
    pub kind: EnvelopeKind,
    /// Its width; `null` for one without a window, of which nothing is set.
    pub width: Option<f32>,
    /// Its height.
    pub height: Option<f32>,
    /// Its windows, the recipient's first.
    pub windows: Vec<EnvelopeWindow>,
    /// From the sheet's top edge to its first fold.
    pub first_fold: f32,
    /// From the sheet's top edge to its second fold.
    pub second_fold: f32,
}

/// A window of an envelope, and what it shows of a folded sheet. All measures in inches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EnvelopeWindow {
    /// From the envelope's left edge.
    pub left: f32,
    /// From the envelope's lower edge.
    pub bottom: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// What it shows of the first page wherever the sheet slides: the address stands here.
    pub always_shows: LetterArea,
    /// What it can show of the first page at some position of the sheet: nothing else stands here.
    pub can_show: LetterArea,
}

/// The company, as letters name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompanyView {
    /// Its name; like the others, empty when it is not set.
    pub name: String,
    /// Its address on one line.
    pub address: String,
    /// Its telephone number.
    pub phone: String,
    /// Its fax number.
    pub fax: String,
}

/// How hard the portal is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LimitsView {
    /// Calls at once.
    pub concurrent: u32,
    /// Calls a minute; `null` for any number.
    pub per_minute: Option<u32>,
    /// Seconds before something of which no answer came is looked for on the portal.
    #[ts(type = "number")]
    pub quiet_seconds: i64,
}

/// Where a deployment sets what is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SettingsFile {
    /// Its place on this computer.
    pub path: String,
    /// It was there at the start; without it everything is as usual.
    pub found: bool,
}
