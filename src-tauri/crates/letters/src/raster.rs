//! Pages as pictures: for previews, for faxes, for tests.
//!
//! hayro draws; nothing of the system is asked for. A page is drawn on white. Other people's pages (enclosures) are as
//! hostile here as elsewhere: sizes are limited, and a page that cannot be drawn is an error.

use crate::error::LetterError;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use std::sync::Arc;

mod fax;

pub use fax::{Fineness, fax_tiff};

/// The most dots of a page.
const MAX_DOTS: f32 = 60_000_000.0;

/// What a dot says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// One byte: how light it is.
    Gray,
    /// Three bytes: red, green, blue.
    Rgb,
}

/// A drawn page, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePicture {
    /// Dots in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// What each dot says.
    pub ink: Ink,
    /// The dots.
    pub dots: Vec<u8>,
}

impl PagePicture {
    /// The page as a PNG file.
    ///
    /// # Errors
    /// `Drawing` when the picture is inconsistent.
    pub fn png(&self) -> Result<Vec<u8>, LetterError> {
        let colours = match self.ink {
            Ink::Gray => ExtendedColorType::L8,
            Ink::Rgb => ExtendedColorType::Rgb8,
        };
        let mut file = Vec::new();
        PngEncoder::new_with_quality(&mut file, CompressionType::Best, FilterType::Adaptive)
            .write_image(&self.dots, self.width, self.height, colours)
            .map_err(|_| LetterError::Drawing { page: 0 })?;
        Ok(file)
    }
}

/// A PDF opened for drawing.
pub struct Sheets {
    pdf: Pdf,
}

impl Sheets {
    /// Opens a PDF.
    ///
    /// # Errors
    /// `Drawing` when it is not a PDF that can be read.
    pub fn open(pdf: &[u8]) -> Result<Self, LetterError> {
        let pdf = Pdf::new(Arc::new(pdf.to_vec())).map_err(|_| LetterError::Drawing { page: 0 })?;
        Ok(Self { pdf })
    }

    /// How many pages there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Width and height of a page as shown, in points; counted from 0.
    #[must_use]
    pub fn size(&self, page: usize) -> Option<(f32, f32)> {
        Some(self.pdf.pages().get(page)?.render_dimensions())
    }

    /// Draws a page, counted from 0, at this many dots to the inch.
    ///
    /// # Errors
    /// `Drawing` when there is no such page, or it cannot be drawn.
    pub fn draw(&self, page: usize, dots_per_inch: f32, ink: Ink) -> Result<PagePicture, LetterError> {
        self.draw_scaled(page, (dots_per_inch / 72.0, dots_per_inch / 72.0), ink)
    }

    /// Draws a page at different scales across and down, in dots to the point.
    fn draw_scaled(&self, page: usize, scale: (f32, f32), ink: Ink) -> Result<PagePicture, LetterError> {
        let failed = || LetterError::Drawing { page: page + 1 };
        let found = self.pdf.pages().get(page).ok_or_else(failed)?;
        let (width, height) = found.render_dimensions();
        let (across, down) = (width * scale.0, height * scale.1);
        if !(across >= 1.0 && down >= 1.0 && across * down <= MAX_DOTS && across.max(down) < f32::from(u16::MAX)) {
            return Err(failed());
        }
        // The renderer cuts fractions off; a hair more keeps whole numbers whole.
        let settings = PixmapSettings { x_scale: scale.0 * 1.000_01, y_scale: scale.1 * 1.000_01, bg_color: WHITE };
        let drawn = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let (cache, drawing) = (RenderCache::new(), RenderSettings { hinting: false, ..RenderSettings::default() });
            render(found, &cache, &InterpreterSettings::default(), &drawing, &settings)
        }));
        let drawn = drawn.map_err(|_| failed())?;
        let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
        let colours = drawn.data().iter();
        let dots = match ink {
            Ink::Rgb => colours.flat_map(|dot| [dot.r, dot.g, dot.b]).collect(),
            Ink::Gray => colours
                .map(|dot| {
                    let light = 299 * u32::from(dot.r) + 587 * u32::from(dot.g) + 114 * u32::from(dot.b);
                    u8::try_from((light + 500) / 1000).unwrap_or(u8::MAX)
                })
                .collect(),
        };
        Ok(PagePicture { width, height, ink, dots })
    }
}

impl std::fmt::Debug for Sheets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheets").field("pages", &self.len()).finish()
    }
}
