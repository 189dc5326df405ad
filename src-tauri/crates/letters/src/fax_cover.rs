//! The fax cover page that comes with the engine: a template like any other, to be changed by whoever wants to.

use domain::{Template, TemplateContent, TemplateId, TemplateKind};

const HTML: &str = "\
<h1 style=\"font-family: Arial; margin-bottom: 4pt\">Fax</h1><hr>\
<table border=\"0\" style=\"width: 100%\">\
<tr><th style=\"width: 80pt\"><p style=\"font-size: 11.5pt\">To</p></th><td><p style=\"font-size: 11.5pt\">[FaxTo]</p></td></tr>\
<tr><th><p style=\"font-size: 11.5pt\">Fax</p></th><td><p style=\"font-size: 11.5pt\">[FaxNumber]</p></td></tr>\
<tr><th><p style=\"font-size: 11.5pt\">From</p></th><td><p style=\"font-size: 11.5pt\">[FaxFrom]</p></td></tr>\
<tr><th><p style=\"font-size: 11.5pt\">Date</p></th><td><p style=\"font-size: 11.5pt\">[Date]</p></td></tr>\
<tr><th><p style=\"font-size: 11.5pt\">Pages</p></th><td><p style=\"font-size: 11.5pt\">[FaxPages], this one included</p></td></tr>\
<tr><th><p style=\"font-size: 11.5pt\">About</p></th><td><p style=\"font-size: 11.5pt\">[FaxSubject]</p></td></tr>\
</table><hr><p>[FaxNote]</p>\
<p style=\"font-size: 9.5pt; margin-top: 24pt\">This fax is meant for the addressee only and may hold confidential \
information about a consumer. If it reached you by mistake, please tell the sender and destroy it.</p>";

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
