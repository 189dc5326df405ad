//! Pictures: from hostile bytes to what a PDF holds.
//!
//! Every picture is decoded once under limits, so that a damaged one is refused here and not by a printer. A JPEG that is
//! small enough is passed through as it is, without what the camera wrote into it (place, time, owner); everything else
//! is written anew at no more than 300 dots an inch of a whole sheet. How the camera was held is kept as a turn.

use crate::embed::deflate;
use crate::finding::Refusal;
use base64::Engine as _;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

/// The largest picture file, in bytes.
pub(crate) const MAX_BYTES: usize = 24 << 20;

/// What decoding a picture may take.
#[derive(Clone, Copy)]
pub(crate) struct Most {
    /// Dots.
    pub(crate) dots: u64,
    /// What may be allocated, in bytes.
    pub(crate) memory: u64,
}

/// For what is printed.
pub(crate) const PRINTED: Most = Most { dots: 32_000_000, memory: 128 << 20 };

/// A whole sheet at 300 dots an inch: more is never printed.
const SHEET_DOTS: u32 = 3300;

/// The most pictures of a letter's text.
const MAX_PICTURES: usize = 40;

/// Pictures kept for reuse, in bytes; past this, all are let go.
const MAX_KEPT: usize = 32 << 20;

/// A picture that a draft hands in for its template to show.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'a> {
    /// The id by which templates name it: `<img src="attachment:ID">`.
    pub id: &'a str,
    /// A PNG or JPEG file.
    pub bytes: &'a [u8],
}

/// The ids of the pictures that a template's or a snippet's text names, each once, in their order.
#[must_use]
pub fn pictures_named(html: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for (at, scheme) in SCHEMES.iter().flat_map(|scheme| html.match_indices(scheme)) {
        let rest = html.get(at + scheme.len()..).unwrap_or_default();
        let id: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        if !id.is_empty() && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// How a template says that a picture is one of the portal's files.
const SCHEMES: [&str; 2] = ["attachment:", "cid:"];

/// A picture ready for a PDF.
#[derive(Debug)]
pub(crate) struct Picture {
    /// As stored; a turned picture is shown with its sides changed.
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) turn: Orientation,
    pub(crate) colours: Colours,
    pub(crate) coding: Coding,
    pub(crate) bytes: Vec<u8>,
    /// How much each dot covers, deflated; `None` when all cover wholly.
    pub(crate) cover: Option<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colours {
    Gray,
    Rgb,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Jpeg,
    Flate,
}

impl Picture {
    /// Width and height as shown.
    pub(crate) fn shown(&self) -> (u32, u32) {
        match self.turn {
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (self.height, self.width),
            _ => (self.width, self.height),
        }
    }

    /// The matrix that puts the picture on a rectangle, `x` and `y` its lower left corner.
    pub(crate) fn matrix(&self, x: f32, y: f32, w: f32, h: f32) -> [f32; 6] {
        match self.turn {
            Orientation::NoTransforms => [w, 0.0, 0.0, h, x, y],
            Orientation::FlipHorizontal => [-w, 0.0, 0.0, h, x + w, y],
            Orientation::Rotate180 => [-w, 0.0, 0.0, -h, x + w, y + h],
            Orientation::FlipVertical => [w, 0.0, 0.0, -h, x, y + h],
            Orientation::Rotate90FlipH => [0.0, -h, -w, 0.0, x + w, y + h],
            Orientation::Rotate90 => [0.0, -h, w, 0.0, x, y + h],
            Orientation::Rotate270FlipH => [0.0, h, w, 0.0, x, y],
            Orientation::Rotate270 => [0.0, h, -w, 0.0, x + w, y],
        }
    }

    /// Reads a PNG or JPEG file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Picture, Refusal> {
        if bytes.len() > MAX_BYTES {
            return Err(Refusal::TooManyBytes { limit: MAX_BYTES });
        }
        let (format, mut decoder) = decoder(bytes, PRINTED)?;
        let (width, height) = decoder.dimensions();
        let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let jpeg = match format {
            ImageFormat::Jpeg => Some(Jpeg::read(bytes).ok_or(Refusal::Unreadable)?),
            _ => None,
        };
        let decoded = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Unreadable)?;
        let fits = width.max(height) <= SHEET_DOTS;
        match jpeg {
            Some(Jpeg { bytes, colours: Some(colours) }) if fits => {
                Ok(Picture { width, height, turn, colours, coding: Coding::Jpeg, bytes, cover: None })
            }
            Some(_) => photograph(&sheet_sized(decoded), turn),
            None => Ok(drawing(&sheet_sized(decoded), turn)),
        }
    }
}

