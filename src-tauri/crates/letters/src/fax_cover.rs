//! The fax cover page that comes with the engine: a template like any other, to be changed by whoever wants to.

use domain::{Template, TemplateContent, TemplateId, TemplateKind};

const HTML: &str = "\
<div style=\"font-family: Arial; font-size: 11.5pt\"><h1 style=\"font-size: 22pt; margin-bottom: 4pt\">Fax</h1><hr>\
<table border=\"0\" style=\"width: 100%\">\
<tr><th style=\"width: 80pt\">To</th><td>[FaxTo]</td></tr>\
<tr><th style=\"width: 80pt\">Fax</th><td>[FaxNumber]</td></tr>\
<tr><th style=\"width: 80pt\">From</th><td>[FaxFrom]</td></tr>\
<tr><th style=\"width: 80pt\">Date</th><td>[Date]</td></tr>\
<tr><th style=\"width: 80pt\">Pages</th><td>[FaxPages], this one included</td></tr>\
<tr><th style=\"width: 80pt\">About</th><td>[FaxSubject]</td></tr>\
</table><hr><p>[FaxNote]</p>\
<p style=\"font-size: 9.5pt; margin-top: 24pt\">This fax is meant for the addressee only and may hold confidential \
information about a consumer. If it reached you by mistake, please tell the sender and destroy it.</p></div>";

/// A cover page that prints `FaxTo`, `FaxNumber`, `FaxFrom`, `Date`, `FaxPages`, `FaxSubject` and `FaxNote`. Set it as a
/// bare page: see [`crate::Layout::Page`]. No part of an SSN has a place on it.
#[must_use]
pub fn fax_cover() -> Template {
    Template {
        id: TemplateId(0),
        name: "Fax cover".to_owned(),
        kind: TemplateKind::Static,
        is_dispute: false,
        category: None,
        contents: vec![TemplateContent { section: None, html: HTML.to_owned(), version: Some("1".to_owned()) }],
    }
}
