//! Several letters become one file to print.
//!
//! The file is written as the letters come, so memory stays flat however many they are. Letters of a batch mostly embed
//! the same fonts; what is the same to the byte is written once. A merged file is for paper: it holds the pages, not the
//! tags by which a letter is read aloud.

use crate::error::LetterError;
use crate::file::{self, PdfFile};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Write;

/// Attributes that a page may inherit from the tree above it, which it loses here.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// What of a page is not for paper.
const NOT_FOR_PAPER: [&[u8]; 4] = [b"Parent", b"StructParents", b"Tabs", b"Annots"];

/// How deep objects may name each other.
const MAX_DEPTH: usize = 200;

/// One PDF with the pages of all, in the order given. The same PDFs give the same bytes.
///
/// # Errors
/// `NothingToMerge` without any PDF, `Pdf` when one cannot be read.
pub fn merge(pdfs: &[&[u8]]) -> Result<Vec<u8>, LetterError> {
    let mut merger = Merger::new(Vec::new())?;
    for pdf in pdfs {
        merger.add(pdf)?;
    }
    merger.finish()
}

/// A merged file that is written while letters are added.
pub struct Merger<W: Write> {
    file: PdfFile<W>,
    tree: u32,
    pages: Vec<Object>,
    /// What was written, by its content.
    known: HashMap<[u8; 32], u32>,
}

impl<W: Write> Merger<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// `Pdf` when it cannot be written.
    pub fn new(out: W) -> Result<Self, LetterError> {
        let mut file = PdfFile::new(out).map_err(unwritable)?;
        let tree = file.number();
        Ok(Self { file, tree, pages: Vec::new(), known: HashMap::new() })
    }

    /// Adds the pages of a PDF that this engine made; answers how many. Those of others belong into a letter's
    /// enclosures, where they are looked through first.
    ///
    /// # Errors
    /// `Pdf` when it cannot be read, or the file cannot be written.
    pub fn add(&mut self, pdf: &[u8]) -> Result<u32, LetterError> {
        let unreadable = |source| LetterError::Pdf { action: "read", source };
        let pdf = Document::load_mem(pdf).map_err(unreadable)?;
        let mut copied = HashMap::new();
        let mut count = 0;
        for id in pdf.page_iter() {
            let mut page = inherited(&pdf, id);
            page.extend(pdf.get_dictionary(id).map_err(unreadable)?);
            for key in NOT_FOR_PAPER {
                page.remove(key);
            }
            let mut page = Object::Dictionary(page);
            self.adopt(&pdf, &mut page, &mut copied, 0)?;
            if let Object::Dictionary(page) = &mut page {
                page.set("Parent", (self.tree, 0));
            }
            let number = self.file.number();
            self.file.add(number, &page).map_err(unwritable)?;
            self.pages.push(Object::Reference((number, 0)));
            count += 1;
        }
        Ok(count)
    }

    /// Adds an empty page of US Letter, for what follows to begin on a new sheet.
    ///
    /// # Errors
    /// `Pdf` when the file cannot be written.
    pub fn add_blank(&mut self) -> Result<(), LetterError> {
        let page = dictionary! {
            "Type" => "Page",
            "Parent" => (self.tree, 0),
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
            "Resources" => Dictionary::new(),
        };
        let number = self.file.number();
        self.file.add(number, &Object::Dictionary(page)).map_err(unwritable)?;
        self.pages.push(Object::Reference((number, 0)));
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// `NothingToMerge` when no page was added, `Pdf` when the file cannot be written.
    pub fn finish(mut self) -> Result<W, LetterError> {
        if self.pages.is_empty() {
            return Err(LetterError::NothingToMerge);
        }
        let count = i64::try_from(self.pages.len()).unwrap_or(i64::MAX);
        let tree = dictionary! { "Type" => "Pages", "Kids" => self.pages, "Count" => count };
        let (root, info) = (self.file.number(), self.file.number());
        let catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => (self.tree, 0),
            "Lang" => Object::string_literal("en-US"),
        };
        let about = dictionary! {
            "Title" => Object::string_literal("Letters"),
            "Producer" => Object::string_literal("Dispute Desk"),
        };
        for (number, dictionary) in [(self.tree, tree), (root, catalog), (info, about)] {
            self.file.add(number, &Object::Dictionary(dictionary)).map_err(unwritable)?;
        }
        self.file.finish(dictionary! { "Root" => (root, 0), "Info" => (info, 0) }).map_err(unwritable)
    }

    /// Writes what an object names, and has it name that instead; a number of 0 marks what is being written.
    fn adopt(
        &mut self,
        pdf: &Document,
        object: &mut Object,
        copied: &mut HashMap<ObjectId, u32>,
        depth: usize,
    ) -> Result<(), LetterError> {
        if depth > MAX_DEPTH {
            return Err(LetterError::Pdf { action: "read", source: lopdf::Error::ReferenceLimit });
        }
        match object {
            Object::Array(values) => {
                for value in values {
                    self.adopt(pdf, value, copied, depth + 1)?;
                }
            }
            Object::Dictionary(dictionary) => self.adopt_all(pdf, dictionary, copied, depth)?,
            Object::Stream(stream) => self.adopt_all(pdf, &mut stream.dict, copied, depth)?,
            Object::Reference(id) => {
                let number = match copied.get(id) {
                    Some(number) => *number,
                    None => self.copy(pdf, *id, copied, depth)?,
                };
                *object = if number == 0 { Object::Null } else { Object::Reference((number, 0)) };
            }
            _ => {}
        }
        Ok(())
    }

    fn adopt_all(
        &mut self,
        pdf: &Document,
        dictionary: &mut Dictionary,
        copied: &mut HashMap<ObjectId, u32>,
        depth: usize,
    ) -> Result<(), LetterError> {
        for (_, value) in dictionary.iter_mut() {
            self.adopt(pdf, value, copied, depth + 1)?;
        }
        Ok(())
    }

    /// Writes an object, unless its like was written before; answers its number.
    fn copy(
        &mut self,
        pdf: &Document,
        id: ObjectId,
        copied: &mut HashMap<ObjectId, u32>,
        depth: usize,
    ) -> Result<u32, LetterError> {
        // What names itself is not drawn: a circle ends here.
        copied.insert(id, 0);
        let mut object = pdf.get_object(id).cloned().unwrap_or(Object::Null);
        self.adopt(pdf, &mut object, copied, depth + 1)?;
        let mut written = Vec::new();
        file::write(&object, &|number| number, &mut written);
        let mut hash = Sha256::new_with_prefix(&written);
        if let Object::Stream(stream) = &object {
            hash.update(b"stream");
            hash.update(&stream.content);
        }
        let hash = hash.finalize().into();
        let number = match self.known.get(&hash) {
            Some(number) => *number,
            None => {
                let number = self.file.number();
                self.file.add(number, &object).map_err(unwritable)?;
                self.known.insert(hash, number);
                number
            }
        };
        copied.insert(id, number);
        Ok(number)
    }
}

impl<W: Write> std::fmt::Debug for Merger<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Merger").field("pages", &self.pages.len()).finish_non_exhaustive()
    }
}

fn unwritable(error: std::io::Error) -> LetterError {
    LetterError::Pdf { action: "written", source: lopdf::Error::IO(error) }
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