/// Opens a PNG or JPEG file for decoding.
pub(crate) fn decoder(bytes: &[u8], most: Most) -> Result<(ImageFormat, impl ImageDecoder), Refusal> {
    let format = image::guess_format(bytes).ok();
    let Some(format @ (ImageFormat::Png | ImageFormat::Jpeg)) = format else {
        return Err(if bytes.is_empty() { Refusal::Empty } else { Refusal::UnknownFormat });
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(most.memory);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|_| Refusal::Unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > most.dots || decoder.total_bytes() > most.memory {
        return Err(Refusal::TooManyDots { limit: most.dots });
    }
    if width == 0 || height == 0 {
        return Err(Refusal::Empty);
    }
    Ok((format, decoder))
}

/// A picture of at most a sheet's dots.
fn sheet_sized(picture: DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) <= SHEET_DOTS {
        return picture;
    }
    picture.thumbnail(SHEET_DOTS, SHEET_DOTS)
}

fn photograph(picture: &DynamicImage, turn: Orientation) -> Result<Picture, Refusal> {
    let (width, height, mut bytes) = (picture.width(), picture.height(), Vec::new());
    JpegEncoder::new_with_quality(&mut bytes, 88).encode_image(&picture.to_rgb8()).map_err(|_| Refusal::Unreadable)?;
    Ok(Picture { width, height, turn, colours: Colours::Rgb, coding: Coding::Jpeg, bytes, cover: None })
}

fn drawing(picture: &DynamicImage, turn: Orientation) -> Picture {
    let (width, height) = (picture.width(), picture.height());
    let has_cover = picture.color().has_alpha();
    let cover = has_cover.then(|| picture.to_rgba8().pixels().map(|dot| dot.0[3]).collect::<Vec<u8>>());
    let (colours, bytes) = if picture.color().has_color() {
        (Colours::Rgb, picture.to_rgb8().into_raw())
    } else {
        (Colours::Gray, picture.to_luma8().into_raw())
    };
    let cover = cover.filter(|cover| cover.iter().any(|value| *value != 255)).map(|cover| deflate(&cover));
    Picture { width, height, turn, colours, coding: Coding::Flate, bytes: deflate(&bytes), cover }
}

/// A JPEG file without what its camera wrote into it.
struct Jpeg {
    bytes: Vec<u8>,
    /// `None` when printers may not understand it as it is: more than three colours or finer than 8 bits.
    colours: Option<Colours>,
}

impl Jpeg {
    /// `None` when the file ends before its picture does.
    fn read(file: &[u8]) -> Option<Jpeg> {
        let end = file.windows(2).rposition(|pair| pair == [0xFF, 0xD9])? + 2;
        let file = file.get(..end)?;
        let (mut bytes, mut colours, mut at) = (vec![0xFF, 0xD8], None, 2);
        loop {
            let marker = *file.get(at + 1)?;
            if *file.get(at)? != 0xFF {
                return None;
            }
            if marker == 0xFF {
                at += 1;
                continue;
            }
            let length = usize::from(u16::from_be_bytes([*file.get(at + 2)?, *file.get(at + 3)?]));
            let segment = file.get(at..at + 2 + length)?;
            match marker {
                0xDA => {
                    bytes.extend(file.get(at..)?);
                    return Some(Jpeg { bytes, colours });
                }
                0xC0..=0xC2 => {
                    colours = match (segment.get(4)?, segment.get(9)?) {
                        (8, 1) => Some(Colours::Gray),
                        (8, 3) => Some(Colours::Rgb),
                        _ => None,
                    };
                    bytes.extend(segment);
                }
                // Tables, intervals, and the mark that says how colours are meant. Of all other marks nothing is kept.
                0xC4 | 0xDB | 0xDD | 0xEE => bytes.extend(segment),
                _ => {}
            }
            at += 2 + length;
        }
    }
}

/// Reads pictures and keeps them.
#[derive(Default)]
pub(crate) struct Pictures {
    kept: HashMap<[u8; 32], Arc<Picture>>,
    size: usize,
}

impl Pictures {
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Result<Arc<Picture>, Refusal> {
        if bytes.len() > MAX_BYTES {
            return Err(Refusal::TooManyBytes { limit: MAX_BYTES });
        }
        let key: [u8; 32] = Sha256::digest(bytes).into();
        if let Some(kept) = self.kept.get(&key) {
            return Ok(Arc::clone(kept));
        }
        let picture = Arc::new(Picture::read(bytes)?);
        self.size += picture.bytes.len();
        if self.size > MAX_KEPT {
            self.kept.clear();
            self.size = picture.bytes.len();
        }
        self.kept.insert(key, Arc::clone(&picture));
        Ok(picture)
    }
}

