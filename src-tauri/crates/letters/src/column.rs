//! Blocks become the strips of a letter's column.

use crate::blocks::{Align, Block, Look, RichText, Role, Row};
use crate::flow::{Mark, Strip, keep_two_lines};
use crate::fonts::{ASCENT, DESCENT};
use crate::table::{Grid, GridRow, GridStyle};
use crate::text::{NoGlyph, Setting, Typesetter};

/// The letter's type: size and distance of baselines in points.
pub(crate) const SIZE: f32 = 11.5;
pub(crate) const LEADING: f32 = 14.0;

/// Space between paragraphs.
pub(crate) const GAP: f32 = 8.0;

/// How far lists and quotes stand in.
const INDENT: f32 = 22.0;

const TABLE: GridStyle = GridStyle { size: 10.0, leading: 12.0, boxed: true, pad: (4.0, 3.0) };

/// Where a block stands between the margins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    pub(crate) x: f32,
    pub(crate) width: f32,
    /// The height of a full page.
    pub(crate) page: f32,
}

impl Measure {
    fn indented(self, left: f32, right: f32) -> Self {
        Self { x: self.x + left, width: (self.width - left - right).max(60.0), ..self }
    }
}

/// How lines of text are set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines {
    pub(crate) size: f32,
    pub(crate) leading: f32,
    pub(crate) align: Align,
    /// A paragraph that begins in a right-to-left script runs from the right.
    pub(crate) follow_script: bool,
}

impl Lines {
    pub(crate) const BODY: Lines = Lines { size: SIZE, leading: LEADING, align: Align::Start, follow_script: true };
    pub(crate) const BLOCK: Lines = Lines { follow_script: false, ..Lines::BODY };

    /// Where the baseline lies below the top of a line.
    pub(crate) fn baseline(self) -> f32 {
        (self.leading - (ASCENT + DESCENT) * self.size) / 2.0 + ASCENT * self.size
    }

    /// Sets text as one strip a line.
    pub(crate) fn set(self, typesetter: &mut Typesetter, text: &RichText, at: Measure) -> Result<Vec<Strip>, NoGlyph> {
        let Self { size, leading, align, follow_script } = self;
        let (set, shift) = typesetter.fit(text, Setting { size, width: Some(at.width), align, follow_script })?;
        let strip = |line| Strip {
            height: leading,
            marks: vec![Mark::Line { set: set.clone(), line, x: at.x + shift, baseline: self.baseline() }],
            ..Strip::default()
        };
        Ok((0..set.lines.len()).map(strip).collect())
    }
}

/// Sets blocks, one below the other. Item table and signature are the letter's to set: see `letter`.
pub(crate) fn set(typesetter: &mut Typesetter, blocks: &[Block], at: Measure) -> Result<Vec<Strip>, NoGlyph> {
    let mut strips = Vec::new();
    for block in blocks {
        let next = set_block(typesetter, block, at)?;
        strips.extend(next);
    }
    Ok(strips)
}

pub(crate) fn set_block(typesetter: &mut Typesetter, block: &Block, at: Measure) -> Result<Vec<Strip>, NoGlyph> {
    match block {
        Block::Paragraph { text, role, align } => paragraph(typesetter, text, *role, *align, at),
        Block::Blank => Ok(vec![Strip { height: LEADING, ..Strip::default() }]),
        Block::Rule => {
            let bar = Mark::Bar { x: at.x, y: 0.0, width: at.width, height: 0.5 };
            Ok(vec![Strip { before: GAP, after: GAP, height: 0.5, marks: vec![bar], ..Strip::default() }])
        }
        Block::List { first, items } => list(typesetter, *first, items, at),
        Block::Quote(blocks) => {
            let mut strips = set(typesetter, blocks, at.indented(INDENT, INDENT))?;
            space_around(&mut strips, GAP);
            Ok(strips)
        }
        Block::Table(rows) => table(typesetter, rows, at),
        Block::Items | Block::Signature => Ok(Vec::new()),
    }
}

