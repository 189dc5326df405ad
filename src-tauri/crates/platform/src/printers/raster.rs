//! Arithmetic of putting a drawn page on paper: where it goes, how finely it is drawn, and the bytes of its bitmap.
//!
//! Nothing here calls a system, so it is tested on each of them.

/// Dots per inch that are enough for the print of a letter; more would only fill the print queue.
const FINEST: u32 = 300;

/// The paper in a printer, in the printer's dots, as (across, down).
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    /// Dots per inch. Some printers have more of them in one direction.
    pub(super) resolution: (u32, u32),
    /// The whole sheet.
    pub(super) size: (u32, u32),
    /// What cannot be printed at the left and at the top. The printer counts its dots from there.
    pub(super) margin: (u32, u32),
}

/// Where a page goes, in the printer's dots from where it counts, and how many pixels it is worth drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    /// Pixels (across, down).
    pub(super) pixels: (u32, u32),
}

impl Sheet {
    /// Puts a page of so many inches at the sheet's top left corner at its true size, because a letter's address must
    /// meet the window of its envelope. Only a page that is larger than the sheet is made smaller. `None` when the
    /// printer or the page has no size.
    pub(super) fn place(&self, inches: (f64, f64)) -> Option<Place> {
        let (across, down) = (f64::from(self.resolution.0), f64::from(self.resolution.1));
        let whole = (inches.0 * across, inches.1 * down);
        if !(whole.0 >= 1.0 && whole.1 >= 1.0 && self.size.0 > 0 && self.size.1 > 0) {
            return None;
        }
        let scale = (f64::from(self.size.0) / whole.0).min(f64::from(self.size.1) / whole.1).min(1.0);
        let (width, height) = (whole.0 * scale, whole.1 * scale);
        let drawn =
            |dots: f64, resolution: f64| (dots * (f64::from(FINEST) / resolution).min(1.0)).round().max(1.0) as u32;
        Some(Place {
            left: -i32::try_from(self.margin.0).ok()?,
            top: -i32::try_from(self.margin.1).ok()?,
            width: width.round() as i32,
            height: height.round() as i32,
            pixels: (drawn(width, across), drawn(height, down)),
        })
    }
}

/// A bitmap as print drivers have always taken them: rows from the bottom up, each padded to four bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bitmap {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) depth: Depth,
    pub(super) rows: Vec<u8>,
}

/// What a pixel of a [`Bitmap`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// One byte, from black to white. Most letters need no more, and are a third of the size.
    Grey,
    /// Blue, green, red.
    Colour,
}

impl Depth {
    /// Bytes of a pixel.
    pub(super) fn bytes(self) -> u32 {
        match self {
            Self::Grey => 1,
            Self::Colour => 3,
        }
    }
}

impl Bitmap {
    /// Takes pixels of blue, green, red and one byte that says nothing, rows from the top down. `None` when there are
    /// not exactly as many as the size says.
    pub(super) fn new(width: u32, height: u32, pixels: &[u8]) -> Option<Self> {
        let row = usize::try_from(width).ok()?.checked_mul(4)?;
        if row == 0 || height == 0 || Some(pixels.len()) != row.checked_mul(usize::try_from(height).ok()?) {
            return None;
        }
        let (quads, _) = pixels.as_chunks::<4>();
        let depth = if quads.iter().all(|[b, g, r, _]| b == g && g == r) { Depth::Grey } else { Depth::Colour };
        let padded = usize::try_from(width.checked_mul(depth.bytes())?.checked_next_multiple_of(4)?).ok()?;
        let mut rows = Vec::with_capacity(padded.checked_mul(usize::try_from(height).ok()?)?);
        for (row, above) in pixels.chunks_exact(row).rev().zip(1..) {
            let (quads, _) = row.as_chunks::<4>();
            match depth {
                Depth::Grey => rows.extend(quads.iter().map(|[grey, ..]| *grey)),
                Depth::Colour => rows.extend(quads.iter().flat_map(|[b, g, r, _]| [*b, *g, *r])),
            }
            rows.resize(padded * above, 0);
        }
        Some(Self { width, height, depth, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: (f64, f64) = (8.5, 11.0);

    fn sheet(dpi: (u32, u32), inches: (f64, f64), margin: (u32, u32)) -> Sheet {
        let dots = |inches: f64, dpi: u32| (inches * f64::from(dpi)).round() as u32;
        Sheet { resolution: dpi, size: (dots(inches.0, dpi.0), dots(inches.1, dpi.1)), margin }
    }

    #[test]
    fn a_letter_has_its_true_size_from_the_corner_of_the_sheet() {
        let place = sheet((600, 600), LETTER, (100, 104)).place(LETTER).unwrap();
        assert_eq!((place.left, place.top, place.width, place.height), (-100, -104, 5100, 6600));
    }

    #[test]
    fn pixels_are_as_fine_as_the_printer_but_no_finer_than_print_needs() {
        let pixels = |dpi| sheet(dpi, LETTER, (0, 0)).place(LETTER).unwrap().pixels;
        assert_eq!(pixels((1200, 1200)), (2550, 3300));
        assert_eq!(pixels((600, 203)), (2550, 2233));
        assert_eq!(pixels((150, 150)), (1275, 1650));
    }

    #[test]
    fn only_a_page_larger_than_the_sheet_is_made_smaller() {
        let a4 = sheet((300, 300), (8.27, 11.69), (0, 0));
        let shrunk = a4.place(LETTER).unwrap();
        assert_eq!((shrunk.width, shrunk.height), (2481, 3211));
        assert_eq!(shrunk.pixels, (2481, 3211));
        let stamp = a4.place((1.0, 2.0)).unwrap();
        assert_eq!((stamp.width, stamp.height), (300, 600));
    }

    #[test]
    fn what_has_no_size_has_no_place() {
        assert_eq!(sheet((0, 0), LETTER, (0, 0)).place(LETTER), None);
        assert_eq!(sheet((300, 300), (0.0, 0.0), (0, 0)).place(LETTER), None);
        assert_eq!(sheet((300, 300), LETTER, (0, 0)).place((f64::NAN, 11.0)), None);
    }

    #[test]
    fn rows_go_from_the_bottom_up_and_are_padded() {
        let top = [9, 9, 9, 0, 8, 8, 8, 255];
        let bottom = [1, 1, 1, 7, 2, 2, 2, 7];
        let bitmap = Bitmap::new(2, 2, &[top, bottom].concat()).unwrap();
        assert_eq!(bitmap.depth, Depth::Grey);
        assert_eq!(bitmap.rows, [1, 2, 0, 0, 9, 8, 0, 0]);
    }

    #[test]
    fn one_coloured_pixel_keeps_every_colour() {
        let bitmap = Bitmap::new(1, 2, &[5, 5, 5, 0, 10, 20, 30, 0]).unwrap();
        assert_eq!(bitmap.depth, Depth::Colour);
        assert_eq!(bitmap.rows, [10, 20, 30, 0, 5, 5, 5, 0]);
    }

    #[test]
    fn pixels_that_do_not_fill_the_size_are_no_bitmap() {
        assert_eq!(Bitmap::new(2, 2, &[0; 12]), None);
        assert_eq!(Bitmap::new(0, 0, &[]), None);
    }
}
