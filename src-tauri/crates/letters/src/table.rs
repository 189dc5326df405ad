//! Tables become strips: one a row, its header repeated on every page it reaches.
//!
//! Columns share the measure by what they hold: each gets its natural width when all fit, else no less than its longest
//! word. A row is cut only when it is taller than a page.

use crate::blocks::{Align, RichText};
use crate::flow::{Mark, Strip};
use crate::fonts::{ASCENT, DESCENT};
use crate::text::{NoGlyph, SetText, Setting, Typesetter};
use std::sync::Arc;

/// A table ready to be set.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<GridRow>,
    pub(crate) style: GridStyle,
    pub(crate) x: f32,
    pub(crate) width: f32,
    /// The tallest a row may be before it is cut.
    pub(crate) page: f32,
}

/// A row of a grid.
#[derive(Clone, Debug, Default)]
pub(crate) struct GridRow {
    pub(crate) header: bool,
    /// A cell is its paragraphs.
    pub(crate) cells: Vec<Vec<(RichText, Align)>>,
}

/// How a grid looks. Lengths in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GridStyle {
    pub(crate) size: f32,
    pub(crate) leading: f32,
    /// Lines around every cell, or only above and below the header and below each row.
    pub(crate) boxed: bool,
    /// Clear space beside and above a cell's text.
    pub(crate) pad: (f32, f32),
}

/// A character without a glyph, and the row it stands in.
#[derive(Debug)]
pub(crate) struct NoGlyphInRow {
    pub(crate) missing: NoGlyph,
    pub(crate) row: usize,
}

const HAIR: f32 = 0.4;
const THICK: f32 = 0.8;

impl Grid {
    /// Sets the table.
    pub(crate) fn set(&self, typesetter: &mut Typesetter) -> Result<Vec<Strip>, NoGlyphInRow> {
        let widths = self.column_widths(typesetter)?;
        let lead = self.rows.iter().take_while(|row| row.header).count();
        let (mut header, mut strips) = (Vec::new(), Vec::new());
        for (index, row) in self.rows.iter().enumerate() {
            let set = self.row(typesetter, row, index, &widths)?;
            if index < lead {
                header.extend(set.into_iter().map(|strip| Strip { keep: true, ..strip }));
            } else {
                strips.extend(set);
            }
        }
        if strips.is_empty() {
            return Ok(header);
        }
        let repeated = (!header.is_empty()).then(|| Arc::new(header.clone()));
        strips.iter_mut().for_each(|strip| strip.header.clone_from(&repeated));
        header.append(&mut strips);
        Ok(header)
    }

    fn cell_setting(&self, width: Option<f32>, align: Align) -> Setting {
        Setting { size: self.style.size, width, align, follow_script: false }
    }

    fn column_widths(&self, typesetter: &mut Typesetter) -> Result<Vec<f32>, NoGlyphInRow> {
        let count = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let (mut natural, mut least) = (vec![0.0_f32; count], vec![0.0_f32; count]);
        for (row_index, row) in self.rows.iter().enumerate() {
            for ((cell, natural), least) in row.cells.iter().zip(&mut natural).zip(&mut least) {
                for (text, _) in cell {
                    let setting = self.cell_setting(None, Align::Start);
                    let set =
                        typesetter.set(text, setting).map_err(|missing| NoGlyphInRow { missing, row: row_index })?;
                    *natural = natural.max(set.natural);
                    *least = least.max(set.least);
                }
            }
        }
        Ok(share(self.width - 2.0 * self.style.pad.0 * count as f32, &natural, &least))
    }

    /// A row's strips: one, unless the row is taller than a page.
    fn row(
        &self,
        typesetter: &mut Typesetter,
        row: &GridRow,
        row_index: usize,
        widths: &[f32],
    ) -> Result<Vec<Strip>, NoGlyphInRow> {
        let GridStyle { size, leading, pad, .. } = self.style;
        let baseline = (leading - (ASCENT + DESCENT) * size) / 2.0 + ASCENT * size;
        let mut columns: Vec<Vec<(Arc<SetText>, usize, f32)>> = Vec::new();
        for (cell, width) in row.cells.iter().zip(widths) {
            let mut lines = Vec::new();
            for (text, align) in cell {
                let setting = self.cell_setting(Some(*width), *align);
                let set = typesetter.fit(text, setting);
                let (set, shift) = set.map_err(|missing| NoGlyphInRow { missing, row: row_index })?;
                lines.extend((0..set.lines.len()).map(|line| (Arc::clone(&set), line, shift)));
            }
            columns.push(lines);
        }
        let count = columns.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let whole = count as f32 * leading + 2.0 * pad.1 <= self.page;
        let lines_each = if whole { count } else { 1 };
        let mut strips = Vec::new();
        for first in (0..count).step_by(lines_each) {
            let (is_first, is_last) = (first == 0, first + lines_each >= count);
            let top = if is_first { pad.1 } else { 0.0 };
            let height = top + lines_each as f32 * leading + if is_last { pad.1 } else { 0.0 };
            let mut strip = Strip { height, ..Strip::default() };
            let mut x = self.x + pad.0;
            for (column, width) in columns.iter().zip(widths) {
                for (offset, (set, line, shift)) in column.iter().skip(first).take(lines_each).enumerate() {
                    let baseline = top + offset as f32 * leading + baseline;
                    strip.marks.push(Mark::Line { set: Arc::clone(set), line: *line, x: x + shift, baseline });
                }
                x += width + 2.0 * pad.0;
            }
            self.rule(&mut strip, row.header, is_first, is_last, widths);
            strips.push(strip);
        }
        Ok(strips)
    }

