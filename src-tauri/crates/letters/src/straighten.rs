//! A photograph of a paper, made ready to be filed: upright, straight, and no larger than it need be.
//!
//! How far it is tilted is read from its lines: seen along the right angle, rows of type and gaps between them differ most.
//! A picture without lines is left as it lies.

use crate::finding::Refusal;
use crate::pictures::decoder;
use crate::sight::{SEEN, on_white};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, Rgb, RgbImage};

/// The longest side: US Letter at 200 dots an inch.
const LONGEST: u32 = 2200;
/// The longest side of what the tilt is read from.
const READ: u32 = 900;
/// The furthest tilt that is looked for, in degrees.
const FURTHEST: f32 = 12.0;
/// A tilt below this is not seen, in degrees.
const STRAIGHT: f32 = 0.2;
/// By how much the right angle must stand out from the usual one.
const CLEAR: f32 = 1.4;
/// And from dots that lie about by chance, whose rows differ by twice their number.
const BY_CHANCE: f32 = 2.0;
/// Dark places that are looked at, at most.
const MOST_PLACES: usize = 40_000;

/// A picture that was straightened.
#[derive(Clone, Debug, PartialEq)]
pub struct Straightened {
    /// A JPEG file.
    pub jpeg: Vec<u8>,
    /// It was turned upright, as its camera was held.
    pub turned: bool,
    /// How far it was tilted, in degrees, clockwise positive; 0 when it was straight or shows no lines.
    pub tilt: f32,
}

/// Turns a PNG or JPEG picture upright, takes its tilt out, and writes it no larger than a sheet needs.
///
/// # Errors
/// A file that is too large, damaged, or of another kind.
pub fn straighten(bytes: &[u8]) -> Result<Straightened, Refusal> {
    // The readers are not ours: should one fail where it ought not, the file is refused like any other.
    std::panic::catch_unwind(|| made(bytes)).unwrap_or(Err(Refusal::Unreadable))
}

fn made(bytes: &[u8]) -> Result<Straightened, Refusal> {
    let (_, mut decoder) = decoder(bytes, SEEN)?;
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Unreadable)?;
    let mut picture =
        if whole.width().max(whole.height()) > LONGEST { whole.thumbnail(LONGEST, LONGEST) } else { whole };
    picture.apply_orientation(turn);
    let upright = on_white(&picture);
    let tilt = tilt(&DynamicImage::from(upright.clone()).thumbnail(READ, READ).to_luma8());
    let straight = if tilt == 0.0 { upright } else { rotated(&upright, tilt) };
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 80).encode_image(&straight).map_err(|_| Refusal::Unreadable)?;
    Ok(Straightened { jpeg, turned: turn != Orientation::NoTransforms, tilt })
}

/// How far the lines of a picture are tilted, in degrees, clockwise positive.
fn tilt(picture: &GrayImage) -> f32 {
    let places = dark_places(picture);
    if places.len() < 200 {
        return 0.0;
    }
    let by_chance = 2.0 * places.len() as f32;
    let reach = (picture.width() + picture.height()) as usize * 2;
    let mut rows = vec![0_u32; reach];
    let mut sharpness = |degrees: f32| {
        rows.fill(0);
        let (sin, cos) = degrees.to_radians().sin_cos();
        for (x, y) in &places {
            let row = y * cos - x * sin + reach as f32 / 2.0;
            if let Some(row) = rows.get_mut(row as usize) {
                *row += 1;
            }
        }
        let next = rows.iter().skip(1);
        rows.iter().zip(next).map(|(one, next)| (f64::from(*next) - f64::from(*one)).powi(2)).sum::<f64>() as f32
    };
    let mut best_of = |from: f32, to: f32, step: f32| {
        let steps = ((to - from) / step).round() as i32;
        let tried: Vec<(f32, f32)> = (0..=steps)
            .map(|at| {
                let degrees = from + at as f32 * step;
                (degrees, sharpness(degrees))
            })
            .collect();
        let best = tried.iter().copied().max_by(|one, other| one.1.total_cmp(&other.1)).unwrap_or_default();
        let mut all: Vec<f32> = tried.iter().map(|one| one.1).collect();
        all.sort_by(f32::total_cmp);
        (best, all.get(all.len() / 2).copied().unwrap_or_default())
    };
    let ((coarse, sharp), usual) = best_of(-FURTHEST, FURTHEST, 0.5);
    if sharp < usual * CLEAR || sharp < by_chance * BY_CHANCE || coarse.abs() >= FURTHEST {
        return 0.0;
    }
    let ((fine, _), _) = best_of(coarse - 0.5, coarse + 0.5, 0.1);
    if fine.abs() < STRAIGHT { 0.0 } else { fine }
}

