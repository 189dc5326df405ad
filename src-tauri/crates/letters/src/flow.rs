//! A column of strips becomes pages.
//!
//! A strip is what no page break may cut: a line, a table row, a rule. Everything an office asks of page breaks is said
//! by two facts of a strip: whether it must stay with the next one, and which table header must stand above it on a new
//! page. Lengths are points; `y` grows downwards.

use crate::blocks::Colour;
use crate::tags::TagId;
use crate::text::SetText;
use std::sync::Arc;

/// Ink on a strip or a page.
#[derive(Clone, Debug)]
pub(crate) enum Mark {
    /// A line of set text with its left edge and baseline.
    Line { set: Arc<SetText>, line: usize, x: f32, baseline: f32, tag: TagId },
    /// A filled rectangle: rules, table borders, shades.
    Bar { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    /// One of the letter's pictures.
    Picture { picture: usize, x: f32, y: f32, width: f32, height: f32, tag: TagId },
}

impl Mark {
    pub(crate) fn moved(&self, right: f32, down: f32) -> Mark {
        let mut moved = self.clone();
        let (x, y) = match &mut moved {
            Mark::Line { x, baseline, .. } => (x, baseline),
            Mark::Bar { x, y, .. } | Mark::Picture { x, y, .. } => (x, y),
        };
        (*x, *y) = (*x + right, *y + down);
        moved
    }

    pub(crate) fn lowered(&self, by: f32) -> Mark {
        self.moved(0.0, by)
    }

    /// The same ink as decoration: a repeated header is read once.
    pub(crate) fn untagged(mut self) -> Mark {
        match &mut self {
            Mark::Line { tag, .. } | Mark::Picture { tag, .. } => *tag = TagId::ARTIFACT,
            Mark::Bar { .. } => {}
        }
        self
    }
}

/// A horizontal piece of a letter that is never cut.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strip {
    /// Space asked for above and below; of two neighbours the larger counts, and at the top of a page none.
    pub(crate) before: f32,
    pub(crate) after: f32,
    pub(crate) height: f32,
    /// Stays on one page with the strip after it.
    pub(crate) keep: bool,
    /// Begins a page.
    pub(crate) on_new_page: bool,
    /// Relative to the strip's top.
    pub(crate) marks: Vec<Mark>,
    /// Repeated above the strip when it comes first on a page.
    pub(crate) header: Option<Arc<Vec<Strip>>>,
}

/// A page's marks, from the sheet's top-left corner.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) marks: Vec<Mark>,
}

/// Where text may stand: from `first_top` on the first page, from `top` on the others, down to `bottom`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    pub(crate) first_top: f32,
    pub(crate) top: f32,
    pub(crate) bottom: f32,
}

/// Less than this much too tall is a rounding error.
const SLACK: f32 = 0.01;

/// Marks the lines of a paragraph that must not be parted: two at its head, two at its foot.
pub(crate) fn keep_two_lines(strips: &mut [Strip]) {
    let count = strips.len();
    for (index, strip) in strips.iter_mut().enumerate() {
        strip.keep |= count > 1 && (index == 0 || index + 2 == count);
    }
}

/// Lays strips out on pages; there is always at least one.
pub(crate) fn paginate(strips: &[Strip], area: Area) -> Vec<Page> {
    let mut press = Pages { pages: vec![Page::default()], y: area.first_top, after: None, area };
    let mut rest = strips;
    while !rest.is_empty() {
        let last = rest.iter().position(|strip| !strip.keep).map_or(rest.len(), |at| at + 1);
        let (chunk, further) = rest.split_at_checked(last).unwrap_or((rest, &[]));
        rest = further;
        if chunk.iter().any(|strip| strip.on_new_page) && press.after.is_some() {
            press.turn(&[]);
        }
        let on_new_page = header_height(chunk) + height(chunk, None);
        let fits_here = press.y + height(chunk, press.after) <= area.bottom + SLACK;
        if !fits_here && press.after.is_some() && on_new_page <= area.bottom - area.top + SLACK {
            press.turn(chunk);
        }
        for strip in chunk {
            press.place(strip);
        }
    }
    // A break at the very end asks for nothing.
    if press.pages.len() > 1 && press.after.is_none() && press.pages.last().is_some_and(|page| page.marks.is_empty()) {
        press.pages.pop();
    }
    press.pages
}

struct Pages {
    pages: Vec<Page>,
    y: f32,
    /// The space asked for below the last strip; `None` while the page is empty.
    after: Option<f32>,
    area: Area,
}

impl Pages {
    fn place(&mut self, strip: &Strip) {
        if self.after.is_none() && strip.marks.is_empty() {
            return;
        }
        let gap = gap(self.after, strip);
        if self.after.is_some() && self.y + gap + strip.height > self.area.bottom + SLACK {
            self.turn(std::slice::from_ref(strip));
            return self.place(strip);
        }
        self.y += gap;
        self.put(strip);
        self.after = Some(strip.after);
    }

    fn put(&mut self, strip: &Strip) {
        if let Some(page) = self.pages.last_mut() {
            page.marks.extend(strip.marks.iter().map(|mark| mark.lowered(self.y)));
        }
        self.y += strip.height;
    }

    /// Begins a page, with the header of the table that goes on there.
    fn turn(&mut self, next: &[Strip]) {
        self.pages.push(Page::default());
        (self.y, self.after) = (self.area.top, None);
        if let Some(header) = next.first().and_then(|strip| strip.header.clone()) {
            header.iter().for_each(|strip| self.put(strip));
        }
    }
}

