//! Pages become the bytes of a PDF.
//!
//! printpdf writes the pages, `embed` the fonts; `drawing` says what is drawn, `structure` what it means. Invariants: the
//! bytes depend on the pages and the title alone, so there are no dates and no random ids in them; text is drawn in
//! reading order.
//!
//! Towards PDF/UA: everything is tagged or an artifact, pictures have words, header cells a scope, lists their
//! numbering; title and language are set. What is missing: the mark of the standard itself, because no checker has
//! passed judgement; the language of foreign words; the inner structure of enclosures, which are pictures to a reader.

use crate::embed::{Embedder, deflate};
use crate::enclosure::{self, Enclosed};
use crate::error::LetterError;
use crate::file::PdfFile;
use crate::flow::Page;
use crate::pictures::{Coding, Colours, Picture};
use crate::tags::Tags;
use drawing::Drawn;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions, Pt};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

mod drawing;
mod structure;

/// The sheet, US Letter, in points.
pub(crate) const WIDTH: f32 = 612.0;
pub(crate) const HEIGHT: f32 = 792.0;

/// What a letter's PDF is made of.
pub(crate) struct Content<'a> {
    pub(crate) pages: &'a [Page],
    pub(crate) tags: &'a Tags,
    pub(crate) pictures: &'a [Arc<Picture>],
    pub(crate) enclosed: Vec<Enclosed>,
}

/// Writes a letter as a PDF.
pub(crate) fn write(content: &Content<'_>, title: &str, embedder: &mut Embedder) -> Result<Vec<u8>, LetterError> {
    let fonts = embedder.embed(&drawing::signs(content.pages))?;
    let Drawn { pages, inside } = drawing::draw(content, &fonts);
    let pages = pages
        .into_iter()
        .map(|ops| PdfPage { ops, ..PdfPage::new(Mm::from(Pt(WIDTH)), Mm::from(Pt(HEIGHT)), Vec::new()) });
    let mut document = PdfDocument::new(title);
    document.pages = pages.collect();
    // Text is shown by plain operators: printpdf must pass through what it does not interpret.
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut pdf = document.to_lopdf_document(&options, &mut Vec::new());

    let font_ids: Vec<_> = fonts.iter().map(|(face, font)| (drawing::resource(*face), font.write(&mut pdf))).collect();
    let named: Dictionary = font_ids.into_iter().map(|(name, id)| (name.into_bytes(), Object::from(id))).collect();
    let mut resources = dictionary! { "Font" => named };
    let shown = add_pictures(&mut pdf, content);
    if !shown.is_empty() {
        resources.set("XObject", shown);
    }
    let resources = pdf.add_object(resources);
    let page_ids: Vec<ObjectId> = pdf.page_iter().collect();
    for id in &page_ids {
        let page = pdf.get_dictionary_mut(*id).map_err(unwritable)?;
        page.set("Resources", resources);
        for key in [b"Annots".as_slice(), b"TrimBox", b"CropBox"] {
            page.remove(key);
        }
    }
    let tree = structure::add(&mut pdf, content, &inside, &page_ids).map_err(unwritable)?;
    let metadata = pdf.add_object(metadata(title));
    let catalog = pdf.catalog_mut().map_err(unwritable)?;
    catalog.set("Lang", Object::string_literal("en-US"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    catalog.set("Metadata", metadata);
    for stream in pdf.objects.values_mut() {
        if let Object::Stream(stream) = stream
            && !stream.dict.has(b"Filter")
            && !stream.dict.has_type(b"Metadata")
        {
            *stream = compressed(stream);
        }
    }
    save(pdf, title)
}

/// Adds the pictures and drawings that pages show; answers the names that pages know them by.
fn add_pictures(pdf: &mut Document, content: &Content<'_>) -> Dictionary {
    let mut names = Dictionary::new();
    let mut known: HashMap<*const Picture, ObjectId> = HashMap::new();
    let enclosed = content.enclosed.iter().filter_map(|enclosed| match &enclosed.content {
        enclosure::Content::Picture(picture) => Some(picture),
        enclosure::Content::Paper(_) => None,
    });
    for (index, picture) in content.pictures.iter().chain(enclosed).enumerate() {
        let id = *known.entry(Arc::as_ptr(picture)).or_insert_with(|| add_picture(pdf, picture));
        names.set(drawing::picture_name(index), id);
    }
    let mut forms = 0;
    for enclosed in &content.enclosed {
        if let enclosure::Content::Paper(paper) = &enclosed.content {
            let after = pdf.max_id;
            pdf.objects.extend(paper.renumbered(after));
            pdf.max_id = after + paper.objects.keys().next_back().copied().unwrap_or(0);
            for page in &paper.pages {
                names.set(drawing::form_name(forms), Object::Reference((page.form + after, 0)));
                forms += 1;
            }
        }
    }
    names
}

fn add_picture(pdf: &mut Document, picture: &Picture) -> ObjectId {
    let image = |colours: Colours, coding: Coding, bytes: &[u8]| {
        let dictionary = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(picture.width),
            "Height" => i64::from(picture.height),
            "BitsPerComponent" => 8,
            "ColorSpace" => match colours {
                Colours::Gray => "DeviceGray",
                Colours::Rgb => "DeviceRGB",
            },
            "Filter" => match coding {
                Coding::Jpeg => "DCTDecode",
                Coding::Flate => "FlateDecode",
            },
        };
        Stream::new(dictionary, bytes.to_vec()).with_compression(false)
    };
    let cover = picture.cover.as_ref().map(|cover| pdf.add_object(image(Colours::Gray, Coding::Flate, cover)));
    let mut stream = image(picture.colours, picture.coding, &picture.bytes);
    if let Some(cover) = cover {
        stream.dict.set("SMask", cover);
    }
    pdf.add_object(stream)
}

/// Title and language once more, in the form that accessibility checkers read.
fn metadata(title: &str) -> Stream {
    let escaped = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let xml = format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{escaped}</rdf:li></rdf:Alt></dc:title>\
         <dc:language><rdf:Bag><rdf:li>en-US</rdf:li></rdf:Bag></dc:language>\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    );
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dictionary, xml.into_bytes()).with_compression(false)
}

