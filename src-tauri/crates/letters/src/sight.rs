//! Files of strangers, looked at on a screen: which of them a viewer may be given, and how they look drawn small.
//!
//! A viewer decodes pictures and unpacks PDFs on its own; what would take far more of a computer than its size says is
//! named here before. Nothing of a file is changed.

use crate::enclosure::{is_pdf, paper, scan};
use crate::finding::Refusal;
use crate::pictures::{Most, PRINTED, decoder};
use crate::raster::{Ink, Sheets};
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder as _, RgbImage};

/// For what is seen only: photographs of any camera.
pub(crate) const SEEN: Most = Most { dots: 64_000_000, memory: 256 << 20 };

/// The most pages of a PDF whose first is drawn small: the file is looked through whole before.
const MOST_PAGES: usize = 60;

/// Whether a PDF, PNG or JPEG can be handed to a viewer. A picture's content is not decoded: that it is damaged, the
/// viewer sees.
///
/// # Errors
/// What speaks against it.
pub fn can_be_shown(bytes: &[u8]) -> Result<(), Refusal> {
    if is_pdf(bytes) { scan::unpacks(bytes) } else { decoder(bytes, SEEN).map(|_| ()) }
}

/// A PDF's first page, or a picture as its camera was held, as a PNG file on white of at most `side` dots across and down.
///
/// # Errors
/// A file that is too large, damaged, or of another kind.
pub fn thumbnail(bytes: &[u8], side: u32) -> Result<Vec<u8>, Refusal> {
    // The readers are not ours: should one fail where it ought not, the file is refused like any other.
    let drawn = std::panic::catch_unwind(|| if is_pdf(bytes) { page(bytes, side) } else { picture(bytes, side) });
    let small = drawn.unwrap_or(Err(Refusal::Unreadable))?;
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(&small, small.width(), small.height(), ExtendedColorType::Rgb8)
        .map_err(|_| Refusal::Unreadable)?;
    Ok(file)
}

fn page(bytes: &[u8], side: u32) -> Result<RgbImage, Refusal> {
    paper::read(bytes, MOST_PAGES)?;
    let sheets = Sheets::open(bytes).map_err(|_| Refusal::Unreadable)?;
    let (width, height) = sheets.size(0).ok_or(Refusal::Empty)?;
    // Twice as fine as it is shown: hair lines stay.
    let dots_per_inch = 2.0 * side as f32 * 72.0 / width.max(height).max(1.0);
    let drawn = sheets.draw(0, dots_per_inch, Ink::Rgb).map_err(|_| Refusal::Unreadable)?;
    let drawn = RgbImage::from_raw(drawn.width, drawn.height, drawn.dots).ok_or(Refusal::Unreadable)?;
    Ok(DynamicImage::from(drawn).thumbnail(side, side).to_rgb8())
}

fn picture(bytes: &[u8], side: u32) -> Result<RgbImage, Refusal> {
    let (_, mut decoder) = decoder(bytes, PRINTED)?;
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Unreadable)?;
    let mut small = if whole.width().max(whole.height()) > side { whole.thumbnail(side, side) } else { whole };
    small.apply_orientation(turn);
    Ok(on_white(&small))
}

pub(crate) fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let dots = picture.to_rgba8();
    let over = |value: u8, cover: u8| {
        let mixed = (u32::from(value) * u32::from(cover) + 255 * (255 - u32::from(cover)) + 127) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    RgbImage::from_fn(dots.width(), dots.height(), |x, y| {
        let [red, green, blue, cover] = dots.get_pixel(x, y).0;
        image::Rgb([over(red, cover), over(green, cover), over(blue, cover)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::tests::{held, jpeg};

    fn opened(png: &[u8]) -> RgbImage {
        image::load_from_memory_with_format(png, image::ImageFormat::Png).unwrap().to_rgb8()
    }

    #[test]
    fn a_photograph_is_drawn_small_as_its_camera_was_held() {
        let flat = opened(&thumbnail(&jpeg(400, 200), 96).unwrap());
        assert_eq!((flat.width(), flat.height()), (96, 48));
        let upright = opened(&thumbnail(&held(6), 96).unwrap());
        assert_eq!((upright.width(), upright.height()), (20, 40), "turned, and never enlarged");
    }

    #[test]
    fn what_a_picture_does_not_cover_is_white() {
        let clear = image::RgbaImage::from_pixel(200, 100, image::Rgba([0, 0, 0, 0]));
        let mut file = Vec::new();
        let (width, height) = clear.dimensions();
        PngEncoder::new(&mut file).write_image(&clear, width, height, ExtendedColorType::Rgba8).unwrap();
        assert!(opened(&thumbnail(&file, 50).unwrap()).pixels().all(|dot| dot.0 == [255; 3]));
    }

    #[test]
    fn what_lies_about_its_size_is_not_shown() {
        assert_eq!(can_be_shown(&jpeg(40, 20)), Ok(()));
        let mut lies = jpeg(64, 64);
        let size = lies.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap() + 5;
        lies[size..size + 4].copy_from_slice(&[0xFF; 4]);
        assert!(matches!(can_be_shown(&lies), Err(Refusal::TooManyDots { .. })));
        assert_eq!(can_be_shown(b"<html><script>"), Err(Refusal::UnknownFormat));
        assert_eq!(can_be_shown(b""), Err(Refusal::Empty));
        let mut bomb = b"%PDF-1.7\n1 0 obj <</Filter/FlateDecode>>\nstream\n".to_vec();
        bomb.extend(crate::embed::deflate(&vec![0; scan::MAX_STREAM + 1]));
        bomb.extend(b"\nendstream endobj");
        assert!(matches!(can_be_shown(&bomb), Err(Refusal::Inflates { .. })));
        assert!(thumbnail(&bomb, 96).is_err());
    }
}
