//! The pages of a foreign PDF, copied as drawings.
//!
//! hayro's reader finds objects lazily, so nothing is read that no page draws. What is copied is content, fonts,
//! pictures and patterns; what acts (scripts, links, actions), what points elsewhere (files, metadata) and what is not
//! on paper stays behind. Filled form fields and stamps are drawn as they look.

use super::scan::{self, MAX_STREAM};
use crate::embed::deflate;
use crate::finding::Refusal;
use hayro::hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object as Read, ObjectIdentifier, Rect, Stream as ReadStream,
};
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

/// The most objects that a file's pages may be made of.
const MAX_OBJECTS: usize = 20_000;

/// The most values inside objects: what copying them may cost follows from this.
const MAX_VALUES: usize = 1_000_000;

/// The most dots of a picture inside.
const MAX_DOTS: f64 = 100_000_000.0;

/// How deep values may nest.
const MAX_DEPTH: usize = 60;

/// Entries that act, point elsewhere, or are not on paper.
const LEFT_BEHIND: [&[u8]; 20] = [
    b"A",
    b"AA",
    b"AF",
    b"Annots",
    b"FDecodeParms",
    b"FFilter",
    b"JS",
    b"Metadata",
    b"OPI",
    b"OpenAction",
    b"Parent",
    b"PieceInfo",
    b"Ref",
    b"StructParent",
    b"StructParents",
    b"Thumb",
    b"URI",
    b"PZ",
    b"Trans",
    b"LastModified",
];

/// A PDF's pages, ready to be drawn on sheets.
#[derive(Debug)]
pub(crate) struct Paper {
    pub(crate) pages: Vec<PaperPage>,
    /// What the pages draw with. Ids count from 1.
    pub(crate) objects: BTreeMap<u32, Object>,
    /// Something of the file was left behind.
    pub(crate) stripped: bool,
}

/// A page, as a drawing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PaperPage {
    pub(crate) form: u32,
    /// Width and height as shown, in points, and what turns the drawing's coordinates into those of that rectangle.
    pub(crate) size: (f32, f32),
    pub(crate) matrix: [f32; 6],
}

/// Reads a PDF of at most `room` pages.
pub(crate) fn read(bytes: &[u8], room: usize) -> Result<Paper, Refusal> {
    scan::scan(bytes)?;
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Unreadable,
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Refusal::Empty);
    }
    if pages.len() > room {
        return Err(Refusal::TooManyPages { limit: room });
    }
    let mut copier = Copier::default();
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let acts = [b"OpenAction".as_slice(), b"AA", b"Names", b"AF"];
    copier.stripped = catalog.is_some_and(|catalog| acts.iter().any(|key| catalog.contains_key(key)));
    let mut drawn = Vec::with_capacity(pages.len());
    for page in pages.iter() {
        drawn.push(copier.page(page)?);
        while let Some((id, number)) = copier.queue.pop_front() {
            let object = match pdf.xref().get::<Read<'_>>(id) {
                Some(object) => copier.copied(&object, 0)?,
                None => Object::Null,
            };
            copier.objects.insert(number, object);
        }
    }
    Ok(Paper { pages: drawn, objects: copier.objects, stripped: copier.stripped })
}

/// Copies what is reached, each object once.
#[derive(Default)]
struct Copier {
    numbers: HashMap<ObjectIdentifier, u32>,
    queue: VecDeque<(ObjectIdentifier, u32)>,
    objects: BTreeMap<u32, Object>,
    next: u32,
    values: usize,
    unpacked: usize,
    stripped: bool,
}

impl Copier {
    fn number(&mut self) -> Result<u32, Refusal> {
        self.next += 1;
        if self.next as usize > MAX_OBJECTS {
            return Err(Refusal::TooManyObjects { limit: MAX_OBJECTS });
        }
        Ok(self.next)
    }

    fn add(&mut self, object: impl Into<Object>) -> Result<u32, Refusal> {
        let number = self.number()?;
        self.objects.insert(number, object.into());
        Ok(number)
    }

