//! Paragraphs become lines of placed glyphs.
//!
//! Shaping, bidi, font fallback and line breaking are parley's. What is added here: every glyph knows the characters it
//! stands for, in logical order, so that the PDF reads back as the text that was set; and a character that no bundled
//! face can draw is an error, never a box. Identical paragraphs are set once for a whole batch.

use crate::blocks::{Align, Colour, Family, Look, RichText, Rise};
use crate::error::LetterError;
use crate::fonts::{Face, Faces, families};
use crate::signs::Everyday;
use parley::setting::{FontFeature, Tag};
use parley::style::{FontFeatures, FontStyle, FontWeight, OverflowWrap, StyleProperty};
use parley::{
    Alignment, AlignmentOptions, BaseDirection, Cluster, FontContext, IndentOptions, Layout, LayoutContext, Line, Run,
};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// Paragraphs kept for reuse; past this many, all are let go, so that memory stays flat over any batch.
const MAX_KEPT: usize = 1024;

/// Arabic letters are joined, and stay a glyph each: some readers turn a right-to-left glyph of several letters back to
/// front.
const APART: [FontFeature; 2] = [FontFeature::new(Tag::new(b"liga"), 0), FontFeature::new(Tag::new(b"rlig"), 0)];

/// A character that none of the faces can draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoGlyph(pub(crate) char);

/// How a paragraph is to be set. Lengths are in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Setting {
    pub(crate) size: f32,
    /// The measure; `None` breaks lines only where the text does.
    pub(crate) width: Option<f32>,
    pub(crate) align: Align,
    /// How far the first line stands in.
    pub(crate) indent: f32,
    /// Whether a paragraph that begins in a right-to-left script runs from the right. Names and table cells do not:
    /// their columns do.
    pub(crate) follow_script: bool,
}

/// A set paragraph.
#[derive(Debug, Default)]
pub(crate) struct SetText {
    /// The text that the glyphs' ranges point into.
    pub(crate) text: String,
    pub(crate) lines: Vec<SetLine>,
    /// The width without any line break that the text does not ask for, and that of the longest part that cannot be
    /// broken.
    pub(crate) natural: f32,
    pub(crate) least: f32,
    /// The paragraph runs from the right.
    pub(crate) from_right: bool,
}

/// A line, its runs from left to right.
#[derive(Debug, Default)]
pub(crate) struct SetLine {
    /// The largest type on it.
    pub(crate) size: f32,
    pub(crate) runs: Vec<SetRun>,
}

/// Glyphs of one face and size.
#[derive(Debug)]
pub(crate) struct SetRun {
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) x: f32,
    pub(crate) advance: f32,
    pub(crate) underline: bool,
    pub(crate) strike: bool,
    pub(crate) colour: Colour,
    pub(crate) glyphs: Vec<SetGlyph>,
}

/// A glyph at its place: `x` from the line's left edge, `y` up from the baseline.
#[derive(Debug, Clone)]
pub(crate) struct SetGlyph {
    pub(crate) id: u16,
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// The characters it stands for; empty for the further glyphs of a character drawn with several.
    pub(crate) text: Range<usize>,
    /// Its code, when it is an everyday sign of its face.
    pub(crate) everyday: Option<u16>,
}

/// What of a look shaping does not care about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Ink {
    underline: bool,
    strike: bool,
    colour: Colour,
    rise: Rise,
}

/// Superior and inferior characters: their size, and how far they are raised, per point of the text's size.
const SMALL: f32 = 0.64;
const SUPER: f32 = 0.36;
const SUB: f32 = -0.14;

/// A paragraph that was set, and from what.
struct Kept {
    text: RichText,
    setting: Setting,
    set: Arc<SetText>,
}

fn hash(text: &RichText, setting: Setting) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.text.hash(&mut hasher);
    for (end, look) in &text.looks {
        (end, look.bold, look.italic, look.size).hash(&mut hasher);
    }
    let Setting { size, width, align, indent, follow_script } = setting;
    (size.to_bits(), width.map(f32::to_bits), align, indent.to_bits(), follow_script).hash(&mut hasher);
    hasher.finish()
}

/// Sets paragraphs.
pub(crate) struct Typesetter {
    fonts: FontContext,
    faces: Faces,
    everyday: Arc<Everyday>,
    context: LayoutContext<Ink>,
    layout: Layout<Ink>,
    /// By the hash of text and setting; those of one hash are told apart by what they were set from.
    kept: HashMap<u64, Vec<Kept>>,
    kept_count: usize,
}

impl Typesetter {
    pub(crate) fn new(everyday: Arc<Everyday>) -> Result<Self, LetterError> {
        let (fonts, faces) = Faces::load()?;
        let (context, layout) = (LayoutContext::new(), Layout::new());
        Ok(Self { fonts, faces, everyday, context, layout, kept: HashMap::new(), kept_count: 0 })
    }

