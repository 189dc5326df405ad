//! A TrueType font reduced to the outlines that a letter uses.
//!
//! Invariants: glyph 0 stays glyph 0; the requested glyphs follow in the order given, so the caller knows their
//! numbers; parts of composite glyphs come after them. Only the tables that a PDF viewer reads are kept. Hints are
//! dropped: letters are printed and viewed at sizes where they change nothing, and they are half of the bytes.

use crate::error::LetterError;
use crate::fonts::Face;
use skrifa::GlyphId;
use skrifa::raw::TableProvider;
use skrifa::raw::tables::glyf::{CompositeGlyph, Glyph, SimpleGlyph};
use skrifa::raw::types::Tag;
use std::collections::BTreeMap;

/// Flag of a composite glyph's part that instructions follow the last part.
const HAS_INSTRUCTIONS: u16 = 0x0100;
/// Flags that say how long a part's record is.
const WORD_ARGUMENTS: u16 = 0x0001;
const MORE_PARTS: u16 = 0x0020;
const ONE_SCALE: u16 = 0x0008;
const TWO_SCALES: u16 = 0x0040;
const FULL_MATRIX: u16 = 0x0080;

/// A font file with glyph 0 and then `glyphs`, numbered from 1 in the order given; one may be given more than once.
///
/// # Errors
/// `Typeface` when the face's tables are not what they should be.
pub(crate) fn subset(face: Face, glyphs: &[u16]) -> Result<Vec<u8>, LetterError> {
    build(face, glyphs).ok_or_else(|| face.damaged())
}

fn build(face: Face, glyphs: &[u16]) -> Option<Vec<u8>> {
    let font = face.font().ok()?;
    let (loca, glyf) = (font.loca(None).ok()?, font.glyf().ok()?);
    let hmtx = font.hmtx().ok()?;

    // Parts of composites are appended as they are met, so the list grows while it is walked.
    let mut order: Vec<u16> = std::iter::once(0).chain(glyphs.iter().copied()).collect();
    let mut numbers: BTreeMap<u16, u16> = BTreeMap::new();
    for (number, glyph) in order.iter().enumerate() {
        numbers.entry(*glyph).or_insert(u16::try_from(number).ok()?);
    }
    let (mut outlines, mut offsets) = (Vec::new(), vec![0_u32]);
    let (mut metrics, mut index) = (Vec::new(), 0);
    while let Some(glyph) = order.get(index).copied() {
        let id = GlyphId::from(glyph);
        match loca.get_glyf(id, &glyf).ok()? {
            None => {}
            Some(Glyph::Simple(simple)) => write_simple(&simple, &mut outlines)?,
            Some(Glyph::Composite(composite)) => write_composite(&composite, &mut outlines, |part| {
                if let Some(number) = numbers.get(&part) {
                    return Some(*number);
                }
                let number = u16::try_from(order.len()).ok()?;
                order.push(part);
                numbers.insert(part, number);
                Some(number)
            })?,
        }
        while outlines.len() % 4 != 0 {
            outlines.push(0);
        }
        offsets.push(u32::try_from(outlines.len()).ok()?);
        metrics.extend(hmtx.advance(id)?.to_be_bytes());
        metrics.extend(hmtx.side_bearing(id)?.to_be_bytes());
        index += 1;
    }
    let count = u16::try_from(order.len()).ok()?;

    let table = |name: &[u8; 4], len: usize| font.table_data(Tag::new(name))?.as_bytes().get(..len).map(<[u8]>::to_vec);
    let mut head = table(b"head", 54)?;
    head.get_mut(8..12)?.fill(0); // the checksum of the whole file, which no PDF viewer reads
    head.get_mut(50..52)?.copy_from_slice(&1_u16.to_be_bytes()); // long offsets in loca
    let mut hhea = table(b"hhea", 36)?;
    hhea.get_mut(34..36)?.copy_from_slice(&count.to_be_bytes());
    let mut maxp = table(b"maxp", 32)?;
    maxp.get_mut(4..6)?.copy_from_slice(&count.to_be_bytes());
    let loca = offsets.iter().flat_map(|offset| offset.to_be_bytes()).collect();
    file(vec![
        (*b"glyf", outlines),
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", metrics),
        (*b"loca", loca),
        (*b"maxp", maxp),
    ])
}

