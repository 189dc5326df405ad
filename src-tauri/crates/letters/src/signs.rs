//! Signs: glyphs together with the characters they draw.
//!
//! A letter's strings are codes for signs. The everyday signs of a face have the same codes in every letter, known when
//! text is shaped; what a letter needs beyond them is numbered after them.

use crate::fonts::Face;
use std::collections::{BTreeMap, HashMap};

/// Everyday characters beyond Latin-1.
const EVERYDAY: &str = "‘’“”–—…•€™";

/// Letters that Latin faces draw joined, each with the character that stands for the pair.
const JOINED: [(&str, char); 2] = [("fi", 'ﬁ'), ("fl", 'ﬂ')];

/// The characters that a glyph draws.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Drawn {
    /// None: a further glyph of a character drawn with several.
    Nothing,
    One(char),
    Several(Box<str>),
}

impl Drawn {
    pub(crate) fn new(text: &str) -> Self {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Drawn::Nothing,
            // A no-break space is a space to whoever searches the letter or copies from it.
            (Some('\u{A0}'), None) => Drawn::One(' '),
            (Some(one), None) => Drawn::One(one),
            _ => Drawn::Several(text.into()),
        }
    }

    pub(crate) fn utf16(&self) -> Vec<u16> {
        match self {
            Drawn::Nothing => Vec::new(),
            Drawn::One(character) => character.encode_utf16(&mut [0; 2]).to_vec(),
            Drawn::Several(text) => text.encode_utf16().collect(),
        }
    }
}

/// A glyph with what it draws.
pub(crate) type Sign = (u16, Drawn);

/// The signs that every letter's font holds, whether the letter uses them or not: they cost little, and letters that
/// use no others share one font.
#[derive(Debug)]
pub(crate) struct Everyday {
    signs: BTreeMap<Face, Vec<Sign>>,
    codes: HashMap<(Face, u16, char), u16>,
}

impl Everyday {
    /// Those of the Tinos faces; the others have none.
    pub(crate) fn new() -> Self {
        let (mut signs, mut codes) = (BTreeMap::new(), HashMap::new());
        for face in Face::ALL.into_iter().filter(|face| face.is_latin()) {
            let characters = (' '..='~').chain('¡'..='ÿ').filter(|c| *c != '\u{AD}').chain(EVERYDAY.chars());
            let characters = characters.chain(JOINED.map(|(_, c)| c));
            let drawn = characters.filter_map(|c| face.glyph(c).map(|glyph| (glyph, c)));
            let numbered: Vec<(u16, (u16, char))> = (1..).zip(drawn).collect();
            codes.extend(numbered.iter().map(|(code, (glyph, c))| ((face, *glyph, *c), *code)));
            signs.insert(face, numbered.into_iter().map(|(_, (glyph, c))| (glyph, drawn_by(c))).collect());
        }
        Self { signs, codes }
    }

    /// A face's everyday signs; their codes are 1, 2, 3 and so on.
    pub(crate) fn signs(&self, face: Face) -> &[Sign] {
        self.signs.get(&face).map_or(&[], Vec::as_slice)
    }

    /// The code of a glyph that draws this text, if it is an everyday one.
    pub(crate) fn code(&self, face: Face, glyph: u16, text: &str) -> Option<u16> {
        let character = match Drawn::new(text) {
            Drawn::One(character) => character,
            Drawn::Several(pair) => JOINED.iter().find(|(letters, _)| **letters == *pair)?.1,
            Drawn::Nothing => return None,
        };
        self.codes.get(&(face, glyph, character)).copied()
    }
}

/// What an everyday character draws: readers get the letters of a joined pair.
fn drawn_by(character: char) -> Drawn {
    match JOINED.iter().find(|(_, joined)| *joined == character) {
        Some((letters, _)) => Drawn::Several((*letters).into()),
        None => Drawn::One(character),
    }
}
