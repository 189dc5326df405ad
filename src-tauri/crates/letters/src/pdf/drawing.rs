//! What is drawn on a page, in the order of drawing: shades and lines, the text, pictures.
//!
//! Everything stands between the marks of marked content: a number that the structure tree knows, or the word artifact.

use super::{Content, HEIGHT, WIDTH};
use crate::blocks::{BLACK, Colour};
use crate::embed::{Embeddeds, round};
use crate::enclosure;
use crate::flow::{Mark, Page};
use crate::fonts::Face;
use crate::signs::{Drawn as DrawnText, Sign};
use crate::tags::TagId;
use crate::text::{SetGlyph, SetRun};
use printpdf::{DictItem, FontId, Op, PdfFontHandle, Pt, TextMatrix};
use std::collections::{BTreeMap, BTreeSet};

/// Where lines under and through text run, and how thick they are, per point of size.
const UNDERLINE: f32 = -0.11;
const STRIKE: f32 = 0.26;
const STROKE: f32 = 0.05;

/// Room around an enclosed picture, and around an enclosed page that is scaled.
const PICTURE_MARGIN: f32 = 36.0;
const PAGE_MARGIN: f32 = 18.0;

/// The fewest dots an inch at which an enclosed picture is printed.
const COARSEST: f32 = 100.0;

/// The drawing of every page, and what stands in its numbered marked content.
pub(super) struct Drawn {
    pub(super) pages: Vec<Vec<Op>>,
    /// For each page, what each number belongs to.
    pub(super) inside: Vec<Vec<Owner>>,
}

/// What marked content belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Owner {
    /// An element of the letter, with its place when it is a picture.
    Element(TagId, Option<[f32; 4]>),
    /// An enclosure's page: its figure.
    Enclosure { index: usize, page: usize, place: [f32; 4] },
}

/// Draws all pages.
pub(super) fn draw(content: &Content<'_>, fonts: &Embeddeds) -> Drawn {
    let mut drawn = Drawn { pages: Vec::new(), inside: Vec::new() };
    for page in content.pages {
        let (ops, inside) = letter_page(page, content, fonts);
        drawn.pages.push(ops);
        drawn.inside.push(inside);
    }
    let (mut pictures, mut forms) = (content.pictures.len(), 0);
    for (index, enclosed) in content.enclosed.iter().enumerate() {
        match &enclosed.content {
            enclosure::Content::Picture(picture) => {
                let (dots_across, dots_down) = picture.shown();
                let (across, down) = (dots_across.max(1) as f32, dots_down.max(1) as f32);
                let room = (WIDTH - 2.0 * PICTURE_MARGIN, HEIGHT - 2.0 * PICTURE_MARGIN);
                let scale = (room.0 / across).min(room.1 / down).min(72.0 / COARSEST);
                let (w, h) = (across * scale, down * scale);
                // Near the top, as a copy lies on a sheet.
                let (x, y) = ((WIDTH - w) / 2.0, HEIGHT - PICTURE_MARGIN - h);
                let matrix = picture.matrix(x, y, w, h);
                drawn.enclosed(
                    &picture_name(pictures),
                    matrix,
                    Owner::Enclosure { index, page: 0, place: [x, y, x + w, y + h] },
                );
                pictures += 1;
            }
            enclosure::Content::Paper(paper) => {
                for (number, page) in paper.pages.iter().enumerate() {
                    let (w, h) = page.size;
                    let fits = w <= WIDTH + 1.0 && h <= HEIGHT + 1.0;
                    let room = (WIDTH - 2.0 * PAGE_MARGIN, HEIGHT - 2.0 * PAGE_MARGIN);
                    let scale = if fits { 1.0 } else { (room.0 / w).min(room.1 / h) };
                    let (x, y) = ((WIDTH - w * scale) / 2.0, (HEIGHT - h * scale) / 2.0);
                    let [a, b, c, d, e, f] = page.matrix.map(|value| value * scale);
                    let place = [x, y, x + w * scale, y + h * scale];
                    let owner = Owner::Enclosure { index, page: number, place };
                    drawn.enclosed(&form_name(forms), [a, b, c, d, e + x, f + y], owner);
                    forms += 1;
                }
            }
        }
    }
    drawn
}

impl Drawn {
    /// A page with one picture or form on it.
    fn enclosed(&mut self, name: &str, matrix: [f32; 6], owner: Owner) {
        let mut ops = Vec::new();
        begin(&mut ops, "Figure", Some(0));
        put(&mut ops, name, matrix);
        end(&mut ops);
        self.pages.push(ops);
        self.inside.push(vec![owner]);
    }
}

/// The names under which pages know pictures and enclosed pages.
pub(super) fn picture_name(index: usize) -> String {
    format!("I{index}")
}

pub(super) fn form_name(index: usize) -> String {
    format!("E{index}")
}

/// The name under which pages know a face's font.
pub(super) fn resource(face: Face) -> String {
    format!("T{}", Face::ALL.iter().position(|known| *known == face).unwrap_or(0))
}

/// The faces used, with the signs beyond the everyday ones.
pub(super) fn signs(pages: &[Page]) -> BTreeMap<Face, BTreeSet<Sign>> {
    let mut signs: BTreeMap<Face, BTreeSet<Sign>> = BTreeMap::new();
    for (text, run) in pages.iter().flat_map(|page| &page.marks).flat_map(runs) {
        let further = signs.entry(run.face).or_default();
        further.extend(run.glyphs.iter().filter(|glyph| glyph.everyday.is_none()).map(|glyph| sign(glyph, text)));
    }
    signs
}

