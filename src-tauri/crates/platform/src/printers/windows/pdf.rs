//! Windows' PDF renderer, on streams in memory.

use windows::Data::Pdf::{PdfDocument, PdfPage, PdfPageRenderOptions};
use windows::Graphics::Imaging::{
    BitmapAlphaMode, BitmapDecoder, BitmapEncoder, BitmapPixelFormat, BitmapTransform, ColorManagementMode,
    ExifOrientationMode,
};
use windows::Storage::Streams::{DataWriter, InMemoryRandomAccessStream};
use windows::core::Result;

/// The unit of a page's size.
const PER_INCH: f64 = 96.0;

/// The pages of a PDF.
pub(super) struct Pages {
    document: PdfDocument,
    count: u32,
}

impl Pages {
    pub(super) fn open(pdf: &[u8]) -> Result<Self> {
        let stream = InMemoryRandomAccessStream::new()?;
        let writer = DataWriter::CreateDataWriter(&stream)?;
        writer.WriteBytes(pdf)?;
        writer.StoreAsync()?.join()?;
        // A writer closes its stream at its end, unless it is taken back.
        writer.DetachStream()?;
        stream.Seek(0)?;
        let document = PdfDocument::LoadFromStreamAsync(&stream)?.join()?;
        let count = document.PageCount()?;
        Ok(Self { document, count })
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// A page, counted from 0.
    pub(super) fn page(&self, number: u32) -> Result<Page> {
        Ok(Page(self.document.GetPage(number)?))
    }
}

/// A page of a PDF.
pub(super) struct Page(PdfPage);

impl Page {
    /// Its true size (across, down), turned as it is to be read.
    pub(super) fn inches(&self) -> Result<(f64, f64)> {
        let size = self.0.Size()?;
        Ok((f64::from(size.Width) / PER_INCH, f64::from(size.Height) / PER_INCH))
    }

    /// Draws it on white with about so many pixels. Answers how many there are, and their bytes: blue, green, red and
    /// one without a meaning; rows from the top down.
    pub(super) fn draw(&self, pixels: (u32, u32)) -> Result<(u32, u32, Vec<u8>)> {
        let options = PdfPageRenderOptions::new()?;
        options.SetDestinationWidth(pixels.0)?;
        options.SetDestinationHeight(pixels.1)?;
        // Paper is white, whatever theme its reader has.
        options.SetIsIgnoringHighContrast(true)?;
        options.SetBitmapEncoderId(BitmapEncoder::BmpEncoderId()?)?;
        let stream = InMemoryRandomAccessStream::new()?;
        self.0.RenderWithOptionsToStreamAsync(&stream, &options)?.join()?;
        stream.Seek(0)?;
        let decoder = BitmapDecoder::CreateAsync(&stream)?.join()?;
        let bytes = decoder
            .GetPixelDataTransformedAsync(
                BitmapPixelFormat::Bgra8,
                BitmapAlphaMode::Ignore,
                &BitmapTransform::new()?,
                ExifOrientationMode::IgnoreExifOrientation,
                ColorManagementMode::DoNotColorManage,
            )?
            .join()?
            .DetachPixelData()?;
        Ok((decoder.PixelWidth()?, decoder.PixelHeight()?, bytes.to_vec()))
    }
}