fn compressed(stream: &Stream) -> Stream {
    let mut dictionary = stream.dict.clone();
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, deflate(&stream.content)).with_compression(false)
}

/// Writes what the root of a document reaches, under a title, with nothing in it that another run would write otherwise.
fn save(mut pdf: Document, title: &str) -> Result<Vec<u8>, LetterError> {
    let info = pdf.add_object(dictionary! {
        "Title" => text(title),
        "Producer" => Object::string_literal("Dispute Desk"),
    });
    let root = pdf.trailer.get(b"Root").and_then(Object::as_reference).map_err(unwritable)?;
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::from([(root.0, 0), (info.0, 0)]);
    let mut open = vec![root, info];
    while let Some(id) = open.pop() {
        if let Some(object) = pdf.objects.get(&id) {
            references(object, &mut |id| {
                if numbers.insert(id.0, 0).is_none() {
                    open.push(id);
                }
            });
        }
    }
    numbers.values_mut().zip(1..).for_each(|(number, next)| *number = next);
    let number_of = |number: u32| numbers.get(&number).copied().unwrap_or(0);
    let written = || -> std::io::Result<Vec<u8>> {
        let mut file = PdfFile::new(Vec::with_capacity(48 << 10))?;
        numbers.iter().for_each(|_| _ = file.number());
        for ((number, _), object) in pdf.objects.iter().filter(|((number, _), _)| numbers.contains_key(number)) {
            file.add_renumbered(number_of(*number), object, &number_of)?;
        }
        let refer = |id: ObjectId| Object::Reference((number_of(id.0), 0));
        file.finish(dictionary! { "Root" => refer(root), "Info" => refer(info) })
    };
    written().map_err(|error| unwritable(lopdf::Error::IO(error)))
}

/// Tells every object that an object names.
fn references(object: &Object, tell: &mut impl FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => tell(*id),
        Object::Array(values) => values.iter().for_each(|value| references(value, tell)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| references(value, tell)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| references(value, tell)),
        _ => {}
    }
}

/// A string of any characters, as document information holds it.
fn text(string: &str) -> Object {
    if string.is_ascii() {
        return Object::string_literal(string);
    }
    let units = std::iter::once(0xFEFF).chain(string.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

fn unwritable(source: lopdf::Error) -> LetterError {
    LetterError::Pdf { action: "written", source }
}