/// Where it is darker than its surroundings: type and ruled lines, not the shade of a hand.
fn dark_places(picture: &GrayImage) -> Vec<(f32, f32)> {
    const AROUND: u32 = 8;
    let (width, height) = picture.dimensions();
    let mut places = Vec::new();
    for y in AROUND..height.saturating_sub(AROUND) {
        for x in AROUND..width.saturating_sub(AROUND) {
            let here = i32::from(picture.get_pixel(x, y).0[0]);
            let above = i32::from(picture.get_pixel(x, y - AROUND).0[0]);
            let below = i32::from(picture.get_pixel(x, y + AROUND).0[0]);
            if here + 30 < above.max(below) {
                places.push((x as f32, y as f32));
            }
        }
    }
    let every = places.len().div_ceil(MOST_PLACES).max(1);
    places.into_iter().step_by(every).collect()
}

/// The picture turned back by its tilt, on white, with room for its corners.
fn rotated(picture: &RgbImage, tilt: f32) -> RgbImage {
    let (sin, cos) = tilt.to_radians().sin_cos();
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let (wide, high) = (width * cos + height * sin.abs(), width * sin.abs() + height * cos);
    RgbImage::from_fn(wide.ceil() as u32, high.ceil() as u32, |x, y| {
        let (x, y) = (x as f32 + 0.5 - wide / 2.0, y as f32 + 0.5 - high / 2.0);
        let (from_x, from_y) = (x * cos - y * sin + width / 2.0 - 0.5, x * sin + y * cos + height / 2.0 - 0.5);
        between(picture, from_x, from_y)
    })
}

/// The colour between four dots; white outside.
fn between(picture: &RgbImage, x: f32, y: f32) -> Rgb<u8> {
    let (left, top) = (x.floor(), y.floor());
    let (right, bottom) = (x - left, y - top);
    let dot = |x: f32, y: f32| {
        let inside = x >= 0.0 && y >= 0.0;
        inside.then(|| picture.get_pixel_checked(x as u32, y as u32)).flatten().map_or([255; 3], |dot| dot.0)
    };
    let corner = |dx: f32, dy: f32| dot(left + dx, top + dy).map(f32::from);
    let mix = |one: [f32; 3], other: [f32; 3], part: f32| {
        let ([r, g, b], [r2, g2, b2]) = (one, other);
        [r + (r2 - r) * part, g + (g2 - g) * part, b + (b2 - b) * part]
    };
    let upper = mix(corner(0.0, 0.0), corner(1.0, 0.0), right);
    let lower = mix(corner(0.0, 1.0), corner(1.0, 1.0), right);
    Rgb(mix(upper, lower, bottom).map(|value| value.round() as u8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::tests::{held, jpeg};
    use image::ImageFormat;

    /// A page of words on lines, as white paper with dark strokes.
    fn page() -> RgbImage {
        let mut dice = fastrand::Rng::with_seed(5);
        let mut page = RgbImage::from_pixel(850, 1100, Rgb([250, 250, 245]));
        for line in (90..1000).step_by(24) {
            let mut x = 80;
            while x < 740 {
                let word = dice.u32(20..70);
                for dx in (0..word).step_by(5) {
                    for y in line..line + 10 {
                        page.put_pixel(x + dx, y, Rgb([30, 30, 40]));
                        page.put_pixel(x + dx + 1, y, Rgb([30, 30, 40]));
                    }
                }
                x += word + 14;
            }
        }
        page
    }

    fn file(picture: &RgbImage) -> Vec<u8> {
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, 92).encode_image(picture).unwrap();
        jpeg
    }

    #[test]
    fn a_tilted_page_comes_out_straight() {
        for tilted in [-8.3_f32, -1.2, 2.4, 6.0] {
            // Turned back by the opposite is turned by that much.
            let made = straighten(&file(&rotated(&page(), -tilted))).unwrap();
            assert!((made.tilt - tilted).abs() <= 0.25, "tilted by {tilted}, read as {}", made.tilt);
            let again = straighten(&made.jpeg).unwrap();
            assert!(again.tilt.abs() <= 0.3, "still tilted by {}", again.tilt);
        }
    }

    #[test]
    fn a_straight_page_and_one_without_lines_stay_as_they_lie() {
        assert_eq!(straighten(&file(&page())).unwrap().tilt, 0.0);
        let mut dice = fastrand::Rng::with_seed(9);
        let noise = RgbImage::from_fn(600, 400, |_, _| Rgb([dice.u8(..), dice.u8(..), dice.u8(..)]));
        assert_eq!(straighten(&file(&noise)).unwrap().tilt, 0.0);
        let plain = straighten(&jpeg(400, 200)).unwrap();
        assert_eq!((plain.tilt, plain.turned), (0.0, false));
    }

    #[test]
    fn a_photograph_is_turned_upright_and_made_no_larger_than_a_sheet() {
        let made = straighten(&held(6)).unwrap();
        assert!(made.turned);
        let upright = image::load_from_memory_with_format(&made.jpeg, ImageFormat::Jpeg).unwrap();
        assert_eq!((upright.width(), upright.height()), (20, 40));
        let large = straighten(&jpeg(4400, 1100)).unwrap();
        let large = image::load_from_memory_with_format(&large.jpeg, ImageFormat::Jpeg).unwrap();
        assert_eq!((large.width(), large.height()), (2200, 550));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert_eq!(straighten(b"%PDF-1.7"), Err(Refusal::UnknownFormat));
        assert_eq!(straighten(b""), Err(Refusal::Empty));
    }
}
