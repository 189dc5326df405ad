//! The bundled typefaces.
//!
//! Letters are set in these alone, never in a font of the machine, so the same letter looks and weighs the same
//! everywhere. Where they come from and under which licences: `fonts/README.md`.

use crate::blocks::Family;
use crate::error::LetterError;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{FontContext, FontFamily, FontFamilyName};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};
use std::borrow::Cow;
use std::sync::Arc;

/// One bundled font file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Face {
    Tinos,
    TinosBold,
    TinosItalic,
    TinosBoldItalic,
    Arimo,
    ArimoBold,
    ArimoItalic,
    ArimoBoldItalic,
    Cousine,
    CousineBold,
    CousineItalic,
    CousineBoldItalic,
    NaskhArabic,
    NaskhArabicBold,
    SerifThai,
    SansFallback,
}

/// The families in the order in which a character looks for its typeface: what the first has stays in it.
pub(crate) fn families(family: Family) -> FontFamily<'static> {
    const fn list(first: &'static str) -> [FontFamilyName<'static>; 4] {
        [
            FontFamilyName::Named(Cow::Borrowed(first)),
            FontFamilyName::Named(Cow::Borrowed("Noto Naskh Arabic")),
            FontFamilyName::Named(Cow::Borrowed("Noto Serif Thai")),
            FontFamilyName::Named(Cow::Borrowed("Droid Sans Fallback")),
        ]
    }
    static SERIF: [FontFamilyName<'static>; 4] = list("Tinos");
    static SANS: [FontFamilyName<'static>; 4] = list("Arimo");
    static MONO: [FontFamilyName<'static>; 4] = list("Cousine");
    FontFamily::List(Cow::Borrowed(match family {
        Family::Serif => &SERIF,
        Family::Sans => &SANS,
        Family::Mono => &MONO,
    }))
}

/// How far Tinos reaches above and below the baseline, per point of size. Every line is set by these, so that a name
/// in another script does not push the lines of a paragraph apart.
pub(crate) const ASCENT: f32 = 0.891;
pub(crate) const DESCENT: f32 = 0.216;

impl Face {
    pub(crate) const ALL: [Face; 16] = [
        Face::Tinos,
        Face::TinosBold,
        Face::TinosItalic,
        Face::TinosBoldItalic,
        Face::Arimo,
        Face::ArimoBold,
        Face::ArimoItalic,
        Face::ArimoBoldItalic,
        Face::Cousine,
        Face::CousineBold,
        Face::CousineItalic,
        Face::CousineBoldItalic,
        Face::NaskhArabic,
        Face::NaskhArabicBold,
        Face::SerifThai,
        Face::SansFallback,
    ];

    /// The PostScript name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Face::Tinos => "Tinos",
            Face::TinosBold => "Tinos-Bold",
            Face::TinosItalic => "Tinos-Italic",
            Face::TinosBoldItalic => "Tinos-BoldItalic",
            Face::Arimo => "Arimo",
            Face::ArimoBold => "Arimo-Bold",
            Face::ArimoItalic => "Arimo-Italic",
            Face::ArimoBoldItalic => "Arimo-BoldItalic",
            Face::Cousine => "Cousine",
            Face::CousineBold => "Cousine-Bold",
            Face::CousineItalic => "Cousine-Italic",
            Face::CousineBoldItalic => "Cousine-BoldItalic",
            Face::NaskhArabic => "NotoNaskhArabic-Regular",
            Face::NaskhArabicBold => "NotoNaskhArabic-Bold",
            Face::SerifThai => "NotoSerifThai-Regular",
            Face::SansFallback => "DroidSansFallback",
        }
    }

    /// Whether it is a face of a Latin family, whose everyday characters are in every font made from it.
    pub(crate) fn is_latin(self) -> bool {
        !matches!(self, Face::NaskhArabic | Face::NaskhArabicBold | Face::SerifThai | Face::SansFallback)
    }

    pub(crate) fn is_bold(self) -> bool {
        self.name().contains("Bold")
    }

    pub(crate) fn is_italic(self) -> bool {
        self.name().contains("Italic")
    }

    pub(crate) fn family(self) -> Family {
        match self {
            Face::Arimo | Face::ArimoBold | Face::ArimoItalic | Face::ArimoBoldItalic | Face::SansFallback => {
                Family::Sans
            }
            Face::Cousine | Face::CousineBold | Face::CousineItalic | Face::CousineBoldItalic => Family::Mono,
            _ => Family::Serif,
        }
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Face::Tinos => include_bytes!("../fonts/Tinos-Regular.ttf"),
            Face::TinosBold => include_bytes!("../fonts/Tinos-Bold.ttf"),
            Face::TinosItalic => include_bytes!("../fonts/Tinos-Italic.ttf"),
            Face::TinosBoldItalic => include_bytes!("../fonts/Tinos-BoldItalic.ttf"),
            Face::Arimo => include_bytes!("../fonts/Arimo-Regular.ttf"),
            Face::ArimoBold => include_bytes!("../fonts/Arimo-Bold.ttf"),
            Face::ArimoItalic => include_bytes!("../fonts/Arimo-Italic.ttf"),
            Face::ArimoBoldItalic => include_bytes!("../fonts/Arimo-BoldItalic.ttf"),
            Face::Cousine => include_bytes!("../fonts/Cousine-Regular.ttf"),
            Face::CousineBold => include_bytes!("../fonts/Cousine-Bold.ttf"),
            Face::CousineItalic => include_bytes!("../fonts/Cousine-Italic.ttf"),
            Face::CousineBoldItalic => include_bytes!("../fonts/Cousine-BoldItalic.ttf"),
            Face::NaskhArabic => include_bytes!("../fonts/NotoNaskhArabic-Regular.ttf"),
            Face::NaskhArabicBold => include_bytes!("../fonts/NotoNaskhArabic-Bold.ttf"),
            Face::SerifThai => include_bytes!("../fonts/NotoSerifThai-Regular.ttf"),
            Face::SansFallback => include_bytes!("../fonts/DroidSansFallback.ttf"),
        }
    }

    /// The font's tables.
    pub(crate) fn font(self) -> Result<FontRef<'static>, LetterError> {
        FontRef::new(self.bytes()).map_err(|_| self.damaged())
    }

    /// The glyph that stands for a character by itself; `None` when the face has none.
    pub(crate) fn glyph(self, character: char) -> Option<u16> {
        let glyph = self.font().ok()?.charmap().map(character)?;
        u16::try_from(glyph.to_u32()).ok()
    }

    /// Font units to the em.
    pub(crate) fn units_per_em(self) -> Result<u16, LetterError> {
        let head = self.font()?.head().map_err(|_| self.damaged())?;
        Ok(head.units_per_em().max(1))
    }

    pub(crate) fn damaged(self) -> LetterError {
        LetterError::Typeface { face: self.name() }
    }
}

