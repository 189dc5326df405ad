//! What is looked at before a letter goes out, and what holds it: rules, the table that weighs them, and the check.
//!
//! The table is a deployment's (see the desk's settings), never one agent's. What keeps a letter from being written at all
//! (an unresolved shortcode, an empty required value, no reason, the whole Social Security number) is refused when it is
//! prepared and is not in the table: there is no weighing it.

mod check;
mod table;

pub use check::{
    Alike, DatedPaper, Facts, GateFinding, ItemStanding, MadeFinding, Medium, Override, Place, Review, ReviewChannel,
    check,
};
pub use table::{GateTable, Limit, Rule, Severity, UnknownLimit};
