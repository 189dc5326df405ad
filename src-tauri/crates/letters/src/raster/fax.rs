//! Pages in black and white, as a fax machine gets them.
//!
//! A fax has 1728 dots to a line of 8.5 inches, and 196 or 98 lines to the inch. Text becomes black where it is dark;
//! pictures (photographs and scans, above all of identity documents) are stretched to full contrast, sharpened, and
//! drawn with scattered dots, which keeps both a face and small print readable.

use super::{Ink, PagePicture, Sheets};
use crate::error::LetterError;
use fax::encoder::Encoder;
use fax::{Color, VecWriter};

/// Dots to a line.
const WIDTH: u32 = 1728;

/// A tile of the page is either text or picture. In dots.
const TILE: usize = 24;

/// Darker than this is ink, in text.
const DARK: u8 = 150;

/// How fine a fax is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fineness {
    /// 204 x 98 dots an inch.
    Standard,
    /// 204 x 196 dots an inch.
    #[default]
    Fine,
}

impl Fineness {
    /// Lines to the inch.
    #[must_use]
    pub fn lines(self) -> u32 {
        match self {
            Fineness::Standard => 98,
            Fineness::Fine => 196,
        }
    }
}

impl Sheets {
    /// A page as a fax machine prints it: dots of 0 or 255. For a preview at true proportions, the picture is to be
    /// stretched: its dots are not square.
    ///
    /// # Errors
    /// `Drawing` when there is no such page, or it cannot be drawn.
    pub fn fax_page(&self, page: usize, fineness: Fineness) -> Result<PagePicture, LetterError> {
        let failed = || LetterError::Drawing { page: page + 1 };
        let (width, _) = self.pdf.pages().get(page).ok_or_else(failed)?.render_dimensions();
        let scale = (WIDTH as f32 / width.max(1.0), fineness.lines() as f32 / 72.0);
        let gray = self.draw_scaled(page, scale, Ink::Gray)?;
        Ok(PagePicture { dots: black_and_white(&gray), ..gray })
    }
}

/// A PDF as a fax file: TIFF with a picture a page, Group 4 compressed.
///
/// # Errors
/// `Drawing` when a page cannot be drawn.
pub fn fax_tiff(pdf: &[u8], fineness: Fineness) -> Result<Vec<u8>, LetterError> {
    let sheets = Sheets::open(pdf)?;
    let mut tiff = Tiff::new(u16::try_from(sheets.len()).map_err(|_| LetterError::Drawing { page: 0 })?);
    for page in 0..sheets.len() {
        tiff.add(&sheets.fax_page(page, fineness)?, fineness);
    }
    Ok(tiff.file)
}

/// Dots of 0 or 255.
fn black_and_white(page: &PagePicture) -> Vec<u8> {
    let (width, height) = (page.width as usize, page.height as usize);
    let pictures = picture_tiles(page);
    let tiles_across = width.div_ceil(TILE);
    let is_picture = |x: usize, y: usize| pictures.get(y / TILE * tiles_across + x / TILE).copied().unwrap_or(false);
    let (low, high) = contrast(page, &is_picture);
    let at = |x: usize, y: usize| i32::from(page.dots.get(y * width + x).copied().unwrap_or(255));
    let stretched = |x: usize, y: usize| (at(x, y) - low) * 255 / (high - low).max(1);
    let mut dots = vec![255_u8; width * height];
    // Errors of dots already drawn, for this line and the next, with room at both sides.
    let (mut here, mut below) = (vec![0_i32; width + 2], vec![0_i32; width + 2]);
    for y in 0..height {
        let leftward = y % 2 == 1;
        for step in 0..width {
            let x = if leftward { width - 1 - step } else { step };
            let Some(dot) = dots.get_mut(y * width + x) else { continue };
            if !is_picture(x, y) {
                *dot = if at(x, y) < i32::from(DARK) { 0 } else { 255 };
                continue;
            }
            // Sharpened by what tells it from its neighbours: small print survives the scattering.
            let around = stretched(x.saturating_sub(1), y)
                + stretched((x + 1).min(width - 1), y)
                + stretched(x, y.saturating_sub(1))
                + stretched(x, (y + 1).min(height - 1));
            let sharp = stretched(x, y) * 2 - around / 4;
            let wanted = sharp.clamp(0, 255) + here.get(x + 1).copied().unwrap_or(0) / 16;
            let drawn = if wanted < 128 { 0 } else { 255 };
            *dot = drawn as u8;
            let error = (wanted - drawn).clamp(-255, 255);
            let (ahead, behind) = if leftward { (x, x + 2) } else { (x + 2, x) };
            let spread = |line: &mut Vec<i32>, at: usize, share: i32| {
                if let Some(cell) = line.get_mut(at) {
                    *cell += error * share;
                }
            };
            spread(&mut here, ahead, 7);
            spread(&mut below, behind, 3);
            spread(&mut below, x + 1, 5);
            spread(&mut below, ahead, 1);
        }
        std::mem::swap(&mut here, &mut below);
        below.fill(0);
    }
    dots
}

