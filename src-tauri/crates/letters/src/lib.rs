//! The letter engine: template and data become the PDF of a letter.
//!
//! A draft goes one way: `resolve` fills the template's shortcodes and makes its choices ([`catalogue`] lists what they
//! can be); `html` turns the result into blocks, which is also the sanitiser, and `wording` writes blocks as HTML that an
//! editor can change, `plain` as a message says it; `letter`, `column` and `table` set them as
//! strips of text by `text` (shaping), and say by `tags` what each is; `flow` breaks strips into pages; `pdf`, `embed`
//! and `file` write the bytes. `pictures` and `enclosure` take in what strangers made, `sight` looks at it without taking
//! it in; [`raster`] draws pages for previews and faxes; [`batch`] and [`Merger`] make print runs.
//!
//! Invariants: same draft, same bytes, whatever was set before, on whatever machine and by however many threads; no
//! network, no file, no clock; a letter with an unfilled shortcode, an undrawable character or an address outside the
//! window is refused with an error that names the field (a proof shows it instead); what is left out of a letter, or
//! should not go out with it, is a [`Finding`]; nothing here logs, because a letter's content is consumer data.
//!
//! Left out on purpose: whether a letter may be sent (the gate decides by the findings), where its data comes from, and
//! printing.

#![forbid(unsafe_code)]

mod address;
mod batch;
mod blocks;
mod catalogue;
mod closing;
mod column;
mod dates;
mod embed;
mod enclosure;
mod error;
mod exposure;
mod fax_cover;
mod file;
mod finding;
mod fingerprint;
mod flow;
mod fonts;
mod html;
mod items;
mod letter;
mod merge;
mod pdf;
mod pictures;
mod plain;
mod press;
pub mod raster;
mod resolve;
mod saying;
mod sight;
mod signs;
mod source;
mod straighten;
mod subset;
mod table;
mod tags;
mod text;
mod variables;
mod wording;

pub use address::AddressBlock;
pub use batch::{BatchEnd, batch};
pub use catalogue::{Company, Facts, Shortcode, Subject, catalogue};
pub use domain::{Area, Envelope, Pane, Window};
pub use enclosure::Enclosure;
pub use error::{FaultKind, Field, KnownIn, LetterError, Place, ShortcodeFault};
pub use exposure::shows_ssn;
pub use fax_cover::fax_cover;
pub use finding::{Exposure, Finding, Refusal};
pub use fingerprint::{Fingerprint, similarity};
pub use fonts::fonts_of;
pub use items::DisputedItem;
pub use merge::{Merger, merge};
pub use pictures::{Attached, pictures_named};
pub use press::{Draft, Layout, Press, SetLetter};
pub use resolve::shortcodes_in;
pub use sight::{can_be_shown, thumbnail};
pub use straighten::{Straightened, straighten};
pub use variables::Variables;
pub use wording::Wording;

/// The engine's version mark, kept in a letter's provenance. It changes when the same draft would give other bytes.
pub const ENGINE: &str = "letters 2";
