//! Pages become the bytes of a PDF.
//!
//! printpdf writes the pages, `embed` the fonts; this module says what is drawn. Invariants: the bytes depend on the
//! pages and the title alone, so there are no dates and no random ids in them; text is drawn in reading order.

use crate::embed::{Embeddeds, Embedder, deflate, round};
use crate::error::LetterError;
use crate::flow::{Mark, Page};
use crate::fonts::Face;
use crate::signs::{Drawn, Sign};
use crate::text::{SetGlyph, SetRun};
use lopdf::{Dictionary, Document, Object, SaveOptions, Stream, StringFormat, dictionary};
use printpdf::{
    DictItem, FontId, Mm, Op, PaintMode, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextMatrix,
};
use std::collections::{BTreeMap, BTreeSet};

/// The sheet, US Letter, in points.
pub(crate) const WIDTH: f32 = 612.0;
pub(crate) const HEIGHT: f32 = 792.0;

/// Where lines under and through text run, and how thick they are, per point of size.
const UNDERLINE: f32 = -0.11;
const STRIKE: f32 = 0.26;
const STROKE: f32 = 0.05;

/// Writes pages as a PDF.
pub(crate) fn write(pages: &[Page], title: &str, embedder: &mut Embedder) -> Result<Vec<u8>, LetterError> {
    let fonts = embedder.embed(&signs(pages))?;
    let pages = pages.iter().map(|page| PdfPage {
        ops: ops(page, &fonts),
        ..PdfPage::new(Mm::from(Pt(WIDTH)), Mm::from(Pt(HEIGHT)), Vec::new())
    });
    let mut document = PdfDocument::new(title);
    document.pages = pages.collect();
    // Text is shown by plain operators: printpdf must pass through what it does not interpret.
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let pdf = document.to_lopdf_document(&options, &mut Vec::new());
    finish(pdf, &fonts, title)
}

/// The faces used, with the signs beyond the everyday ones.
fn signs(pages: &[Page]) -> BTreeMap<Face, BTreeSet<Sign>> {
    let mut signs: BTreeMap<Face, BTreeSet<Sign>> = BTreeMap::new();
    for (text, run) in pages.iter().flat_map(|page| &page.marks).flat_map(runs) {
        let further = signs.entry(run.face).or_default();
        further.extend(run.glyphs.iter().filter(|glyph| glyph.everyday.is_none()).map(|glyph| sign(glyph, text)));
    }
    signs
}

fn sign(glyph: &SetGlyph, text: &str) -> Sign {
    (glyph.id, Drawn::new(text.get(glyph.text.clone()).unwrap_or("")))
}

fn runs(mark: &Mark) -> impl Iterator<Item = (&str, &SetRun)> {
    let line = match mark {
        Mark::Line { set, line, .. } => set.lines.get(*line).map(|line| (set.text.as_str(), line)),
        Mark::Bar { .. } => None,
    };
    line.into_iter().flat_map(|(text, line)| line.runs.iter().map(move |run| (text, run)))
}

fn ops(page: &Page, fonts: &Embeddeds) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    let mut current = None;
    for mark in &page.marks {
        if let Mark::Line { x, baseline, .. } = mark {
            for (text, run) in runs(mark) {
                if current != Some((run.face, run.size.to_bits())) {
                    current = Some((run.face, run.size.to_bits()));
                    let font = PdfFontHandle::External(FontId(resource(run.face)));
                    ops.push(Op::SetFont { font, size: Pt(run.size) });
                }
                show(run, text, *x, HEIGHT - baseline, fonts, &mut ops);
            }
        }
    }
    ops.push(Op::EndTextSection);
    for mark in &page.marks {
        match mark {
            Mark::Bar { x, y, width, height } => ops.push(bar(*x, HEIGHT - y - height, *width, *height)),
            Mark::Line { x, baseline, .. } => {
                for (_, run) in runs(mark) {
                    let lines = [(run.underline, UNDERLINE), (run.strike, STRIKE)];
                    for (_, rise) in lines.iter().filter(|(on, _)| *on) {
                        let y = HEIGHT - baseline + rise * run.size;
                        ops.push(bar(x + run.x, y, run.advance, STROKE * run.size));
                    }
                }
            }
        }
    }
    ops
}

/// The name under which pages know a face's font.
fn resource(face: Face) -> String {
    format!("T{}", Face::ALL.iter().position(|known| *known == face).unwrap_or(0))
}

fn bar(x: f32, y: f32, width: f32, height: f32) -> Op {
    let points = |value| Pt(round(value));
    let (x, y, width, height) = (points(x), points(y), points(width), points(height));
    Op::DrawRectangle { rectangle: Rect { x, y, width, height, mode: Some(PaintMode::Fill), winding_order: None } }
}

