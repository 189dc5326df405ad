//! Letters.
#![forbid(unsafe_code)]
mod blocks;
mod error;
mod fonts;
mod html;
mod resolve;
mod source;
mod variables;
pub use error::{FaultKind, Field, Finding, LetterError, Place, ShortcodeFault};
pub use resolve::shortcodes_in;
pub use variables::Variables;
