//! Fonts as a PDF holds them, and the codes that its strings are written in.
//!
//! A code stands for a glyph together with the characters it draws, so reading the PDF back is exact even where one
//! outline serves two characters. Invariants: codes depend on the letter alone, never on what was set before it; every
//! Latin face starts with the same everyday characters, so nearly all letters of a batch share one prepared font.

use crate::blocks::Family;
use crate::error::LetterError;
use crate::fonts::{ASCENT, DESCENT, Face};
use crate::signs::{Everyday, Sign};
use crate::subset::subset;
use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use skrifa::raw::TableProvider;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

/// Prepared fonts kept for reuse; past this many, all are let go.
const MAX_KEPT: usize = 64;

/// A font ready to be written into any number of PDFs.
#[derive(Debug)]
pub(crate) struct Embedded {
    codes: HashMap<Sign, u16>,
    /// Advance widths in thousandths of the em; the code is the index.
    widths: Vec<f32>,
    name: String,
    face: Face,
    program: Vec<u8>,
    program_length: usize,
    to_unicode: Vec<u8>,
}

/// Prepares fonts and keeps them.
#[derive(Debug)]
pub(crate) struct Embedder {
    everyday: Arc<Everyday>,
    kept: HashMap<(Face, Vec<Sign>), Arc<Embedded>>,
}

/// A letter's fonts.
pub(crate) type Embeddeds = BTreeMap<Face, Arc<Embedded>>;

impl Embedder {
    pub(crate) fn new(everyday: Arc<Everyday>) -> Self {
        Self { everyday, kept: HashMap::new() }
    }

    /// The fonts for a letter that uses these faces, and these signs beyond the everyday ones.
    pub(crate) fn embed(&mut self, used: &BTreeMap<Face, BTreeSet<Sign>>) -> Result<Embeddeds, LetterError> {
        used.iter().map(|(face, further)| Ok((*face, self.face(*face, further)?))).collect()
    }

    fn face(&mut self, face: Face, further: &BTreeSet<Sign>) -> Result<Arc<Embedded>, LetterError> {
        let key = (face, further.iter().cloned().collect::<Vec<_>>());
        if let Some(kept) = self.kept.get(&key) {
            return Ok(Arc::clone(kept));
        }
        let signs = self.everyday.signs(face).iter().chain(&key.1).cloned().collect();
        let embedded = Arc::new(Embedded::new(face, signs)?);
        if self.kept.len() >= MAX_KEPT {
            self.kept.clear();
        }
        self.kept.insert(key, Arc::clone(&embedded));
        Ok(embedded)
    }
}

impl Embedded {
    fn new(face: Face, signs: Vec<Sign>) -> Result<Self, LetterError> {
        let glyphs: Vec<u16> = signs.iter().map(|(glyph, _)| *glyph).collect();
        let program = subset(face, &glyphs)?;
        let units = f32::from(face.units_per_em()?);
        let hmtx = face.font()?.hmtx().map_err(|_| face.damaged())?;
        let width = |glyph: u16| round(f32::from(hmtx.advance(glyph.into()).unwrap_or(0)) * 1000.0 / units);
        let widths = std::iter::once(0).chain(glyphs).map(width).collect();
        Ok(Self {
            widths,
            name: format!("{}+{}", tag(&signs), face.name()),
            face,
            program_length: program.len(),
            program: deflate(&program),
            to_unicode: deflate(to_unicode(&signs).as_bytes()),
            codes: signs.into_iter().zip(1..).collect(),
        })
    }

    /// The code of a sign.
    pub(crate) fn code(&self, sign: &Sign) -> Option<u16> {
        self.codes.get(sign).copied()
    }

    /// The width of a code's glyph in thousandths of the em.
    pub(crate) fn width(&self, code: u16) -> Option<f32> {
        self.widths.get(usize::from(code)).copied()
    }

    /// Adds the font's objects to a PDF; the id is the one that pages name.
    pub(crate) fn write(&self, pdf: &mut Document) -> ObjectId {
        let name = || Object::Name(self.name.clone().into_bytes());
        let stream = |bytes: &[u8], mut dictionary: Dictionary| {
            dictionary.set("Filter", "FlateDecode");
            Stream::new(dictionary, bytes.to_vec()).with_compression(false)
        };
        let length = i64::try_from(self.program_length).unwrap_or(0);
        let program = pdf.add_object(stream(&self.program, dictionary! { "Length1" => length }));
        let to_unicode = pdf.add_object(stream(&self.to_unicode, Dictionary::new()));
        // Symbolic, because the codes are our own.
        let flags = 4 + match self.face.family() {
            Family::Serif => 2,
            Family::Sans => 0,
            Family::Mono => 1,
        };
        let descriptor = pdf.add_object(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => name(),
            "Flags" => flags + if self.face.is_italic() { 64 } else { 0 },
            "FontBBox" => vec![(-200).into(), (-300).into(), 1200.into(), 1000.into()],
            "ItalicAngle" => if self.face.is_italic() { -16 } else { 0 },
            "Ascent" => Object::Real(ASCENT * 1000.0),
            "Descent" => Object::Real(DESCENT * -1000.0),
            "CapHeight" => 662,
            "StemV" => if self.face.is_bold() { 140 } else { 80 },
            "FontFile2" => program,
        });
        let widths = self.widths.iter().skip(1).map(|width| Object::Real(*width)).collect();
        let descendant = pdf.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => name(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::String(b"Adobe".to_vec(), StringFormat::Literal),
                "Ordering" => Object::String(b"Identity".to_vec(), StringFormat::Literal),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "DW" => 0,
            "W" => vec![1.into(), Object::Array(widths)],
            "CIDToGIDMap" => "Identity",
        });
        pdf.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => name(),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => to_unicode,
        })
    }
}