    /// Sets a paragraph, or finds it set before.
    pub(crate) fn set(&mut self, text: &RichText, setting: Setting) -> Result<Arc<SetText>, NoGlyph> {
        let hash = hash(text, setting);
        let alike = self.kept.get(&hash).into_iter().flatten();
        if let Some(kept) = alike.into_iter().find(|kept| kept.setting == setting && kept.text == *text) {
            return Ok(Arc::clone(&kept.set));
        }
        let set = Arc::new(self.set_anew(text, setting)?);
        if self.kept_count >= MAX_KEPT {
            self.kept.clear();
            self.kept_count = 0;
        }
        self.kept_count += 1;
        let kept = Kept { text: text.clone(), setting, set: Arc::clone(&set) };
        self.kept.entry(hash).or_default().push(kept);
        Ok(set)
    }

    /// Sets a paragraph, and says how far right of its measure's edge it goes: a text that needs no line break is set
    /// once for all measures and alignments.
    pub(crate) fn fit(&mut self, text: &RichText, setting: Setting) -> Result<(Arc<SetText>, f32), NoGlyph> {
        if let (Some(width), false, false) = (setting.width, setting.follow_script, setting.indent != 0.0) {
            let set = self.set(text, Setting { width: None, align: Align::Start, ..setting })?;
            let spare = width - set.natural;
            if spare >= 0.0 && set.lines.len() == 1 {
                let shift = match setting.align {
                    Align::Start | Align::Justify => 0.0,
                    Align::Center => spare / 2.0,
                    Align::End => spare,
                };
                return Ok((set, shift));
            }
        }
        Ok((self.set(text, setting)?, 0.0))
    }

    fn set_anew(&mut self, rich: &RichText, setting: Setting) -> Result<SetText, NoGlyph> {
        let text = rich.text.as_str();
        let mut builder = self.context.ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.set_base_direction(if setting.follow_script { BaseDirection::Auto } else { BaseDirection::Ltr });
        builder.push_default(StyleProperty::FontFamily(families(Family::Serif)));
        let features = if text.chars().any(is_from_right) { &APART[..] } else { &[] };
        builder.push_default(StyleProperty::FontFeatures(FontFeatures::List(Cow::Borrowed(features))));
        builder.push_default(StyleProperty::FontSize(setting.size));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        let mut start = 0;
        for (end, look) in &rich.looks {
            let Look { bold, italic, underline, strike, family, rise, size, colour } = *look;
            if bold {
                builder.push(StyleProperty::FontWeight(FontWeight::BOLD), start..*end);
            }
            if italic {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), start..*end);
            }
            if family != Family::Serif {
                builder.push(StyleProperty::FontFamily(families(family)), start..*end);
            }
            if size != 0 || rise != Rise::None {
                let size = if size == 0 { setting.size } else { f32::from(size) / 10.0 };
                let size = if rise == Rise::None { size } else { size * SMALL };
                builder.push(StyleProperty::FontSize(size), start..*end);
            }
            let ink = Ink { underline, strike, colour, rise };
            if ink != Ink::default() {
                builder.push(StyleProperty::Brush(ink), start..*end);
            }
            start = *end;
        }
        builder.build_into(&mut self.layout, text);
        self.layout.set_text_indent(setting.indent, IndentOptions::default());
        self.layout.break_all_lines(setting.width);
        let alignment = match setting.align {
            Align::Start => Alignment::Start,
            Align::Center => Alignment::Center,
            Align::End => Alignment::End,
            Align::Justify => Alignment::Justify,
        };
        self.layout.align(alignment, AlignmentOptions::default());
        let widths = self.layout.calculate_content_widths();
        let mut lines = self
            .layout
            .lines()
            .map(|line| set_line(&line, text, &self.faces, setting.size))
            .collect::<Result<Vec<_>, _>>()?;
        for run in lines.iter_mut().flat_map(|line| &mut line.runs) {
            for glyph in &mut run.glyphs {
                let drawn = text.get(glyph.text.clone()).unwrap_or("");
                glyph.everyday = self.everyday.code(run.face, glyph.id, drawn);
            }
        }
        let from_right = self.layout.is_rtl();
        Ok(SetText { lines, text: text.to_owned(), natural: widths.max, least: widths.min, from_right })
    }
}

fn set_line(line: &Line<'_, Ink>, text: &str, faces: &Faces, size: f32) -> Result<SetLine, NoGlyph> {
    let metrics = line.metrics();
    let mut x = metrics.offset + metrics.inline_min_coord;
    let mut set = SetLine::default();
    for run in line.runs() {
        set_run(&run, text, faces, &mut x, &mut set)?;
    }
    if set.size == 0.0 {
        set.size = size;
    }
    Ok(set)
}

