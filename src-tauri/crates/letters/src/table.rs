//! Tables become strips: one a row, its header repeated on every page it reaches.
//!
//! Columns share the measure by what they hold and what the author asked for: each gets its natural width when all fit,
//! else no less than its longest word. A row is cut only when it is taller than a page.

use crate::blocks::{BLACK, Cell, Lines as Ruling, Row, Table};
use crate::column::{Composer, Lines, Measure};
use crate::flow::{Mark, Strip};
use crate::tags::{Element, Tag, TagId};
use crate::text::NoGlyph;
use std::sync::Arc;

/// How a table is set. Lengths in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    pub(crate) size: f32,
    pub(crate) leading: f32,
    /// Clear space beside and above a cell's text.
    pub(crate) pad: (f32, f32),
}

/// The tables that authors write.
pub(crate) const DEFAULT: Manner = Manner { size: 10.0, leading: 12.0, pad: (4.0, 3.0) };

/// A character without a glyph, and the row it stands in.
#[derive(Debug)]
pub(crate) struct NoGlyphInRow {
    pub(crate) missing: NoGlyph,
    pub(crate) row: usize,
}

const HAIR: f32 = 0.4;
const THICK: f32 = 0.8;

/// Sets a table.
pub(crate) fn set(
    composer: &mut Composer<'_>,
    table: &Table,
    at: Measure,
    manner: Manner,
    parent: TagId,
) -> Result<Vec<Strip>, NoGlyphInRow> {
    let lines = Lines { size: manner.size, leading: manner.leading, follow_script: false, ..at.lines };
    let at = Measure { lines, gap: at.gap / 2.0, ..at };
    let id = composer.tags.add(parent, Tag::Table);
    let widths = column_widths(composer, table, at, manner)?;
    let setter = Setter { table, at, manner, widths };
    let lead = table.rows.iter().take_while(|row| row.header).count();
    let (mut header, mut strips) = (Vec::new(), Vec::new());
    for (index, row) in table.rows.iter().enumerate() {
        let set = setter.row(composer, row, id).map_err(|missing| NoGlyphInRow { missing, row: index })?;
        if index < lead {
            header.extend(set.into_iter().map(|strip| Strip { keep: true, ..strip }));
        } else {
            strips.extend(set);
        }
    }
    let header_height: f32 = header.iter().map(|strip| strip.height).sum();
    if strips.is_empty() || header_height > at.page / 2.0 {
        header.append(&mut strips);
        header.iter_mut().for_each(|strip| strip.keep &= header_height <= at.page / 2.0);
        return Ok(header);
    }
    let untagged = |strip: Strip| Strip { marks: strip.marks.into_iter().map(Mark::untagged).collect(), ..strip };
    let repeated = (!header.is_empty()).then(|| Arc::new(header.iter().cloned().map(untagged).collect::<Vec<_>>()));
    strips.iter_mut().for_each(|strip| strip.header.clone_from(&repeated));
    header.append(&mut strips);
    Ok(header)
}

struct Setter<'t> {
    table: &'t Table,
    at: Measure,
    manner: Manner,
    /// Of the columns' text.
    widths: Vec<f32>,
}

