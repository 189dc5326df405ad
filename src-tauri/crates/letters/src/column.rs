//! Blocks become the strips of a letter's column.

use crate::blocks::{Align, Block, Image, Look, RichText, Role, Style, Wish};
use crate::flow::{Mark, Strip, keep_two_lines};
use crate::fonts::{ASCENT, DESCENT};
use crate::pictures::Picture;
use crate::table;
use crate::tags::{Element, Tag, TagId, Tags};
use crate::text::{NoGlyph, Setting, Typesetter};
use std::sync::Arc;

/// The letter's type: size and distance of baselines in points.
pub(crate) const SIZE: f32 = 11.5;
pub(crate) const LEADING: f32 = 14.0;

/// Space between paragraphs.
pub(crate) const GAP: f32 = 8.0;

/// How far lists and quotes stand in.
const INDENT: f32 = 22.0;

/// Between a list's marker and its text.
const MARKER_GAP: f32 = 7.0;

/// Where a block stands between the margins, and in which type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    pub(crate) x: f32,
    pub(crate) width: f32,
    /// The height of a full page.
    pub(crate) page: f32,
    pub(crate) lines: Lines,
    /// Space between paragraphs.
    pub(crate) gap: f32,
}

impl Measure {
    fn indented(self, left: f32, right: f32) -> Self {
        Self { x: self.x + left, width: (self.width - left - right).max(40.0_f32.min(self.width)), ..self }
    }
}

/// How lines of text are set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines {
    pub(crate) size: f32,
    /// The distance of baselines of text of that size; larger type stands further apart.
    pub(crate) leading: f32,
    pub(crate) align: Align,
    pub(crate) indent: f32,
    /// A paragraph that begins in a right-to-left script runs from the right.
    pub(crate) follow_script: bool,
}

impl Lines {
    pub(crate) const BODY: Lines =
        Lines { size: SIZE, leading: LEADING, align: Align::Start, indent: 0.0, follow_script: true };
    pub(crate) const BLOCK: Lines = Lines { follow_script: false, ..Lines::BODY };

    /// Where the baseline lies below the top of a line of this size of type.
    fn baseline_of(self, size: f32, leading: f32) -> f32 {
        (leading - (ASCENT + DESCENT) * size) / 2.0 + ASCENT * size
    }

    pub(crate) fn baseline(self) -> f32 {
        self.baseline_of(self.size, self.leading)
    }

    pub(crate) fn setting(self, width: Option<f32>) -> Setting {
        let Self { size, align, indent, follow_script, .. } = self;
        Setting { size, width, align, indent, follow_script }
    }
}

/// What setting needs: typefaces, the letter's pictures, and the tree of what it is made of.
pub(crate) struct Composer<'a> {
    pub(crate) typesetter: &'a mut Typesetter,
    pub(crate) tags: Tags,
    pub(crate) pictures: &'a [Arc<Picture>],
}