/// Finds the face behind what the layout library hands back.
#[derive(Debug)]
pub(crate) struct Faces(Vec<(u64, Face)>);

impl Faces {
    /// A font context that knows the bundled faces and nothing else.
    pub(crate) fn load() -> Result<(FontContext, Faces), LetterError> {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut collection = Collection::new(options);
        let mut faces = Vec::new();
        for face in Face::ALL {
            face.font()?;
            let blob = Blob::new(Arc::new(face.bytes()));
            faces.push((blob.id(), face));
            if collection.register_fonts(blob, None).is_empty() {
                return Err(face.damaged());
            }
        }
        Ok((FontContext { collection, source_cache: SourceCache::default() }, Faces(faces)))
    }

    pub(crate) fn of(&self, blob_id: u64) -> Option<Face> {
        self.0.iter().find(|(id, _)| *id == blob_id).map(|(_, face)| *face)
    }
}

/// The faces that a PDF embeds, by name; none for what is no PDF.
#[must_use]
pub fn fonts_of(pdf: &[u8]) -> Vec<String> {
    let Ok(document) = lopdf::Document::load_mem(pdf) else { return Vec::new() };
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts = dictionaries
        .filter(|dictionary| dictionary.get(b"Type").and_then(|kind| kind.as_name()).is_ok_and(|kind| kind == b"Font"));
    let names = fonts.filter_map(|font| font.get(b"BaseFont").and_then(|name| name.as_name()).ok());
    // "ABCDEF+Name" is a part of the face called Name.
    let plain = names
        .map(|name| String::from_utf8_lossy(name.rsplit(|byte| *byte == b'+').next().unwrap_or(name)).into_owned());
    plain.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_latin_family_alone_covers_latin_greek_cyrillic_and_hebrew() {
        for face in Face::ALL.into_iter().filter(|face| face.is_latin()) {
            for character in
                "éñŁłşğőžß Nguyễn Thị Hồng ĐđƠơƯưỰự Юлія ЄєЇїҐґ Ωμέγα אבגדהוזחטיכלמנסעפצקרשת $€§–—‘’“”•…".chars()
            {
                assert!(character == ' ' || face.glyph(character).is_some(), "{} lacks {character}", face.name());
            }
        }
    }

    #[test]
    fn the_other_faces_cover_their_scripts() {
        for (face, text) in [
            (Face::NaskhArabic, "محمدالأحمدپچژگ"),
            (Face::NaskhArabicBold, "محمدالأحمد"),
            (Face::SerifThai, "สมชายใจดีกำ"),
            (Face::SansFallback, "王小明김민준さくらサクラ"),
        ] {
            for character in text.chars() {
                assert!(face.glyph(character).is_some(), "{} lacks {character}", face.name());
            }
        }
    }

    #[test]
    fn line_metrics_are_those_of_tinos() {
        let hhea = Face::Tinos.font().unwrap().hhea().unwrap();
        let units = f32::from(Face::Tinos.units_per_em().unwrap());
        assert!((f32::from(hhea.ascender().to_i16()) / units - ASCENT).abs() < 0.001);
        assert!((f32::from(-hhea.descender().to_i16()) / units - DESCENT).abs() < 0.001);
    }

    #[test]
    fn figures_are_all_of_one_width() {
        for face in Face::ALL.into_iter().filter(|face| face.is_latin()) {
            let font = face.font().unwrap();
            let hmtx = font.hmtx().unwrap();
            let widths: Vec<_> =
                ('0'..='9').map(|digit| hmtx.advance(face.glyph(digit).unwrap().into()).unwrap()).collect();
            assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
        }
    }
}