/// Copies an outline without its instructions.
fn write_simple(glyph: &SimpleGlyph<'_>, out: &mut Vec<u8>) -> Option<()> {
    let bytes = glyph.offset_data().as_bytes();
    let length_at = glyph.instruction_length_byte_range();
    out.extend(bytes.get(..length_at.start)?);
    out.extend([0, 0]);
    out.extend(glyph.glyph_data());
    Some(())
}

/// Copies a composite without its instructions, its parts renumbered.
fn write_composite(
    glyph: &CompositeGlyph<'_>,
    out: &mut Vec<u8>,
    mut renumber: impl FnMut(u16) -> Option<u16>,
) -> Option<()> {
    let bytes = glyph.offset_data().as_bytes();
    let mut at = glyph.component_data_byte_range().start;
    out.extend(bytes.get(..at)?);
    loop {
        let word = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        let flags = word(at)?;
        let part = renumber(word(at + 2)?)?;
        let arguments = if flags & WORD_ARGUMENTS == 0 { 2 } else { 4 };
        let transform = match flags {
            _ if flags & ONE_SCALE != 0 => 2,
            _ if flags & TWO_SCALES != 0 => 4,
            _ if flags & FULL_MATRIX != 0 => 8,
            _ => 0,
        };
        let end = at + 4 + arguments + transform;
        out.extend((flags & !HAS_INSTRUCTIONS).to_be_bytes());
        out.extend(part.to_be_bytes());
        out.extend(bytes.get(at + 4..end)?);
        if flags & MORE_PARTS == 0 {
            return Some(());
        }
        at = end;
    }
}

/// A font file of tables, which are sorted by name.
fn file(tables: Vec<([u8; 4], Vec<u8>)>) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let power = 1_u16 << count.ilog2();
    let mut out = Vec::with_capacity(tables.iter().map(|(_, table)| table.len() + 20).sum::<usize>() + 12);
    out.extend([0, 1, 0, 0]);
    for field in [count, power * 16, u16::try_from(count.ilog2()).ok()?, (count - power) * 16] {
        out.extend(field.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (name, table) in &tables {
        let checksum = table.chunks(4).fold(0_u32, |sum, chunk| {
            let mut word = [0; 4];
            word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            sum.wrapping_add(u32::from_be_bytes(word))
        });
        out.extend(name);
        for field in [checksum, u32::try_from(offset).ok()?, u32::try_from(table.len()).ok()?] {
            out.extend(field.to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        out.extend(&table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::{DrawSettings, OutlinePen};
    use skrifa::{FontRef, MetadataProvider};

    #[derive(Default, PartialEq, Debug)]
    struct Path(Vec<(char, Vec<f32>)>);

    impl OutlinePen for Path {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(('m', vec![x, y]));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(('l', vec![x, y]));
        }
        fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
            self.0.push(('q', vec![a, b, x, y]));
        }
        fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
            self.0.push(('c', vec![a, b, c, d, x, y]));
        }
        fn close(&mut self) {
            self.0.push(('z', vec![]));
        }
    }

    fn outline(font: &FontRef<'_>, glyph: u16) -> Path {
        let mut path = Path::default();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        font.outline_glyphs().get(glyph.into()).unwrap().draw(settings, &mut path).unwrap();
        path
    }

    #[test]
    fn outlines_and_widths_survive_composites_and_repeats_too() {
        for (face, text) in [
            (Face::Tinos, "Aéñễ A"),
            (Face::TinosBold, "Ł1Й"),
            (Face::NaskhArabic, "مأ"),
            (Face::SerifThai, "ส"),
            (Face::SansFallback, "王김さ"),
        ] {
            let glyphs: Vec<u16> = text.chars().map(|c| face.glyph(c).unwrap()).collect();
            let bytes = subset(face, &glyphs).unwrap();
            let (whole, part) = (face.font().unwrap(), FontRef::new(&bytes).unwrap());
            for (index, glyph) in glyphs.iter().enumerate() {
                let number = u16::try_from(index + 1).unwrap();
                assert_eq!(outline(&part, number), outline(&whole, *glyph), "{text} {index}");
                let advance = |font: &FontRef<'_>, id: u16| font.hmtx().unwrap().advance(id.into());
                assert_eq!(advance(&part, number), advance(&whole, *glyph));
            }
            assert!(bytes.len() < 12_000, "{} bytes", bytes.len());
        }
    }
}