impl Setter<'_> {
    /// A row's strips: one, unless the row is taller than a page.
    fn row(&self, composer: &mut Composer<'_>, row: &Row, parent: TagId) -> Result<Vec<Strip>, NoGlyph> {
        let (pad_x, pad_y) = self.manner.pad;
        let id = composer.tags.add(parent, Tag::Row);
        let mut columns: Vec<Vec<Strip>> = Vec::with_capacity(row.cells.len());
        for (cell, (left, width)) in row.cells.iter().zip(self.places(row)) {
            let tag = if cell.header || row.header { Tag::HeaderCell } else { Tag::Cell };
            let tag = composer.tags.push(Element { span: cell.span, ..Element::new(id, tag) });
            let at = Measure { x: left + pad_x, width: (width - 2.0 * pad_x).max(1.0), ..self.at };
            columns.push(composer.content(&cell.blocks, at, tag)?);
        }
        let stacked = |strips: &[Strip]| {
            let mut after = None;
            strips.iter().fold(0.0, |sum, strip| {
                let gap = after.map_or(0.0, |after: f32| after.max(strip.before));
                after = Some(strip.after);
                sum + gap + strip.height
            })
        };
        let tallest = columns.iter().map(|strips| stacked(strips)).fold(self.at.lines.leading, f32::max);
        if tallest + 2.0 * pad_y <= self.at.page {
            let mut strip = Strip { height: tallest + 2.0 * pad_y, ..Strip::default() };
            self.shade(&mut strip, row);
            for strips in columns {
                let (mut y, mut after) = (pad_y, None);
                for part in strips {
                    y += after.map_or(0.0, |after: f32| after.max(part.before));
                    strip.marks.extend(part.marks.iter().map(|mark| mark.lowered(y)));
                    y += part.height;
                    after = Some(part.after);
                }
            }
            self.rule(&mut strip, row, true, true);
            return Ok(vec![strip]);
        }
        // Too tall for any page: the first line of every cell, then the second of every cell, and so on.
        let count = columns.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let mut strips = Vec::with_capacity(count);
        for index in 0..count {
            let parts = || columns.iter().filter_map(|column| column.get(index));
            let (is_first, is_last) = (index == 0, index + 1 == count);
            let top = if is_first { pad_y } else { 0.0 };
            let tallest = parts().map(|part| part.height).fold(0.0, f32::max);
            let height = top + tallest + if is_last { pad_y } else { 0.0 };
            let mut strip = Strip { height, ..Strip::default() };
            self.shade(&mut strip, row);
            strip.marks.extend(parts().flat_map(|part| &part.marks).map(|mark| mark.lowered(top)));
            self.rule(&mut strip, row, is_first, is_last);
            strips.push(strip);
        }
        Ok(strips)
    }

    /// Left edge and width of each cell, its padding included.
    fn places(&self, row: &Row) -> Vec<(f32, f32)> {
        let full: Vec<f32> = self.widths.iter().map(|width| width + 2.0 * self.manner.pad.0).collect();
        let (mut column, mut x) = (0, self.at.x);
        let mut place = |cell: &Cell| {
            let span = usize::from(cell.span.max(1));
            let width: f32 = full.iter().skip(column).take(span).sum();
            let place = (x, width);
            column += span;
            x += width;
            place
        };
        row.cells.iter().map(&mut place).collect()
    }

    fn shade(&self, strip: &mut Strip, row: &Row) {
        for (cell, (x, width)) in row.cells.iter().zip(self.places(row)) {
            if let Some(colour) = cell.shade {
                strip.marks.push(Mark::Bar { x, y: 0.0, width, height: strip.height, colour });
            }
        }
    }

    fn rule(&self, strip: &mut Strip, row: &Row, is_first: bool, is_last: bool) {
        let ruling = self.table.lines;
        if ruling == Ruling::None {
            return;
        }
        let boxed = ruling == Ruling::Boxed;
        let thickness = if row.header && !boxed { THICK } else { HAIR };
        let whole: f32 = self.widths.iter().map(|width| width + 2.0 * self.manner.pad.0).sum();
        let bar = |y, height| Mark::Bar { x: self.at.x, y, width: whole, height, colour: BLACK };
        if is_first && (boxed || row.header) {
            strip.marks.push(bar(0.0, thickness));
        }
        if is_last {
            strip.marks.push(bar(strip.height - if boxed { 0.0 } else { thickness }, thickness));
        }
        if boxed {
            let places = self.places(row);
            let end = places.last().map_or(self.at.x, |(x, width)| x + width);
            let edges = places.iter().map(|(x, _)| *x).chain([end, self.at.x + whole]);
            let mut last = f32::NEG_INFINITY;
            for x in edges.filter(|x| *x <= self.at.x + whole + HAIR) {
                if x - last > HAIR {
                    let (x, height) = (x - HAIR / 2.0, strip.height);
                    strip.marks.push(Mark::Bar { x, y: 0.0, width: HAIR, height, colour: BLACK });
                }
                last = x;
            }
        }
    }
}

fn column_widths(
    composer: &mut Composer<'_>,
    table: &Table,
    at: Measure,
    manner: Manner,
) -> Result<Vec<f32>, NoGlyphInRow> {
    let columns = |row: &Row| row.cells.iter().map(|cell| usize::from(cell.span.max(1))).sum();
    let count: usize = table.rows.iter().map(columns).max().unwrap_or(0);
    let pads = 2.0 * manner.pad.0 * count as f32;
    let whole = table.width.map_or(at.width, |wish| wish.points(at.width)).clamp(pads.min(at.width), at.width);
    let available = (whole - pads).max(1.0);
    let mut sides = vec![Sides::default(); count];
    for (row_index, row) in table.rows.iter().enumerate() {
        let mut column = 0;
        for cell in &row.cells {
            let span = usize::from(cell.span.max(1));
            let widths = composer.widths(&cell.blocks, at);
            let (natural, least) = widths.map_err(|missing| NoGlyphInRow { missing, row: row_index })?;
            if let (1, Some(side)) = (span, sides.get_mut(column)) {
                (side.natural, side.least) = (side.natural.max(natural), side.least.max(least));
            }
            column += span;
        }
    }
    for (side, wish) in sides.iter_mut().zip(&table.widths) {
        side.fixed = wish.map(|wish| wish.points(whole) - 2.0 * manner.pad.0).filter(|width| *width > 0.0);
    }
    Ok(share(available, &sides))
}

/// What a column would like, what it needs, and what its author asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Sides {
    natural: f32,
    least: f32,
    fixed: Option<f32>,
}