    fn page(&mut self, page: &Page<'_>) -> Result<PaperPage, Refusal> {
        let shown = page.intersected_crop_box();
        let (width, height) = ((shown.x1 - shown.x0) as f32, (shown.y1 - shown.y0) as f32);
        if !(width.is_finite() && height.is_finite() && width > 1.0 && height > 1.0 && width.max(height) < 20_000.0) {
            return Err(Refusal::Unreadable);
        }
        let mut content = self.content(page)?;
        let mut resources = Dictionary::new();
        let from = page.resources();
        let kinds: [(&str, &Dict<'_>); 7] = [
            ("ExtGState", &from.ext_g_states),
            ("Font", &from.fonts),
            ("Properties", &from.properties),
            ("ColorSpace", &from.color_spaces),
            ("XObject", &from.x_objects),
            ("Pattern", &from.patterns),
            ("Shading", &from.shadings),
        ];
        for (kind, dictionary) in kinds {
            if !dictionary.is_empty() {
                resources.set(kind, self.dictionary(dictionary, 0)?);
            }
        }
        self.stripped |= page.raw().contains_key(b"AA");
        self.annotations(page, &mut content, &mut resources)?;
        let edges = [shown.x0, shown.y0, shown.x1, shown.y1].map(|edge| edge as f32);
        let mut form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => edges.map(Object::Real).to_vec(),
            "Resources" => resources,
            "Filter" => "FlateDecode",
        };
        if let Some(group) = page.raw().get::<Dict<'_>>(b"Group") {
            form.set("Group", self.dictionary(&group, 0)?);
        }
        let form = self.add(Stream::new(form, deflate(&content)).with_compression(false))?;
        let turn = match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 1,
            Rotation::Flipped => 2,
            Rotation::FlippedHorizontal => 3,
        };
        Ok(turned(form, edges, turn))
    }

    /// The page's drawing, its streams joined.
    fn content(&mut self, page: &Page<'_>) -> Result<Vec<u8>, Refusal> {
        let mut content = Vec::new();
        if let Some(stream) = page.raw().get::<ReadStream<'_>>(b"Contents") {
            content = self.unpack(&stream)?;
        } else if let Some(streams) = page.raw().get::<Array<'_>>(b"Contents") {
            for stream in streams.iter::<ReadStream<'_>>().take(MAX_OBJECTS) {
                content.extend(self.unpack(&stream)?);
                content.push(b'\n');
            }
        }
        Ok(content)
    }

    /// Draws filled form fields, stamps and remarks as they look.
    fn annotations(
        &mut self,
        page: &Page<'_>,
        content: &mut Vec<u8>,
        resources: &mut Dictionary,
    ) -> Result<(), Refusal> {
        let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return Ok(()) };
        let mut drawn = Dictionary::new();
        for annotation in annotations.iter::<Dict<'_>>().take(2000) {
            let kind = annotation.get::<Name<'_>>(b"Subtype");
            let is = |name: &[u8]| kind.as_ref().is_some_and(|kind| **kind == *name);
            self.stripped |= annotation.contains_key(b"A") || annotation.contains_key(b"AA") || is(b"FileAttachment");
            let flags = annotation.get::<i32>(b"F").unwrap_or(0);
            let hidden = flags & (2 | 32) != 0 || is(b"Link") || is(b"Popup") || is(b"FileAttachment");
            let looks = annotation.get::<Dict<'_>>(b"AP");
            let (Some(looks), Some(place), false) = (looks, annotation.get::<Rect>(b"Rect"), hidden) else { continue };
            let look = looks.get::<ReadStream<'_>>(b"N").or_else(|| {
                let state = annotation.get::<Name<'_>>(b"AS")?;
                looks.get::<Dict<'_>>(b"N")?.get::<ReadStream<'_>>(&*state)
            });
            let Some(look) = look else { continue };
            let Some(bounds) = look.dict().get::<Rect>(b"BBox") else { continue };
            let matrix = look.dict().get::<Array<'_>>(b"Matrix").map(|matrix| matrix.iter::<f32>().collect::<Vec<_>>());
            let upright = matrix.is_none_or(|matrix| matrix == [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
            let (width, height) = (bounds.x1 - bounds.x0, bounds.y1 - bounds.y0);
            if !upright || width <= 0.0 || height <= 0.0 {
                self.stripped = true;
                continue;
            }
            let (across, down) = ((place.x1 - place.x0) / width, (place.y1 - place.y0) / height);
            let (x, y) = (place.x0 - bounds.x0 * across, place.y0 - bounds.y0 * down);
            let name = format!("DrawnAnnotation{}", drawn.len());
            let form = self.stream(&look, 0)?;
            let form = self.add(form)?;
            drawn.set(name.clone(), Object::Reference((form, 0)));
            let draw = format!("\nq {across:.5} 0 0 {down:.5} {x:.3} {y:.3} cm /{name} Do Q\n");
            if drawn.len() == 1 {
                // What the page leaves changed must not change what is drawn on it.
                content.splice(0..0, *b"q\n");
                content.extend(b"\nQ");
            }
            content.extend(draw.into_bytes());
        }
        if !drawn.is_empty() {
            match resources.get_mut(b"XObject").and_then(Object::as_dict_mut) {
                Ok(known) => known.extend(&drawn),
                Err(_) => resources.set("XObject", drawn),
            }
        }
        Ok(())
    }

    /// A stream's content, unpacked.
    fn unpack(&mut self, stream: &ReadStream<'_>) -> Result<Vec<u8>, Refusal> {
        let copied = self.stream(stream, 0)?;
        if copied.dict.get(b"Filter").is_err() {
            return Ok(copied.content);
        }
        match copied.decompressed_content_with_limit(MAX_STREAM) {
            Ok(content) => Ok(content),
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { limit })) => {
                Err(Refusal::Inflates { limit })
            }
            // Text codings and old packings: the scan let none pass that could be large.
            Err(_) => stream.decoded_data().map(std::borrow::Cow::into_owned).map_err(|_| Refusal::Unreadable),
        }
    }

    fn maybe(&mut self, value: MaybeRef<Read<'_>>, depth: usize) -> Result<Object, Refusal> {
        match value {
            MaybeRef::NotRef(value) => self.copied(&value, depth),
            MaybeRef::Ref(id) => {
                let id = ObjectIdentifier::from(id);
                if let Some(number) = self.numbers.get(&id) {
                    return Ok(Object::Reference((*number, 0)));
                }
                let number = self.number()?;
                self.numbers.insert(id, number);
                self.queue.push_back((id, number));
                Ok(Object::Reference((number, 0)))
            }
        }
    }

    fn copied(&mut self, value: &Read<'_>, depth: usize) -> Result<Object, Refusal> {
        self.values += 1;
        if self.values > MAX_VALUES || depth > MAX_DEPTH {
            return Err(Refusal::TooManyObjects { limit: MAX_OBJECTS });
        }
        Ok(match value {
            Read::Null(_) => Object::Null,
            Read::Boolean(value) => Object::Boolean(*value),
            Read::Number(number) => {
                let value = number.as_f64();
                if value.fract() == 0.0 && value.abs() < 1e15 {
                    Object::Integer(value as i64)
                } else {
                    Object::Real(value as f32)
                }
            }
            Read::String(string) => Object::String(string.as_bytes().to_vec(), StringFormat::Literal),
            Read::Name(name) => Object::Name(name.to_vec()),
            Read::Array(array) => {
                let mut copied = Vec::new();
                for value in array.raw_iter() {
                    copied.push(self.maybe(value, depth + 1)?);
                }
                Object::Array(copied)
            }
            Read::Dict(dictionary) => Object::Dictionary(self.dictionary(dictionary, depth)?),
            Read::Stream(stream) => Object::Stream(self.stream(stream, depth)?),
        })
    }

    fn dictionary(&mut self, dictionary: &Dict<'_>, depth: usize) -> Result<Dictionary, Refusal> {
        let mut copied = Dictionary::new();
        // In one order on every machine: the reader's own is that of a hash table.
        let mut entries: Vec<_> = dictionary.entries().collect();
        entries.sort_by(|(a, _), (b, _)| a.as_ref().cmp(b.as_ref()));
        for (key, value) in entries {
            if LEFT_BEHIND.contains(&&*key) {
                continue;
            }
            let value = self.maybe(value, depth + 1)?;
            copied.set(key.to_vec(), value);
        }
        Ok(copied)
    }

    fn stream(&mut self, stream: &ReadStream<'_>, depth: usize) -> Result<Stream, Refusal> {
        let mut dictionary = self.dictionary(stream.dict(), depth)?;
        // A stream whose data is in another file has none.
        dictionary.remove(b"F");
        dictionary.remove(b"Length");
        let side = |key: &[u8]| stream.dict().get::<f64>(key).unwrap_or(0.0);
        let is_picture = stream.dict().get::<Name<'_>>(b"Subtype").is_some_and(|kind| *kind == *b"Image");
        if is_picture && side(b"Width").abs() * side(b"Height").abs() > MAX_DOTS {
            return Err(Refusal::TooManyDots { limit: MAX_DOTS as u64 });
        }
        if let Ok(Object::Reference(_)) = dictionary.get(b"Filter") {
            return Err(Refusal::Unreadable);
        }
        let data = stream.raw_data().into_owned();
        self.unpacked += data.len();
        if self.unpacked > 4 * scan::MAX_BYTES {
            return Err(Refusal::TooManyBytes { limit: scan::MAX_BYTES });
        }
        let copied = Stream::new(dictionary, data).with_compression(false);
        // What viewers and printers will unpack must be small for them too.
        if !is_picture
            && let Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { limit })) =
                copied.decompressed_content_with_limit(MAX_STREAM)
        {
            return Err(Refusal::Inflates { limit });
        }
        Ok(copied)
    }
}

