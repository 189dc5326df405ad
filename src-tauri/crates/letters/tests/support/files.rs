//! Pictures and PDFs as strangers send them.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _, Rgb, RgbImage};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// A picture with a light ground, dark lines and a shaded disc, as a scan of a licence has.
fn scan(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (x as f32 - width as f32 / 4.0, y as f32 - height as f32 / 2.0);
        let distance = (dx * dx + dy * dy).sqrt() / (height as f32 / 3.0);
        if distance < 1.0 {
            let shade = (80.0 + 120.0 * distance) as u8;
            Rgb([shade, shade / 2 + 60, shade / 3 + 60])
        } else if x > width / 2 && y % 24 < 4 && x % 90 < 70 {
            Rgb([40, 40, 60])
        } else {
            Rgb([225, 230, 240])
        }
    })
}

pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(&scan(width, height)).unwrap();
    bytes
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&scan(width, height), width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// A PDF whose pages are of these sizes and turns, each with its number on it in Helvetica.
pub(crate) fn pdf(pages: &[(f32, f32, i64)]) -> Document {
    let mut pdf = Document::with_version("1.7");
    let tree = pdf.new_object_id();
    let font = pdf.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let kids: Vec<Object> = pages
        .iter()
        .enumerate()
        .map(|(index, (width, height, turn))| {
            let text = format!("BT /F1 24 Tf 40 {} Td (Foreign page {}) Tj ET", height - 60.0, index + 1);
            let half = text.len() / 2;
            // Some programs part a page's drawing anywhere between two operators.
            let half = text.get(..half).and_then(|first| first.rfind(" Td")).map_or(0, |at| at + 3);
            let contents: Vec<Object> = [text.get(..half).unwrap_or(""), text.get(half..).unwrap_or("")]
                .iter()
                .map(|part| {
                    let mut stream = Stream::new(Dictionary::new(), part.as_bytes().to_vec());
                    stream.compress().unwrap();
                    pdf.add_object(stream).into()
                })
                .collect();
            pdf.add_object(dictionary! {
                "Type" => "Page",
                "Parent" => tree,
                "MediaBox" => vec![0.into(), 0.into(), (*width).into(), (*height).into()],
                "Rotate" => *turn,
                "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
                "Contents" => contents,
            })
            .into()
        })
        .collect();
    let count = kids.len() as i64;
    pdf.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let root = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    pdf.trailer.set("Root", root);
    pdf
}

pub(crate) fn bytes(mut pdf: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

/// The dictionary of the first page.
pub(crate) fn first_page(pdf: &mut Document) -> &mut Dictionary {
    let id: ObjectId = pdf.page_iter().next().unwrap();
    pdf.get_dictionary_mut(id).unwrap()
}