impl Composer<'_> {
    /// Sets text as one strip a line.
    pub(crate) fn lines(
        &mut self,
        text: &RichText,
        lines: Lines,
        at: Measure,
        tag: TagId,
    ) -> Result<Vec<Strip>, NoGlyph> {
        let (set, shift) = self.typesetter.fit(text, lines.setting(Some(at.width)))?;
        let strip = |line: usize| {
            let size = set.lines.get(line).map_or(lines.size, |line| line.size);
            let leading = lines.leading * (size / lines.size);
            let baseline = lines.baseline_of(size, leading);
            Strip {
                height: leading,
                marks: vec![Mark::Line { set: Arc::clone(&set), line, x: at.x + shift, baseline, tag }],
                ..Strip::default()
            }
        };
        Ok((0..set.lines.len()).map(strip).collect())
    }

    /// Sets blocks, one below the other. Item table and signature are the letter's to set: see `letter`.
    pub(crate) fn blocks(&mut self, blocks: &[Block], at: Measure, parent: TagId) -> Result<Vec<Strip>, NoGlyph> {
        let mut strips = Vec::new();
        for block in blocks {
            let next = self.block(block, at, parent)?;
            strips.extend(next);
        }
        Ok(strips)
    }

    /// Sets what a cell or an item holds; a lone paragraph needs no element of its own.
    pub(crate) fn content(&mut self, blocks: &[Block], at: Measure, tag: TagId) -> Result<Vec<Strip>, NoGlyph> {
        match blocks {
            [Block::Paragraph { text, role: role @ (Role::Line | Role::Paragraph), style }] => {
                self.paragraph(text, *role, *style, at, tag)
            }
            blocks => self.blocks(blocks, at, tag),
        }
    }

    pub(crate) fn block(&mut self, block: &Block, at: Measure, parent: TagId) -> Result<Vec<Strip>, NoGlyph> {
        match block {
            Block::Paragraph { text, role, style } => {
                let tag = match role {
                    Role::Heading(level) => Tag::Heading(*level),
                    Role::Paragraph | Role::Line => Tag::Paragraph,
                };
                let tag = self.tags.add(parent, tag);
                self.paragraph(text, *role, *style, at, tag)
            }
            Block::Blank => Ok(vec![Strip { height: at.lines.leading, ..Strip::default() }]),
            Block::PageBreak => Ok(vec![Strip { on_new_page: true, ..Strip::default() }]),
            Block::Rule => {
                let bar = Mark::Bar { x: at.x, y: 0.0, width: at.width, height: 0.5, colour: [0; 3] };
                Ok(vec![Strip { before: at.gap, after: at.gap, height: 0.5, marks: vec![bar], ..Strip::default() }])
            }
            Block::Image(image) => Ok(self.image(image, at, parent)),
            Block::List { marker, items } => {
                let markers: Vec<String> = (0..).zip(items).map(|(index, _)| marker.of(index)).collect();
                let numbering = Some(marker.numbering());
                let list = self.tags.push(Element { numbering, ..Element::new(parent, Tag::List) });
                self.list(&markers, items, at, list)
            }
            Block::Quote(blocks) => {
                let quote = self.tags.add(parent, Tag::Quote);
                let mut strips = self.blocks(blocks, at.indented(INDENT, INDENT), quote)?;
                space_around(&mut strips, at.gap);
                Ok(strips)
            }
            Block::Table(table) => {
                let set = table::set(self, table, at, table::DEFAULT, parent);
                let mut strips = set.map_err(|error| error.missing)?;
                space_around(&mut strips, at.gap);
                Ok(strips)
            }
            Block::Items | Block::Signature => Ok(Vec::new()),
        }
    }

    fn paragraph(
        &mut self,
        text: &RichText,
        role: Role,
        style: Style,
        at: Measure,
        tag: TagId,
    ) -> Result<Vec<Strip>, NoGlyph> {
        let points = |tenths: i16| f32::from(tenths) / 10.0;
        let at = at.indented(points(style.left), points(style.right));
        let (size, leading) = match role {
            Role::Heading(1) => (at.lines.size * 1.4, at.lines.leading * 1.36),
            Role::Heading(2) => (at.lines.size * 1.17, at.lines.leading * 1.18),
            _ => (at.lines.size, at.lines.leading),
        };
        let leading = if style.leading == 0 { leading } else { size * f32::from(style.leading) / 100.0 };
        let lines = Lines { size, leading, align: style.align, indent: points(style.indent), ..at.lines };
        let mut strips;
        if let Role::Heading(_) = role {
            strips = self.lines(&text.with(|look| Look { bold: true, ..look }), lines, at, tag)?;
            strips.iter_mut().for_each(|strip| strip.keep = true);
            space_around(&mut strips, at.gap);
            if let Some(first) = strips.first_mut() {
                first.before = at.gap * 1.5;
            }
            if let Some(last) = strips.last_mut() {
                last.after = at.gap / 2.0;
            }
        } else {
            strips = self.lines(text, lines, at, tag)?;
            keep_two_lines(&mut strips);
            space_around(&mut strips, if role == Role::Paragraph { at.gap } else { 0.0 });
        }
        if let (Some(before), Some(first)) = (style.before, strips.first_mut()) {
            first.before = points(before).max(0.0);
        }
        if let (Some(after), Some(last)) = (style.after, strips.last_mut()) {
            last.after = points(after).max(0.0);
        }
        Ok(strips)
    }

    fn list(
        &mut self,
        markers: &[String],
        items: &[Vec<Block>],
        at: Measure,
        list: TagId,
    ) -> Result<Vec<Strip>, NoGlyph> {
        let lines = Lines { follow_script: false, align: Align::Start, indent: 0.0, ..at.lines };
        let mut widest = INDENT - MARKER_GAP;
        let mut set = Vec::with_capacity(markers.len());
        for marker in markers {
            let marker = self.typesetter.set(&RichText::new(marker, Look::default()), lines.setting(None))?;
            widest = widest.max(marker.natural);
            set.push(marker);
        }
        let indent = (widest + MARKER_GAP).min(at.width / 2.0);
        let mut all = Vec::new();
        for (marker, blocks) in set.into_iter().zip(items) {
            let item = self.tags.add(list, Tag::Item);
            let (label, body) = (self.tags.add(item, Tag::Label), self.tags.add(item, Tag::Body));
            let from_right = self.runs_from_right(blocks, at)?;
            let inner = if from_right { at.indented(0.0, indent) } else { at.indented(indent, 0.0) };
            let mut strips = self.content(blocks, inner, body)?;
            if strips.is_empty() {
                strips.push(Strip { height: at.lines.leading, ..Strip::default() });
            }
            let x = if from_right {
                inner.x + inner.width + MARKER_GAP
            } else {
                (inner.x - MARKER_GAP - marker.natural).max(at.x)
            };
            if let Some(strip) = strips.first_mut() {
                let baseline = match strip.marks.first() {
                    Some(Mark::Line { baseline, .. }) => *baseline,
                    _ => lines.baseline(),
                };
                strip.marks.insert(0, Mark::Line { set: marker, line: 0, x, baseline, tag: label });
            }
            for strip in &mut strips {
                (strip.before, strip.after) = (strip.before.min(at.gap / 2.0), strip.after.min(at.gap / 2.0));
            }
            space_around(&mut strips, at.gap / 4.0);
            all.extend(strips);
        }
        space_around(&mut all, at.gap);
        Ok(all)
    }

    /// Whether an item's text begins at the right.
    fn runs_from_right(&mut self, blocks: &[Block], at: Measure) -> Result<bool, NoGlyph> {
        match blocks.first() {
            Some(Block::Paragraph { text, .. }) if !text.text.is_ascii() && at.lines.follow_script => {
                let setting = Lines { follow_script: true, ..at.lines }.setting(None);
                Ok(self.typesetter.set(text, setting)?.from_right)
            }
            _ => Ok(false),
        }
    }

    fn image(&mut self, image: &Image, at: Measure, parent: TagId) -> Vec<Strip> {
        let Some(picture) = self.pictures.get(image.picture) else { return Vec::new() };
        let (dots_across, dots_down) = picture.shown();
        let ratio = dots_down as f32 / dots_across.max(1) as f32;
        let asked_height = image.height.map(|tenths| f32::from(tenths) / 10.0);
        let mut width = match (image.width, asked_height) {
            (Some(wish), _) => wish.points(at.width),
            (None, Some(height)) => height / ratio,
            // A dot is a pixel, as browsers show it.
            (None, None) => dots_across as f32 * 0.75,
        };
        width = width.min(at.width).max(1.0);
        let mut height = if image.width.is_some() { asked_height.unwrap_or(width * ratio) } else { width * ratio };
        if height > at.page {
            (width, height) = (width * at.page / height, at.page);
        }
        let alt = if image.alt.is_empty() { "Picture".to_owned() } else { image.alt.clone() };
        let tag = self.tags.push(Element { alt: Some(alt), ..Element::new(parent, Tag::Figure) });
        let x = match image.align {
            Align::Start | Align::Justify => at.x,
            Align::Center => at.x + (at.width - width) / 2.0,
            Align::End => at.x + at.width - width,
        };
        let mark = Mark::Picture { picture: image.picture, x, y: 0.0, width, height, tag };
        let gap = at.gap / 2.0;
        vec![Strip { before: gap, after: gap, height, marks: vec![mark], ..Strip::default() }]
    }

    /// The widths of blocks without any line break that the text does not ask for, and of their longest parts that
    /// cannot be broken.
    pub(crate) fn widths(&mut self, blocks: &[Block], at: Measure) -> Result<(f32, f32), NoGlyph> {
        let (mut natural, mut least) = (0.0_f32, 0.0_f32);
        for block in blocks {
            let (block_natural, block_least) = match block {
                Block::Paragraph { text, role, style } => {
                    let scale = if let Role::Heading(1) = role { 1.4 } else { 1.0 };
                    let size = at.lines.size * scale;
                    let lines = Lines { size, follow_script: false, align: Align::Start, indent: 0.0, ..at.lines };
                    let set = self.typesetter.set(text, lines.setting(None))?;
                    let margins = f32::from(style.left + style.right) / 10.0;
                    (set.natural + margins, set.least + margins)
                }
                Block::List { items, .. } => {
                    let mut inner = (0.0_f32, 0.0_f32);
                    for item in items {
                        let (natural, least) = self.widths(item, at)?;
                        inner = (inner.0.max(natural + INDENT), inner.1.max(least + INDENT));
                    }
                    inner
                }
                Block::Quote(blocks) => {
                    let (natural, least) = self.widths(blocks, at)?;
                    (natural + 2.0 * INDENT, least + 2.0 * INDENT)
                }
                Block::Table(table) => {
                    let mut inner = (0.0_f32, 0.0_f32);
                    for row in &table.rows {
                        let mut sum = (0.0, 0.0);
                        for cell in &row.cells {
                            let (natural, least) = self.widths(&cell.blocks, at)?;
                            sum = (sum.0 + natural + 8.0, sum.1 + least + 8.0);
                        }
                        inner = (inner.0.max(sum.0), inner.1.max(sum.1));
                    }
                    inner
                }
                Block::Image(image) => {
                    let dots = self.pictures.get(image.picture).map_or(0, |picture| picture.shown().0);
                    let width = image.width.map_or(dots as f32 * 0.75, |wish| wish.points(at.width));
                    (width.min(at.width), 10.0)
                }
                Block::Blank | Block::Rule | Block::PageBreak | Block::Items | Block::Signature => (0.0, 0.0),
            };
            (natural, least) = (natural.max(block_natural), least.max(block_least));
        }
        Ok((natural, least))
    }
}

impl Wish {
    /// The width in points, of what there is.
    pub(crate) fn points(self, whole: f32) -> f32 {
        match self {
            Wish::Points(tenths) => f32::from(tenths) / 10.0,
            Wish::Percent(hundredths) => whole * f32::from(hundredths) / 10_000.0,
        }
    }
}

/// The space above the first strip and below the last.
pub(crate) fn space_around(strips: &mut [Strip], space: f32) {
    if let Some(first) = strips.first_mut() {
        first.before = space;
    }
    if let Some(last) = strips.last_mut() {
        last.after = space;
    }
}