/// Which tiles hold a picture: those with many dots that are neither ink nor paper, and their neighbours.
fn picture_tiles(page: &PagePicture) -> Vec<bool> {
    let (width, height) = (page.width as usize, page.height as usize);
    let (across, down) = (width.div_ceil(TILE), height.div_ceil(TILE));
    let mut between = vec![0_usize; across * down];
    for (y, row) in page.dots.chunks(width).enumerate() {
        for (x, dot) in row.iter().enumerate() {
            if (30..226).contains(dot)
                && let Some(count) = between.get_mut(y / TILE * across + x / TILE)
            {
                *count += 1;
            }
        }
    }
    // The edges of letters are between ink and paper too; they are fewer.
    let full: Vec<bool> = between.iter().map(|count| *count > TILE * TILE * 45 / 100).collect();
    let near = |index: usize| {
        let (x, y) = (index % across, index / across);
        let mut tiles = (y.saturating_sub(1)..=(y + 1).min(down - 1))
            .flat_map(|y| (x.saturating_sub(1)..=(x + 1).min(across - 1)).map(move |x| y * across + x));
        tiles.any(|tile| full.get(tile).copied().unwrap_or(false))
    };
    let grown: Vec<bool> = (0..full.len()).map(near).collect();
    // A lone tile is a thick stroke, not a picture.
    let count = full.iter().filter(|full| **full).count();
    if count < 4 { vec![false; full.len()] } else { grown }
}

/// The darkest and lightest values that count, over all pictures of a page.
fn contrast(page: &PagePicture, is_picture: &impl Fn(usize, usize) -> bool) -> (i32, i32) {
    let mut counts = [0_usize; 256];
    let width = page.width as usize;
    for (y, row) in page.dots.chunks(width).enumerate() {
        for (x, dot) in row.iter().enumerate().filter(|(x, _)| is_picture(*x, y)) {
            let _ = x;
            if let Some(count) = counts.get_mut(usize::from(*dot)) {
                *count += 1;
            }
        }
    }
    let all: usize = counts.iter().sum();
    let reach = |mut values: Box<dyn Iterator<Item = (i32, &usize)>>| {
        let mut seen = 0;
        values.find_map(|(value, count)| {
            seen += count;
            (seen * 50 > all).then_some(value)
        })
    };
    let low = reach(Box::new((0..).zip(&counts))).unwrap_or(0);
    let high = reach(Box::new((0..).zip(&counts).collect::<Vec<_>>().into_iter().rev())).unwrap_or(255);
    if high - low < 40 { (0, 255) } else { (low, high) }
}

/// A TIFF file being written.
struct Tiff {
    file: Vec<u8>,
    /// Where the place of the next page's directory is to be written.
    link: usize,
    page: u16,
    pages: u16,
}

impl Tiff {
    fn new(pages: u16) -> Self {
        Self { file: b"II*\0\0\0\0\0".to_vec(), link: 4, page: 0, pages }
    }