/// A page as shown: turned clockwise by quarters as its file says, and a wide one upright, as it lies in the letter.
fn turned(form: u32, [x0, y0, x1, y1]: [f32; 4], quarters: u8) -> PaperPage {
    let (width, height) = (x1 - x0, y1 - y0);
    let is_wide = if quarters.is_multiple_of(2) { width > height * 1.05 } else { height > width * 1.05 };
    let quarters = if is_wide { (quarters + 3) % 4 } else { quarters };
    let (size, matrix) = match quarters {
        0 => ((width, height), [1.0, 0.0, 0.0, 1.0, -x0, -y0]),
        1 => ((height, width), [0.0, -1.0, 1.0, 0.0, -y0, x1]),
        2 => ((width, height), [-1.0, 0.0, 0.0, -1.0, x1, y1]),
        _ => ((height, width), [0.0, 1.0, -1.0, 0.0, y1, -x0]),
    };
    PaperPage { form, size, matrix }
}

impl Paper {
    /// The objects under ids that follow `after`, and the id that a number then has.
    pub(crate) fn renumbered(&self, after: u32) -> impl Iterator<Item = (ObjectId, Object)> {
        self.objects.iter().map(move |(number, object)| {
            let mut object = object.clone();
            renumber(&mut object, after);
            ((number + after, 0), object)
        })
    }
}

fn renumber(object: &mut Object, after: u32) {
    match object {
        Object::Reference((number, _)) => *number += after,
        Object::Array(values) => values.iter_mut().for_each(|value| renumber(value, after)),
        Object::Dictionary(dictionary) => dictionary.iter_mut().for_each(|(_, value)| renumber(value, after)),
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| renumber(value, after)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_turn_keeps_the_page_on_the_sheet() {
        for quarters in 0..4 {
            for edges in [[10.0, 20.0, 310.0, 620.0], [10.0, 20.0, 610.0, 320.0]] {
                let page = turned(1, edges, quarters);
                assert!(page.size.0 < page.size.1, "upright: {page:?}");
                let [a, b, c, d, e, f] = page.matrix;
                for (x, y) in [(edges[0], edges[1]), (edges[2], edges[3])] {
                    let (x, y) = (a * x + c * y + e, b * x + d * y + f);
                    assert!((-0.1..=page.size.0 + 0.1).contains(&x) && (-0.1..=page.size.1 + 0.1).contains(&y));
                }
            }
        }
    }
}