/// Widths that fill `available`.
fn share(available: f32, sides: &[Sides]) -> Vec<f32> {
    let asked: f32 = sides.iter().filter_map(|side| side.fixed).sum();
    let free: Vec<&Sides> = sides.iter().filter(|side| side.fixed.is_none()).collect();
    if asked > 0.0 {
        // What is asked for is given, scaled to leave the others what they need.
        let needed: f32 = free.iter().map(|side| side.least.min(available / 2.0)).sum();
        let room = if free.is_empty() { available } else { (available - needed).max(available * 0.2).min(asked) };
        let scale = room / asked;
        let others: Vec<Sides> = free.iter().map(|side| **side).collect();
        let mut rest = share(available - room, &others).into_iter();
        let give = |side: &Sides| side.fixed.map_or_else(|| rest.next().unwrap_or(1.0), |width| width * scale);
        return sides.iter().map(give).collect();
    }
    let sum = |of: fn(&Sides) -> f32| sides.iter().map(of).sum::<f32>();
    let (natural, least) = (sum(|side| side.natural), sum(|side| side.least));
    if sides.is_empty() || natural <= 0.0 {
        return vec![available / sides.len().max(1) as f32; sides.len()];
    }
    if natural <= available {
        // What is left over goes to the wide columns, which are text; figures stay close to their neighbours.
        let squares = sum(|side| side.natural * side.natural);
        let spare = available - natural;
        return sides.iter().map(|side| side.natural + spare * side.natural * side.natural / squares).collect();
    }
    if least < available {
        let part = (available - least) / (natural - least);
        return sides.iter().map(|side| side.least + (side.natural - side.least) * part).collect();
    }
    sides.iter().map(|side| side.least * available / least).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::{Block, Look, RichText};
    use crate::signs::Everyday;
    use crate::tags::Tags;
    use crate::text::Typesetter;

    fn set(rows: Vec<Row>) -> Vec<Strip> {
        let mut typesetter = Typesetter::new(Arc::new(Everyday::new())).unwrap();
        let mut composer = Composer { typesetter: &mut typesetter, tags: Tags::new(), pictures: &[] };
        let at = Measure { x: 72.0, width: 468.0, page: 648.0, lines: Lines::BODY, gap: 8.0 };
        let table = Table { rows, ..Table::default() };
        super::set(&mut composer, &table, at, DEFAULT, TagId::DOCUMENT).unwrap()
    }

    fn sides((natural, least): (f32, f32)) -> Sides {
        Sides { natural, least, fixed: None }
    }

    fn cell(text: &str) -> Cell {
        Cell::new(vec![Block::plain(RichText::new(text, Look::default()))])
    }

    fn row(header: bool, text: &str) -> Row {
        Row { header, cells: vec![cell(text), cell("x")] }
    }

    #[test]
    fn columns_fill_the_measure_and_respect_their_longest_words() {
        for (natural, least) in
            [([50.0, 100.0], [20.0, 30.0]), ([500.0, 100.0], [20.0, 30.0]), ([900.0, 900.0], [400.0, 300.0])]
        {
            let sides: Vec<Sides> = natural.into_iter().zip(least).map(sides).collect();
            let widths = share(400.0, &sides);
            assert!((widths.iter().sum::<f32>() - 400.0).abs() < 0.01, "{widths:?}");
            if least.iter().sum::<f32>() < 400.0 {
                assert!(widths.iter().zip(least).all(|(width, least)| *width >= least), "{widths:?}");
            }
        }
    }

    #[test]
    fn an_authors_widths_are_kept_as_far_as_the_other_columns_allow() {
        let fixed = |fixed| Sides { natural: 50.0, least: 30.0, fixed: Some(fixed) };
        let free = sides((80.0, 40.0));
        assert_eq!(share(400.0, &[fixed(100.0), free]), [100.0, 300.0]);
        assert_eq!(share(400.0, &[fixed(100.0), fixed(300.0)]), [100.0, 300.0]);
        assert_eq!(share(400.0, &[fixed(900.0), free]), [360.0, 40.0]);
    }

    #[test]
    fn every_row_after_the_header_repeats_it_as_decoration() {
        let strips = set(vec![row(true, "Head"), row(false, "one"), row(false, "two")]);
        assert_eq!(strips.len(), 3);
        assert!(strips[0].keep && strips[0].header.is_none());
        assert!(strips[1..].iter().all(|strip| strip.header.as_ref().is_some_and(|header| header.len() == 1)));
        let repeated = strips[1].header.as_ref().unwrap();
        assert!(repeated[0].marks.iter().all(|mark| match mark {
            Mark::Line { tag, .. } => *tag == TagId::ARTIFACT,
            _ => true,
        }));
    }

    #[test]
    fn only_a_row_taller_than_a_page_is_cut() {
        let long = |words: usize| row(false, &"word ".repeat(words));
        assert_eq!(set(vec![long(500)]).len(), 1);
        let strips = set(vec![long(20_000)]);
        assert!(strips.len() > 60 && strips.iter().all(|strip| strip.height < 20.0));
    }

    #[test]
    fn a_cell_that_spans_columns_has_no_line_through_it() {
        let wide = Cell { span: 2, ..cell("over both") };
        let strips = set(vec![Row { header: false, cells: vec![wide] }, row(false, "a")]);
        let uprights = |strip: &Strip| {
            strip.marks.iter().filter(|mark| matches!(mark, Mark::Bar { width, .. } if *width < 1.0)).count()
        };
        assert_eq!((uprights(&strips[0]), uprights(&strips[1])), (2, 3));
    }
}