/// The pictures of one letter's text.
pub(crate) struct Album<'a> {
    pictures: &'a mut Pictures,
    attached: &'a [Attached<'a>],
    pub(crate) shown: Vec<Arc<Picture>>,
    /// How the text named each of them.
    pub(crate) sources: Vec<String>,
}

impl<'a> Album<'a> {
    pub(crate) fn new(pictures: &'a mut Pictures, attached: &'a [Attached<'a>]) -> Self {
        Self { pictures, attached, shown: Vec::new(), sources: Vec::new() }
    }

    /// The number of the picture that a template names: by a data URI, or by the id of one that the draft hands in.
    /// Nothing is ever fetched or opened.
    pub(crate) fn find(&mut self, source: &str) -> Result<usize, Refusal> {
        let source = source.trim();
        let picture = if let Some(data) = source.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("data:")) {
            let (kind, data) = source.get(data.len()..).unwrap_or("").split_once(',').ok_or(Refusal::Unreadable)?;
            if !kind.trim_end().ends_with("base64") {
                return Err(Refusal::UnknownFormat);
            }
            if data.len() / 4 * 3 > MAX_BYTES {
                return Err(Refusal::TooManyBytes { limit: MAX_BYTES });
            }
            let data: Vec<u8> = data.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
            let engine = base64::engine::general_purpose::STANDARD;
            self.pictures.read(&engine.decode(data).map_err(|_| Refusal::Unreadable)?)?
        } else {
            let id = SCHEMES.iter().find_map(|scheme| source.strip_prefix(scheme)).unwrap_or(source);
            let attached =
                self.attached.iter().find(|attached| attached.id == id.trim()).ok_or(Refusal::NotAttached)?;
            self.pictures.read(attached.bytes)?
        };
        if self.shown.len() >= MAX_PICTURES {
            return Err(Refusal::TooMany { limit: MAX_PICTURES });
        }
        self.shown.push(picture);
        self.sources.push(source.to_owned());
        Ok(self.shown.len() - 1)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use image::RgbImage;

    pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 99]));
        JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(&picture).unwrap();
        bytes
    }

    /// A JPEG with an EXIF mark of this orientation and a remark.
    pub(crate) fn held(orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let mut marks = vec![0xFF, 0xE1, 0, exif.len() as u8 + 2];
        marks.extend(exif);
        marks.extend(b"\xFF\xFE\0\x09Secret!");
        let mut bytes = jpeg(40, 20);
        bytes.splice(2..2, marks);
        bytes
    }

    #[test]
    fn a_photograph_keeps_its_turn_and_loses_its_cameras_remarks() {
        let picture = Picture::read(&held(6)).unwrap();
        assert_eq!((picture.turn, picture.shown()), (Orientation::Rotate90, (20, 40)));
        assert!(!picture.bytes.windows(6).any(|window| window == b"Secret"));
        assert!(!picture.bytes.windows(4).any(|window| window == b"Exif"));
        assert!(Picture::read(&picture.bytes).is_ok(), "what is left is a whole JPEG");
    }

    #[test]
    fn every_turn_fills_the_rectangle() {
        for orientation in 1..=8 {
            let picture = Picture::read(&held(orientation)).unwrap();
            let [a, b, c, d, e, f] = picture.matrix(10.0, 20.0, 30.0, 40.0);
            let corners =
                [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(u, v)| (a * u + c * v + e, b * u + d * v + f));
            for corner in [(10.0, 20.0), (40.0, 20.0), (10.0, 60.0), (40.0, 60.0)] {
                assert!(corners.contains(&corner), "orientation {orientation}: {corners:?}");
            }
        }
    }

    #[test]
    fn broken_foreign_and_enormous_files_are_refused_by_name() {
        let whole = jpeg(64, 64);
        assert_eq!(Picture::read(&whole[..whole.len() / 2]).unwrap_err(), Refusal::Unreadable);
        assert_eq!(Picture::read(b"GIF89a......").unwrap_err(), Refusal::UnknownFormat);
        assert_eq!(Picture::read(b"").unwrap_err(), Refusal::Empty);
        let mut lies = whole;
        let size = lies.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap() + 5;
        lies[size..size + 4].copy_from_slice(&[0xFF; 4]);
        assert!(matches!(Picture::read(&lies).unwrap_err(), Refusal::TooManyDots { .. }));
    }

    #[test]
    fn more_dots_than_a_sheet_has_are_not_kept() {
        let picture = Picture::read(&jpeg(4000, 1000)).unwrap();
        assert_eq!((picture.width, picture.height), (3300, 825));
    }
}