fn paragraph(
    typesetter: &mut Typesetter,
    text: &RichText,
    role: Role,
    align: Align,
    at: Measure,
) -> Result<Vec<Strip>, NoGlyph> {
    let body = Lines { align, ..Lines::BODY };
    let Role::Heading(level) = role else {
        let mut strips = body.set(typesetter, text, at)?;
        keep_two_lines(&mut strips);
        space_around(&mut strips, if role == Role::Paragraph { GAP } else { 0.0 });
        return Ok(strips);
    };
    let (size, leading) = match level {
        1 => (16.0, 19.0),
        2 => (13.5, 16.5),
        _ => (SIZE, LEADING),
    };
    let mut bold = RichText::default();
    let mut start = 0;
    for (end, look) in &text.looks {
        bold.push(text.text.get(start..*end).unwrap_or(""), Look { bold: true, ..*look });
        start = *end;
    }
    let mut strips = Lines { size, leading, ..body }.set(typesetter, &bold, at)?;
    strips.iter_mut().for_each(|strip| strip.keep = true);
    space_around(&mut strips, GAP);
    if let Some(first) = strips.first_mut() {
        first.before = GAP * 1.5;
    }
    if let Some(last) = strips.last_mut() {
        last.after = GAP / 2.0;
    }
    Ok(strips)
}

fn list(
    typesetter: &mut Typesetter,
    first: Option<u32>,
    items: &[Vec<Block>],
    at: Measure,
) -> Result<Vec<Strip>, NoGlyph> {
    let inner = at.indented(INDENT, 0.0);
    let mut all = Vec::new();
    for (index, blocks) in (0..).zip(items) {
        let mut strips = set(typesetter, blocks, inner)?;
        if strips.is_empty() {
            strips.push(Strip { height: LEADING, ..Strip::default() });
        }
        let marker = first.map_or_else(|| "•".to_owned(), |first| format!("{}.", first.saturating_add(index)));
        let marker = typesetter.set(
            &RichText::new(&marker, Look::default()),
            Setting { size: SIZE, width: None, align: Align::Start, follow_script: false },
        )?;
        if let Some(strip) = strips.first_mut() {
            let x = (inner.x - 7.0 - marker.natural).max(at.x);
            strip.marks.insert(0, Mark::Line { set: marker, line: 0, x, baseline: Lines::BODY.baseline() });
        }
        for strip in &mut strips {
            (strip.before, strip.after) = (strip.before.min(GAP / 2.0), strip.after.min(GAP / 2.0));
        }
        space_around(&mut strips, GAP / 4.0);
        all.extend(strips);
    }
    space_around(&mut all, GAP);
    Ok(all)
}

/// The space above the first strip and below the last.
fn space_around(strips: &mut [Strip], space: f32) {
    if let Some(first) = strips.first_mut() {
        first.before = space;
    }
    if let Some(last) = strips.last_mut() {
        last.after = space;
    }
}

fn table(typesetter: &mut Typesetter, rows: &[Row], at: Measure) -> Result<Vec<Strip>, NoGlyph> {
    let row = |row: &Row| {
        let look = |text: RichText| if row.header { RichText::new(&text.text, Look::BOLD) } else { text };
        let cells = row.cells.iter().map(|cell| {
            let mut paragraphs = Vec::new();
            flatten(cell, "", &mut paragraphs);
            paragraphs.into_iter().map(|(text, align)| (look(text), align)).collect()
        });
        GridRow { header: row.header, cells: cells.collect() }
    };
    let rows = rows.iter().map(row).collect();
    let grid = Grid { rows, style: TABLE, x: at.x, width: at.width, page: at.page };
    let mut strips = grid.set(typesetter).map_err(|error| error.missing)?;
    space_around(&mut strips, GAP);
    Ok(strips)
}

/// A cell's blocks as paragraphs: in a cell, lists keep their markers and lose their indent.
fn flatten(blocks: &[Block], marker: &str, out: &mut Vec<(RichText, Align)>) {
    for block in blocks {
        match block {
            Block::Paragraph { text, align, .. } => {
                let mut marked = RichText::new(marker, Look::default());
                let mut start = 0;
                for (end, look) in &text.looks {
                    marked.push(text.text.get(start..*end).unwrap_or(""), *look);
                    start = *end;
                }
                out.push((marked, *align));
            }
            Block::Quote(blocks) => flatten(blocks, marker, out),
            Block::List { first, items } => {
                for (index, item) in (0..).zip(items) {
                    let marker = first.map_or("• ".to_owned(), |first| format!("{}. ", first.saturating_add(index)));
                    flatten(item, &marker, out);
                }
            }
            Block::Table(rows) => {
                rows.iter().flat_map(|row| &row.cells).for_each(|cell| flatten(cell, marker, out));
            }
            Block::Blank | Block::Rule | Block::Items | Block::Signature => {}
        }
    }
}