/// Characters that share their glyphs, with the style they have.
struct Group<'a> {
    text: Range<usize>,
    ink: Ink,
    start: Cluster<'a, Ink>,
}

/// What glyphs of a run have in common, and where on the line the next one goes.
#[derive(Clone, Copy)]
struct RunOnLine {
    face: Face,
    rtl: bool,
    x: f32,
    /// How far glyphs are raised.
    lift: f32,
}

fn set_run(run: &Run<'_, Ink>, text: &str, faces: &Faces, x: &mut f32, set: &mut SetLine) -> Result<(), NoGlyph> {
    let (size, runs) = (run.font_size(), &mut set.runs);
    let mut line =
        RunOnLine { face: faces.of(run.font().data.id()).unwrap_or(Face::Tinos), rtl: run.is_rtl(), x: *x, lift: 0.0 };
    let mut groups: Vec<Group<'_>> = Vec::new();
    for cluster in run.clusters() {
        match groups.last_mut() {
            Some(group) if cluster.is_ligature_continuation() => group.text.end = cluster.text_range().end,
            _ => groups.push(Group { text: cluster.text_range(), ink: cluster.style().brush, start: cluster }),
        }
    }
    if line.rtl {
        groups.reverse();
    }
    let (run_start, mut previous) = (runs.len(), None);
    for group in groups {
        let characters = text.get(group.text.clone()).unwrap_or("");
        let glyphs: Vec<_> = group.start.glyphs().collect();
        let advance: f32 = glyphs.iter().map(|glyph| glyph.advance).sum();
        if !characters.chars().all(is_invisible) {
            if glyphs.iter().any(|glyph| glyph.id == 0) {
                return Err(NoGlyph(undrawable(characters)));
            }
            let Ink { underline, strike, colour, rise } = group.ink;
            // Superior characters do not spread lines: their line is as high as its text.
            let (around, lift) = match rise {
                Rise::None => (size, 0.0),
                Rise::Super => (size / SMALL, SUPER * size / SMALL),
                Rise::Sub => (size / SMALL, SUB * size / SMALL),
            };
            set.size = set.size.max(around);
            if runs.len() == run_start || previous != Some(group.ink) {
                runs.push(SetRun {
                    face: line.face,
                    size,
                    x: line.x,
                    advance: 0.0,
                    underline,
                    strike,
                    colour,
                    glyphs: Vec::new(),
                });
                previous = Some(group.ink);
            }
            line.lift = lift;
            if let Some(last) = runs.last_mut() {
                place(&glyphs, &group, text, line, &mut last.glyphs);
                last.advance = line.x + advance - last.x;
            }
        }
        line.x += advance;
    }
    // A glyph without characters is drawn last: in the middle of a word, readers would end the word there.
    for run in runs.iter_mut().skip(run_start) {
        run.glyphs.sort_by_key(|glyph| glyph.text.is_empty());
    }
    *x = line.x;
    Ok(())
}

/// Places a group's glyphs, each with the characters it stands for.
fn place(glyphs: &[parley::Glyph], group: &Group<'_>, text: &str, line: RunOnLine, out: &mut Vec<SetGlyph>) {
    let mut ranges = ranges(glyphs, &group.text, text);
    if line.rtl {
        ranges.reverse();
    }
    let mut x = line.x;
    for (glyph, text) in glyphs.iter().zip(ranges) {
        let id = u16::try_from(glyph.id).unwrap_or(0);
        out.push(SetGlyph { id, x: x + glyph.x, y: line.lift - glyph.y, text, everyday: None });
        x += glyph.advance;
    }
}

/// The characters of each of a group's glyphs, in reading order.
fn ranges(glyphs: &[parley::Glyph], range: &Range<usize>, text: &str) -> Vec<Range<usize>> {
    let characters = text.get(range.clone()).unwrap_or("").char_indices();
    let mut each: Vec<Range<usize>> =
        characters.map(|(at, c)| range.start + at..range.start + at + c.len_utf8()).collect();
    let nothing = range.end..range.end;
    if each.len() >= glyphs.len() {
        // One glyph a character; what is left over belongs to the last, a mark over a letter as a rule.
        each.truncate(glyphs.len());
        if let Some(last) = each.last_mut() {
            last.end = range.end;
        }
    } else if let (Some(am), true) = (each.pop(), text.get(..range.end).unwrap_or("").ends_with(['\u{E33}', '\u{EB3}']))
    {
        // The vowel am of Thai and Lao is a ring, drawn before a tone mark, and a stem, drawn after it. The letter takes
        // the tone mark's character along: readers part characters that stand as close as mark and stem.
        each = vec![nothing; glyphs.len()];
        if let [first, .., last] = each.as_mut_slice() {
            (*first, *last) = (range.start..am.start, am);
        }
    } else {
        let widest = glyphs.iter().enumerate().max_by(|(_, a), (_, b)| a.advance.total_cmp(&b.advance));
        let widest = widest.map(|(index, _)| index);
        each = (0..glyphs.len()).map(|at| if Some(at) == widest { range.clone() } else { nothing.clone() }).collect();
    }
    each
}