/// Shows a run's glyphs at their places: one string a stretch, with the kerning between as numbers.
fn show(run: &SetRun, text: &str, x: f32, y: f32, fonts: &Embeddeds, ops: &mut Vec<Op>) {
    let Some(font) = fonts.get(&run.face) else { return };
    let mut stretch = Stretch::default();
    for glyph in &run.glyphs {
        let Some(code) = glyph.everyday.or_else(|| font.code(&sign(glyph, text))) else { continue };
        let Some(width) = font.width(code) else { continue };
        let (glyph_x, glyph_y) = (x + glyph.x, y + glyph.y);
        // Marks above and below letters leave the baseline and begin a stretch of their own.
        if stretch.baseline != Some(glyph_y) {
            stretch.end(ops);
            stretch = Stretch { baseline: Some(glyph_y), pen: round(glyph_x), ..Stretch::default() };
            ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(round(glyph_x)), Pt(round(glyph_y))) });
        }
        let kern = ((stretch.pen - glyph_x) * 1000.0 / run.size).round();
        if kern != 0.0 {
            stretch.cut();
            stretch.items.push(DictItem::Int(kern as i64));
            stretch.pen -= kern * run.size / 1000.0;
        }
        stretch.codes.extend(code.to_be_bytes());
        stretch.pen += width * run.size / 1000.0;
    }
    stretch.end(ops);
}

/// Glyphs on one baseline, being gathered.
#[derive(Default)]
struct Stretch {
    baseline: Option<f32>,
    /// Where the reader's pen stands after what was gathered.
    pen: f32,
    codes: Vec<u8>,
    items: Vec<DictItem>,
}

impl Stretch {
    fn cut(&mut self) {
        if !self.codes.is_empty() {
            self.items.push(DictItem::String { data: std::mem::take(&mut self.codes), literal: true });
        }
    }

    fn end(&mut self, ops: &mut Vec<Op>) {
        self.cut();
        if !self.items.is_empty() {
            let array = DictItem::Array(std::mem::take(&mut self.items));
            ops.push(Op::Unknown { key: "TJ".to_owned(), value: vec![array] });
        }
    }
}

/// Adds the fonts, replaces what would differ between two runs, and compresses.
fn finish(mut pdf: Document, fonts: &Embeddeds, title: &str) -> Result<Vec<u8>, LetterError> {
    let font_ids: Vec<_> = fonts.iter().map(|(face, font)| (resource(*face), font.write(&mut pdf))).collect();
    let named: Dictionary = font_ids.into_iter().map(|(name, id)| (name.into_bytes(), Object::from(id))).collect();
    let resources = pdf.add_object(dictionary! { "Font" => named });
    for page in pdf.page_iter().collect::<Vec<_>>() {
        let page = pdf.get_dictionary_mut(page).map_err(unwritable)?;
        page.set("Resources", resources);
        for key in [b"Annots".as_slice(), b"TrimBox", b"CropBox"] {
            page.remove(key);
        }
    }
    let catalog = pdf.catalog_mut().map_err(unwritable)?;
    catalog.set("Lang", Object::string_literal("en-US"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    for stream in pdf.objects.values_mut() {
        if let Object::Stream(stream) = stream
            && !stream.dict.has(b"Filter")
        {
            *stream = compressed(stream);
        }
    }
    save(pdf, title)
}

fn compressed(stream: &Stream) -> Stream {
    let mut dictionary = stream.dict.clone();
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, deflate(&stream.content)).with_compression(false)
}

/// Writes a document whose streams are final, under a title, with nothing in it that another run would write otherwise.
pub(crate) fn save(mut pdf: Document, title: &str) -> Result<Vec<u8>, LetterError> {
    let info = pdf.add_object(dictionary! {
        "Title" => text(title),
        "Producer" => Object::string_literal("Dispute Desk"),
    });
    let root = pdf.trailer.get(b"Root").map_err(unwritable)?.clone();
    pdf.trailer = dictionary! { "Root" => root, "Info" => info };
    pdf.prune_objects();
    pdf.renumber_objects();
    pdf.version = "1.7".to_owned();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(6).build();
    let mut bytes = Vec::new();
    pdf.save_with_options(&mut bytes, options).map_err(|error| unwritable(lopdf::Error::IO(error)))?;
    Ok(bytes)
}

/// A string of any characters, as document information holds it.
fn text(string: &str) -> Object {
    if string.is_ascii() {
        return Object::string_literal(string);
    }
    let units = std::iter::once(0xFEFF).chain(string.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

pub(crate) fn unwritable(source: lopdf::Error) -> LetterError {
    LetterError::Pdf { action: "written", source }
}