    fn rule(&self, strip: &mut Strip, header: bool, is_first: bool, is_last: bool, widths: &[f32]) {
        let GridStyle { boxed, pad, .. } = self.style;
        let thickness = if header && !boxed { THICK } else { HAIR };
        let bar = |y, height| Mark::Bar { x: self.x, y, width: self.width, height };
        if is_first && (boxed || header) {
            strip.marks.push(bar(0.0, thickness));
        }
        if is_last {
            strip.marks.push(bar(strip.height - if boxed { 0.0 } else { thickness }, thickness));
        }
        if boxed {
            let mut x = self.x;
            for width in std::iter::once(0.0).chain(widths.iter().map(|width| width + 2.0 * pad.0)) {
                x += width;
                strip.marks.push(Mark::Bar { x: x - HAIR / 2.0, y: 0.0, width: HAIR, height: strip.height });
            }
        }
    }
}

/// Widths that fill `available`, from what the columns would like and what they need.
fn share(available: f32, natural: &[f32], least: &[f32]) -> Vec<f32> {
    let (all_natural, all_least) = (natural.iter().sum::<f32>(), least.iter().sum::<f32>());
    if natural.is_empty() || all_natural <= 0.0 {
        return vec![available / natural.len().max(1) as f32; natural.len()];
    }
    if all_natural <= available {
        // What is left over goes to the wide columns, which are text; figures stay close to their neighbours.
        let squares: f32 = natural.iter().map(|width| width * width).sum();
        let spare = available - all_natural;
        return natural.iter().map(|width| width + spare * width * width / squares).collect();
    }
    if all_least < available {
        let part = (available - all_least) / (all_natural - all_least);
        return natural.iter().zip(least).map(|(natural, least)| least + (natural - least) * part).collect();
    }
    least.iter().map(|least| least * available / all_least).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::Look;
    use crate::signs::Everyday;

    fn typesetter() -> Typesetter {
        Typesetter::new(Arc::new(Everyday::new())).unwrap()
    }

    fn cell(text: &str) -> Vec<(RichText, Align)> {
        vec![(RichText::new(text, Look::default()), Align::Start)]
    }

    fn grid(rows: Vec<GridRow>) -> Grid {
        let style = GridStyle { size: 10.0, leading: 12.0, boxed: false, pad: (4.0, 3.0) };
        Grid { rows, style, x: 72.0, width: 468.0, page: 648.0 }
    }

    #[test]
    fn columns_fill_the_measure_and_respect_their_longest_words() {
        for (natural, least) in
            [([50.0, 100.0], [20.0, 30.0]), ([500.0, 100.0], [20.0, 30.0]), ([900.0, 900.0], [400.0, 300.0])]
        {
            let widths = share(400.0, &natural, &least);
            assert!((widths.iter().sum::<f32>() - 400.0).abs() < 0.01, "{widths:?}");
            if least.iter().sum::<f32>() < 400.0 {
                assert!(widths.iter().zip(least).all(|(width, least)| *width >= least), "{widths:?}");
            }
        }
    }

    #[test]
    fn every_row_after_the_header_repeats_it() {
        let row = |header, text| GridRow { header, cells: vec![cell(text), cell("x")] };
        let strips =
            grid(vec![row(true, "Head"), row(false, "one"), row(false, "two")]).set(&mut typesetter()).unwrap();
        assert_eq!(strips.len(), 3);
        assert!(strips[0].keep && strips[0].header.is_none());
        assert!(strips[1..].iter().all(|strip| strip.header.as_ref().is_some_and(|header| header.len() == 1)));
    }

    #[test]
    fn only_a_row_taller_than_a_page_is_cut() {
        let long = |words: usize| GridRow { header: false, cells: vec![cell(&"word ".repeat(words)), cell("x")] };
        assert_eq!(grid(vec![long(500)]).set(&mut typesetter()).unwrap().len(), 1);
        let strips = grid(vec![long(20_000)]).set(&mut typesetter()).unwrap();
        assert!(strips.len() > 60 && strips.iter().all(|strip| strip.height < 20.0));
    }
}