fn sign(glyph: &SetGlyph, text: &str) -> Sign {
    (glyph.id, DrawnText::new(text.get(glyph.text.clone()).unwrap_or("")))
}

fn runs(mark: &Mark) -> impl Iterator<Item = (&str, &SetRun)> {
    let line = match mark {
        Mark::Line { set, line, .. } => set.lines.get(*line).map(|line| (set.text.as_str(), line)),
        Mark::Bar { .. } | Mark::Picture { .. } => None,
    };
    line.into_iter().flat_map(|(text, line)| line.runs.iter().map(move |run| (text, run)))
}

fn letter_page(page: &Page, content: &Content<'_>, fonts: &Embeddeds) -> (Vec<Op>, Vec<Owner>) {
    let (mut ops, mut inside) = (Vec::new(), Vec::new());
    bars(page, &mut ops);
    ops.push(Op::StartTextSection);
    let (mut font, mut colour, mut open) = (None, BLACK, None);
    for mark in &page.marks {
        let Mark::Line { x, baseline, tag, .. } = mark else { continue };
        if open != Some(*tag) {
            if open.is_some() {
                end(&mut ops);
            }
            open = Some(*tag);
            let name = content.tags.all().get(tag.0 as usize).map(|element| element.tag.name());
            match name {
                Some(name) => {
                    begin(&mut ops, name, Some(inside.len()));
                    inside.push(Owner::Element(*tag, None));
                }
                None => begin(&mut ops, "Artifact", None),
            }
        }
        for (text, run) in runs(mark) {
            if font != Some((run.face, run.size.to_bits())) {
                font = Some((run.face, run.size.to_bits()));
                let font = PdfFontHandle::External(FontId(resource(run.face)));
                ops.push(Op::SetFont { font, size: Pt(run.size) });
            }
            if colour != run.colour {
                colour = run.colour;
                fill(&mut ops, colour);
            }
            show(run, text, *x, HEIGHT - baseline, fonts, &mut ops);
        }
    }
    if open.is_some() {
        end(&mut ops);
    }
    ops.push(Op::EndTextSection);
    for mark in &page.marks {
        let Mark::Picture { picture, x, y, width, height, tag } = mark else { continue };
        let Some(shown) = content.pictures.get(*picture) else { continue };
        let bottom = HEIGHT - y - height;
        begin(&mut ops, "Figure", Some(inside.len()));
        inside.push(Owner::Element(*tag, Some([*x, bottom, x + width, bottom + height])));
        put(&mut ops, &picture_name(*picture), shown.matrix(*x, bottom, *width, *height));
        end(&mut ops);
    }
    (ops, inside)
}

/// Shades, rules and the lines under and through text: decoration, below everything else.
fn bars(page: &Page, ops: &mut Vec<Op>) {
    let mut bars: Vec<([f32; 4], Colour)> = Vec::new();
    for mark in &page.marks {
        match mark {
            Mark::Bar { x, y, width, height, colour } => {
                bars.push(([*x, HEIGHT - y - height, *width, *height], *colour));
            }
            Mark::Line { x, baseline, .. } => {
                for (_, run) in runs(mark) {
                    let lines = [(run.underline, UNDERLINE), (run.strike, STRIKE)];
                    for (_, rise) in lines.iter().filter(|(on, _)| *on) {
                        let y = HEIGHT - baseline + rise * run.size;
                        bars.push(([x + run.x, y, run.advance, STROKE * run.size], run.colour));
                    }
                }
            }
            Mark::Picture { .. } => {}
        }
    }
    if bars.is_empty() {
        return;
    }
    begin(ops, "Artifact", None);
    let mut colour = BLACK;
    for (place, wanted) in bars {
        if colour != wanted {
            colour = wanted;
            fill(ops, colour);
        }
        op(ops, "re", place.map(number).to_vec());
        op(ops, "f", Vec::new());
    }
    if colour != BLACK {
        fill(ops, BLACK);
    }
    end(ops);
}

fn op(ops: &mut Vec<Op>, key: &str, value: Vec<DictItem>) {
    ops.push(Op::Unknown { key: key.to_owned(), value });
}

fn number(value: f32) -> DictItem {
    DictItem::Real(round(value))
}

fn fill(ops: &mut Vec<Op>, colour: Colour) {
    let parts = colour.map(|part| DictItem::Real(round(f32::from(part) / 255.0)));
    op(ops, "rg", parts.to_vec());
}

fn put(ops: &mut Vec<Op>, name: &str, matrix: [f32; 6]) {
    op(ops, "q", Vec::new());
    // Finer than lengths: a page's turn and scale multiply large coordinates.
    op(ops, "cm", matrix.map(|value| DictItem::Real((value * 1e5).round() / 1e5)).to_vec());
    op(ops, "Do", vec![DictItem::Name(name.as_bytes().to_vec())]);
    op(ops, "Q", Vec::new());
}

fn begin(ops: &mut Vec<Op>, name: &str, inside: Option<usize>) {
    let name = DictItem::Name(name.as_bytes().to_vec());
    match inside {
        None => op(ops, "BMC", vec![name]),
        Some(number) => {
            let number = DictItem::Int(i64::try_from(number).unwrap_or(0));
            let map = BTreeMap::from([("MCID".to_owned(), number)]);
            op(ops, "BDC", vec![name, DictItem::Dict { map }]);
        }
    }
}

fn end(ops: &mut Vec<Op>) {
    op(ops, "EMC", Vec::new());
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