    fn add(&mut self, picture: &PagePicture, fineness: Fineness) {
        let mut encoder = Encoder::new(VecWriter::new());
        for row in picture.dots.chunks(picture.width as usize) {
            let colours = row.iter().map(|dot| if *dot < 128 { Color::Black } else { Color::White });
            // Writing into memory has no way to fail.
            let _ = encoder.encode_line(colours, picture.width);
        }
        let data = encoder.finish().map(VecWriter::finish).unwrap_or_default();
        let data_at = self.place();
        self.file.extend(&data);
        let resolution_at = self.place();
        for value in [204, 1, fineness.lines(), 1] {
            self.file.extend(value.to_le_bytes());
        }
        let directory = self.place();
        let (short, long, ratio) = (3_u16, 4_u16, 5_u16);
        let entries: [(u16, u16, u32, u32); 15] = [
            (254, long, 1, 2), // a page of several
            (256, long, 1, picture.width),
            (257, long, 1, picture.height),
            (258, short, 1, 1), // bits to a dot
            (259, short, 1, 4), // Group 4
            (262, short, 1, 0), // white is 0
            (266, short, 1, 1), // first dot in the highest bit
            (273, long, 1, data_at),
            (277, short, 1, 1), // values to a dot
            (278, long, 1, picture.height),
            (279, long, 1, u32::try_from(data.len()).unwrap_or(u32::MAX)),
            (282, ratio, 1, resolution_at),
            (283, ratio, 1, resolution_at + 8),
            (296, short, 1, 2), // to the inch
            (297, short, 2, u32::from(self.page) | u32::from(self.pages) << 16),
        ];
        self.file.extend(15_u16.to_le_bytes());
        for (tag, kind, count, value) in entries {
            self.file.extend(tag.to_le_bytes());
            self.file.extend(kind.to_le_bytes());
            self.file.extend(count.to_le_bytes());
            self.file.extend(value.to_le_bytes());
        }
        if let Some(link) = self.file.get_mut(self.link..self.link + 4) {
            link.copy_from_slice(&directory.to_le_bytes());
        }
        self.link = self.file.len();
        self.file.extend([0; 4]);
        self.page += 1;
    }

    /// Where the next part begins: on an even byte.
    fn place(&mut self) -> u32 {
        if self.file.len() % 2 == 1 {
            self.file.push(0);
        }
        u32::try_from(self.file.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(dot: impl Fn(usize, usize) -> u8) -> PagePicture {
        let (width, height) = (480, 480);
        let dots = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| dot(x, y)).collect();
        PagePicture { width: 480, height: 480, ink: Ink::Gray, dots }
    }

    fn blackness(dots: &[u8]) -> usize {
        dots.iter().filter(|dot| **dot == 0).count() * 100 / dots.len()
    }

    #[test]
    fn text_is_cut_at_one_lightness() {
        let stripes = page(|x, _| {
            if x % 24 < 4 {
                0
            } else if x % 24 == 4 {
                100
            } else {
                255
            }
        });
        let drawn = black_and_white(&stripes);
        assert_eq!(drawn, page(|x, _| if x % 24 < 5 { 0 } else { 255 }).dots);
    }

    #[test]
    fn a_picture_keeps_its_shades_as_more_and_fewer_dots() {
        let shades = page(|x, _| u8::try_from(40 + x / 3).unwrap());
        let drawn = black_and_white(&shades);
        let column = |from: usize| {
            let dots: Vec<u8> = drawn.chunks(480).flat_map(|row| row[from..from + 40].to_vec()).collect();
            blackness(&dots)
        };
        assert!(column(0) > 85 && column(440) < 15, "{} {}", column(0), column(440));
        assert!((35..65).contains(&column(220)), "{}", column(220));
    }

    #[test]
    fn a_fax_file_reads_back_dot_by_dot() {
        let stripes = page(|x, y| if (x / 7 + y / 5) % 3 == 0 { 0 } else { 255 });
        let mut tiff = Tiff::new(2);
        tiff.add(&stripes, Fineness::Fine);
        tiff.add(&stripes, Fineness::Fine);
        let at = |place: usize| u32::from_le_bytes(tiff.file[place..place + 4].try_into().unwrap()) as usize;
        let mut directory = at(4);
        for _ in 0..2 {
            let entry = |tag: u16| {
                let entries = tiff.file[directory + 2..].chunks(12).take(15);
                let found = entries.clone().find(|entry| entry[..2] == tag.to_le_bytes()).unwrap();
                u32::from_le_bytes(found[8..12].try_into().unwrap()) as usize
            };
            let data = &tiff.file[entry(273)..entry(273) + entry(279)];
            let mut rows = Vec::new();
            fax::decoder::decode_g4(data.iter().copied(), 480, Some(480), |changes| {
                let row = fax::decoder::pels(changes, 480).map(|colour| if colour == Color::Black { 0 } else { 255 });
                rows.extend(row.collect::<Vec<u8>>());
            });
            assert_eq!(rows, stripes.dots);
            directory = at(directory + 2 + 15 * 12);
        }
        assert_eq!(directory, 0);
    }
}