/// Whether a character belongs to a script that runs from the right.
fn is_from_right(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Characters that shape or direct others and draw nothing themselves.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\n' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}'
    )
}

/// The character of a group to blame for its missing glyph.
fn undrawable(characters: &str) -> char {
    let lacking = |c: &char| !is_invisible(*c) && Face::ALL.iter().all(|face| face.glyph(*c).is_none());
    characters.chars().find(lacking).or_else(|| characters.chars().next()).unwrap_or('\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typesetter() -> Typesetter {
        Typesetter::new(Arc::new(Everyday::new())).unwrap()
    }

    fn set(text: &str, width: Option<f32>) -> Result<Arc<SetText>, NoGlyph> {
        let setting = Setting { size: 12.0, width, align: Align::Start, indent: 0.0, follow_script: true };
        typesetter().set(&RichText::new(text, Look::default()), setting)
    }

    /// The characters of a line's glyphs from left to right.
    fn drawn(set: &SetText) -> String {
        let glyphs = set.lines.iter().flat_map(|line| &line.runs).flat_map(|run| &run.glyphs);
        glyphs.map(|glyph| set.text.get(glyph.text.clone()).unwrap()).collect()
    }

    #[test]
    fn every_character_is_drawn_by_its_scripts_face() {
        for (text, face) in [
            ("Nguyễn Thị Hồng", Face::Tinos),
            ("Łukasz Muñoz", Face::Tinos),
            ("Юлія Шевченко", Face::Tinos),
            ("Ελένη Παπαδοπούλου", Face::Tinos),
            ("יעל כהן", Face::Tinos),
            ("محمد", Face::NaskhArabic),
            ("王小明", Face::SansFallback),
            ("김민준", Face::SansFallback),
            ("さくら", Face::SansFallback),
            ("สมชาย", Face::SerifThai),
        ] {
            let set = set(text, None).unwrap();
            for run in &set.lines[0].runs {
                assert_eq!(run.face, face, "{text}");
            }
            let mut expected: Vec<char> = text.chars().collect();
            let mut found: Vec<char> = drawn(&set).chars().collect();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "{text}: every character once");
        }
    }

    #[test]
    fn right_to_left_words_are_drawn_from_the_right() {
        let set = set("محمد", None).unwrap();
        assert_eq!(drawn(&set), "دمحم");
        let run = &set.lines[0].runs[0];
        assert!(run.glyphs.windows(2).all(|pair| pair[0].x <= pair[1].x));
    }

    #[test]
    fn letters_are_kerned_and_joined() {
        let kerned = set("AVAVAV", None).unwrap().natural;
        let plain: f32 = set("A", None).unwrap().natural * 3.0 + set("V", None).unwrap().natural * 3.0;
        assert!(kerned < plain - 2.0, "{kerned} {plain}");
        let joined = set("\u{645}\u{645}\u{645}", None).unwrap();
        let forms: Vec<u16> = joined.lines[0].runs[0].glyphs.iter().map(|glyph| glyph.id).collect();
        assert!(forms[0] != forms[1] && forms[1] != forms[2], "first, middle and last forms differ: {forms:?}");
    }

    #[test]
    fn every_arabic_letter_is_a_glyph_of_its_own() {
        let set = set("\u{627}\u{644}\u{644}\u{647}", None).unwrap();
        assert!(
            set.lines[0].runs[0]
                .glyphs
                .iter()
                .all(|glyph| set.text.get(glyph.text.clone()).unwrap().chars().count() == 1)
        );
    }

    #[test]
    fn a_character_without_a_glyph_is_named() {
        assert_eq!(set("Smile 😀", None).unwrap_err(), NoGlyph('😀'));
        assert_eq!(set("க", None).unwrap_err(), NoGlyph('க'));
    }

    #[test]
    fn direction_marks_draw_nothing_and_do_no_harm() {
        assert_eq!(drawn(&set("a\u{200E}b\u{202A}c\u{202C}", None).unwrap()), "abc");
    }

    #[test]
    fn lines_break_at_the_measure_and_where_the_text_says() {
        let set = set("The quick brown fox jumps over\nthe lazy dog", Some(100.0)).unwrap();
        assert_eq!(set.lines.len(), 3);
        let end = |line: &SetLine| line.runs.iter().map(|run| run.x + run.advance).fold(0.0, f32::max);
        assert!(set.lines.iter().all(|line| end(line) <= 100.0 + 12.0 * 0.25), "no further than a space that hangs");
        assert!(set.natural > 100.0 && set.least < 40.0);
    }
}