fn gap(after: Option<f32>, strip: &Strip) -> f32 {
    after.map_or(0.0, |after| after.max(strip.before))
}

fn height(strips: &[Strip], mut after: Option<f32>) -> f32 {
    strips.iter().fold(0.0, |sum, strip| {
        let with_gap = sum + gap(after, strip) + strip.height;
        after = Some(strip.after);
        with_gap
    })
}

fn header_height(strips: &[Strip]) -> f32 {
    strips.first().and_then(|strip| strip.header.as_ref()).map_or(0.0, |header| height(header, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Area = Area { first_top: 40.0, top: 0.0, bottom: 100.0 };

    /// A strip of 10 points whose bar carries its number as width.
    fn strip(number: u8) -> Strip {
        let bar = Mark::Bar { x: 0.0, y: 0.0, width: f32::from(number), height: 10.0, colour: [0; 3] };
        Strip { height: 10.0, marks: vec![bar], ..Strip::default() }
    }

    fn paragraph(numbers: std::ops::Range<u8>) -> Vec<Strip> {
        let mut strips: Vec<Strip> = numbers.map(strip).collect();
        keep_two_lines(&mut strips);
        strips
    }

    /// The numbers of the strips on each page, with their tops.
    fn pages(strips: &[Strip]) -> Vec<Vec<(u8, f32)>> {
        let bar = |mark: &Mark| match mark {
            Mark::Bar { y, width, .. } => (*width as u8, *y),
            _ => panic!("only bars here"),
        };
        paginate(strips, AREA).iter().map(|page| page.marks.iter().map(bar).collect()).collect()
    }

    fn numbers(strips: &[Strip]) -> Vec<Vec<u8>> {
        pages(strips).iter().map(|page| page.iter().map(|(number, _)| *number).collect()).collect()
    }

    #[test]
    fn no_strip_is_lost_doubled_or_out_of_bounds() {
        for count in 0..60 {
            for spacing in [0.0, 3.0, 9.5] {
                let strips: Vec<Strip> = (0..count)
                    .flat_map(|n| paragraph(0..n % 7 + 1))
                    .enumerate()
                    .map(|(n, s)| Strip { before: spacing, marks: strip(u8::try_from(n % 250).unwrap()).marks, ..s })
                    .collect();
                let pages = pages(&strips);
                let all: Vec<u8> = pages.iter().flatten().map(|(number, _)| *number).collect();
                let expected: Vec<u8> = (0..strips.len()).map(|n| u8::try_from(n % 250).unwrap()).collect();
                assert_eq!(all, expected);
                assert!(pages.iter().flatten().all(|(_, y)| *y >= 0.0 && *y + 10.0 <= 100.0 + SLACK));
                assert!(pages.iter().skip(1).all(|page| page.first().is_none_or(|(_, y)| *y == 0.0)));
            }
        }
    }

    #[test]
    fn paragraphs_leave_two_lines_on_either_side_of_a_break() {
        for above in 0..6 {
            for lines in 1..12 {
                let mut strips: Vec<Strip> = (0..above).map(|_| strip(200)).collect();
                strips.extend(paragraph(0..lines));
                for page in numbers(&strips) {
                    let here = page.iter().filter(|number| **number < 200).count();
                    assert!(here != 1 || lines == 1, "{above} lines above, {lines} lines: {page:?}");
                }
            }
        }
    }

    #[test]
    fn a_heading_goes_with_the_text_below_it() {
        let mut strips: Vec<Strip> = (0..5).map(strip).collect();
        strips.push(Strip { keep: true, ..strip(50) });
        strips.extend(paragraph(60..64));
        assert_eq!(numbers(&strips), [vec![0, 1, 2, 3, 4], vec![50, 60, 61, 62, 63]]);
    }

    #[test]
    fn a_table_header_stands_above_the_rows_of_every_page() {
        let header = Arc::new(vec![strip(99)]);
        let mut strips = vec![Strip { keep: true, ..strip(99) }];
        strips.extend((0..20).map(|n| Strip { header: Some(Arc::clone(&header)), ..strip(n) }));
        let pages = numbers(&strips);
        assert_eq!(pages.len(), 3);
        assert!(pages.iter().all(|page| page[0] == 99));
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [6, 10, 7]);
    }

    #[test]
    fn what_is_kept_together_but_longer_than_a_page_is_still_set() {
        let strips: Vec<Strip> = (0..30).map(|n| Strip { keep: true, ..strip(n) }).collect();
        assert_eq!(numbers(&strips).iter().map(Vec::len).collect::<Vec<_>>(), [6, 10, 10, 4]);
        let giant = Strip { height: 500.0, ..strip(1) };
        assert_eq!(numbers(&[giant.clone(), giant]).len(), 2);
    }

    #[test]
    fn a_break_begins_a_page_unless_one_has_just_begun() {
        let breaks = Strip { on_new_page: true, ..Strip::default() };
        let strips = [breaks.clone(), strip(1), breaks.clone(), breaks.clone(), strip(2), breaks];
        assert_eq!(numbers(&strips), [vec![1], vec![2]]);
    }

    #[test]
    fn neighbours_share_their_space_and_pages_begin_without() {
        let spaced = |number| Strip { before: 5.0, after: 8.0, ..strip(number) };
        let tops: Vec<f32> = pages(&[spaced(0), spaced(1)])[0].iter().map(|(_, y)| *y).collect();
        assert_eq!(tops, [40.0, 58.0]);
        let blank = Strip { height: 10.0, ..Strip::default() };
        assert_eq!(pages(&[blank, strip(0)])[0], [(0, 40.0)]);
    }
}