/// A width or length with three decimals, which is finer than any printer.
pub(crate) fn round(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

thread_local! {
    /// Making a deflater costs more than deflating a short page, so each thread keeps one.
    static DEFLATER: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(6), true));
}

/// Zlib-compressed bytes, as `FlateDecode` streams hold them.
pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    DEFLATER.with_borrow_mut(|deflater| {
        deflater.reset();
        let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
        loop {
            let read = usize::try_from(deflater.total_in()).unwrap_or(usize::MAX);
            let rest = bytes.get(read..).unwrap_or(&[]);
            match deflater.compress_vec(rest, &mut out, FlushCompress::Finish) {
                Ok(Status::Ok | Status::BufError) => out.reserve(bytes.len() / 2 + 64),
                // Writing into memory has no way to fail.
                Ok(Status::StreamEnd) | Err(_) => return out,
            }
        }
    })
}

/// The six letters that mark a subset, from what is in it.
fn tag(signs: &[Sign]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (glyph, drawn) in signs {
        for unit in std::iter::once(*glyph).chain(drawn.utf16()) {
            hash = (hash ^ u64::from(unit)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    let letter = |place: u32| char::from(b'A' + u8::try_from(hash / 26_u64.pow(place) % 26).unwrap_or(0));
    (0..6).map(letter).collect()
}

/// The table by which a reader turns codes, numbered from 1, back into characters.
fn to_unicode(signs: &[Sign]) -> String {
    let mut entries: Vec<(u16, u16, Vec<u16>)> = Vec::new();
    for (code, (_, drawn)) in (1_u16..).zip(signs) {
        let units = drawn.utf16();
        if let ([unit], Some((first, last, start))) = (units.as_slice(), entries.last_mut())
            && let [start] = start.as_slice()
            && *last + 1 == code
            && start.checked_add(code - *first) == Some(*unit)
            && *first >> 8 == code >> 8
            && *start >> 8 == *unit >> 8
        {
            *last = code;
        } else if !units.is_empty() {
            entries.push((code, code, units));
        }
    }
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
         /CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n\
         /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    for chunk in entries.chunks(100) {
        // Writing into a string has no way to fail.
        let _ = writeln!(map, "{} beginbfrange", chunk.len());
        for (first, last, units) in chunk {
            let _ = write!(map, "<{first:04X}> <{last:04X}> <");
            units.iter().for_each(|unit| _ = write!(map, "{unit:04X}"));
            map.push_str(">\n");
        }
        map.push_str("endbfrange\n");
    }
    map.push_str("endcmap CMapName currentdict /CMap defineresource pop end end\n");
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signs::Drawn;

    #[test]
    fn runs_of_characters_are_ranges_and_the_rest_stand_alone() {
        let one = |c| (0, Drawn::One(c));
        let map = to_unicode(&[one('a'), one('b'), one('c'), one('x'), (0, Drawn::Nothing), (0, Drawn::new("ﬁ😀"))]);
        assert!(map.contains("<0001> <0003> <0061>\n<0004> <0004> <0078>\n<0006> <0006> <FB01D83DDE00>\n"), "{map}");
    }

    fn fonts(embedder: &mut Embedder, face: Face, text: &str) -> Arc<Embedded> {
        let signs = text.chars().map(|c| (face.glyph(c).unwrap(), Drawn::One(c)));
        let further = signs.filter(|sign| !embedder.everyday.signs(face).contains(sign)).collect();
        Arc::clone(&embedder.embed(&BTreeMap::from([(face, further)])).unwrap()[&face])
    }

    #[test]
    fn one_outline_serves_two_characters_under_two_codes() {
        let latin = Face::Tinos.glyph('A').unwrap();
        let mut embedder = Embedder::new(Arc::new(Everyday::new()));
        let further = BTreeSet::from([(latin, Drawn::One('\u{410}'))]);
        let fonts = embedder.embed(&BTreeMap::from([(Face::Tinos, further)])).unwrap();
        let code = |character| fonts[&Face::Tinos].code(&(latin, Drawn::One(character))).unwrap();
        assert_ne!(code('A'), code('\u{410}'));
    }

    #[test]
    fn letters_of_everyday_characters_share_one_font() {
        let mut embedder = Embedder::new(Arc::new(Everyday::new()));
        let one = fonts(&mut embedder, Face::Tinos, "Dear José,");
        assert!(Arc::ptr_eq(&one, &fonts(&mut embedder, Face::Tinos, "§ 1681i – “quoted”")));
        let vietnamese = fonts(&mut embedder, Face::Tinos, "Nguyễn");
        assert_ne!(vietnamese.name, fonts(&mut embedder, Face::Tinos, "Łukasz").name);
    }

    #[test]
    fn a_code_means_the_same_to_font_and_text() {
        let everyday = Everyday::new();
        let font = fonts(&mut Embedder::new(Arc::new(Everyday::new())), Face::TinosBold, "x");
        for (glyph, drawn) in everyday.signs(Face::TinosBold) {
            let characters = String::from_utf16(&drawn.utf16()).unwrap();
            let code = everyday.code(Face::TinosBold, *glyph, &characters);
            assert_eq!(code, font.code(&(*glyph, drawn.clone())), "{characters}");
        }
    }
}
