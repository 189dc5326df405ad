//! Several letters become one file to print.
//!
//! Letters of a batch mostly embed the same fonts; what is the same to the byte is written once.

use crate::error::LetterError;
use crate::pdf::{save, unwritable};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::HashMap;

/// Attributes that a page may inherit from the tree above it, which it loses here.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// Streams seen so far, by dictionary and content.
type Known = HashMap<(String, Vec<u8>), ObjectId>;

/// One PDF with the pages of all, in the order given. The same PDFs give the same bytes.
///
/// # Errors
/// `NothingToMerge` without any PDF, `Pdf` when one cannot be read.
pub fn merge(pdfs: &[&[u8]]) -> Result<Vec<u8>, LetterError> {
    if pdfs.is_empty() {
        return Err(LetterError::NothingToMerge);
    }
    let mut merged = Document::with_version("1.7");
    let tree = merged.new_object_id();
    let mut pages = Vec::new();
    let mut known = Known::new();
    for bytes in pdfs {
        let unreadable = |source| LetterError::Pdf { action: "read", source };
        let mut pdf = Document::load_mem(bytes).map_err(unreadable)?;
        pdf.renumber_objects_with(merged.max_id + 1);
        for page in pdf.page_iter().collect::<Vec<_>>() {
            let mut attributes = inherited(&pdf, page);
            let own = pdf.get_dictionary_mut(page).map_err(unreadable)?;
            attributes.extend(own);
            attributes.set("Parent", tree);
            *own = attributes;
            pages.push(Object::from(page));
        }
        share_streams(&mut pdf, &mut known);
        merged.max_id = pdf.max_id;
        merged.objects.append(&mut pdf.objects);
    }
    let count = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    merged.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => pages, "Count" => count }.into());
    let root = merged.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    merged.trailer.set("Root", root);
    merged.catalog_mut().map_err(unwritable)?.set("Lang", Object::string_literal("en-US"));
    save(merged, "Letters")
}

/// What a page inherits from the tree above it; the nearest wins.
fn inherited(pdf: &Document, page: ObjectId) -> Dictionary {
    let mut found = Dictionary::new();
    let mut node = pdf.get_dictionary(page).ok();
    // A tree is never this deep; one that runs in a circle ends here.
    for _ in 0..64 {
        let parent = node.and_then(|node| node.get(b"Parent").ok()).and_then(|parent| parent.as_reference().ok());
        let Some(parent) = parent.and_then(|id| pdf.get_dictionary(id).ok()) else { break };
        for key in INHERITED {
            if let (false, Ok(value)) = (found.has(key), parent.get(key)) {
                found.set(key, value.clone());
            }
        }
        node = Some(parent);
    }
    found
}

/// Lets streams that an earlier PDF holds to the byte stand for this one's.
fn share_streams(pdf: &mut Document, known: &mut Known) {
    let mut same: HashMap<ObjectId, ObjectId> = HashMap::new();
    for (id, object) in &pdf.objects {
        if let Object::Stream(stream) = object {
            let first = *known.entry((format!("{:?}", stream.dict), stream.content.clone())).or_insert(*id);
            if first != *id {
                same.insert(*id, first);
            }
        }
    }
    pdf.objects.retain(|id, _| !same.contains_key(id));
    pdf.traverse_objects(|object| {
        if let Object::Reference(id) = object
            && let Some(first) = same.get(id)
        {
            *id = *first;
        }
    });
}
