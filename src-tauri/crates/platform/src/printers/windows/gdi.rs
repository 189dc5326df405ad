//! GDI: a printer's paper, and a job of bitmaps on it.

use super::super::raster::{Bitmap, Depth, Place, Sheet};
use super::spooler::Settings;
use windows::Win32::Graphics::Gdi::{
    BI_RGB, BITMAPINFO, BITMAPINFOHEADER, COLORONCOLOR, CreateDCW, DIB_RGB_COLORS, DeleteDC, GET_DEVICE_CAPS_INDEX,
    GetDeviceCaps, HDC, LOGPIXELSX, LOGPIXELSY, PHYSICALHEIGHT, PHYSICALOFFSETX, PHYSICALOFFSETY, PHYSICALWIDTH,
    RGBQUAD, SRCCOPY, SetStretchBltMode, StretchDIBits,
};
use windows::Win32::Storage::Xps::{AbortDoc, DOCINFOW, EndDoc, EndPage, StartDocW, StartPage};
use windows::core::{Error, HSTRING, PCWSTR, Result, w};

/// A printer to draw on.
pub(super) struct Context(HDC);

impl Context {
    #[expect(unsafe_code, reason = "GDI has only a C interface")]
    pub(super) fn open(printer: &str, settings: &Settings) -> Result<Self> {
        // SAFETY: the texts end with a zero and the settings are whole; GDI copies all of them.
        let context =
            unsafe { CreateDCW(w!("WINSPOOL"), &HSTRING::from(printer), PCWSTR::null(), Some(settings.as_ptr())) };
        if context.is_invalid() { Err(Error::from_thread()) } else { Ok(Self(context)) }
    }

    /// The paper that the printer will use.
    pub(super) fn sheet(&self) -> Sheet {
        Sheet {
            resolution: (self.number(LOGPIXELSX), self.number(LOGPIXELSY)),
            size: (self.number(PHYSICALWIDTH), self.number(PHYSICALHEIGHT)),
            margin: (self.number(PHYSICALOFFSETX), self.number(PHYSICALOFFSETY)),
        }
    }

    #[expect(unsafe_code, reason = "GDI has only a C interface")]
    fn number(&self, which: GET_DEVICE_CAPS_INDEX) -> u32 {
        // SAFETY: the context is open as long as `self` is.
        u32::try_from(unsafe { GetDeviceCaps(Some(self.0), which) }).unwrap_or(0)
    }
}

impl Drop for Context {
    #[expect(unsafe_code, reason = "GDI has only a C interface")]
    fn drop(&mut self) {
        // SAFETY: it was made by `open` and is deleted once. There is nothing to do about a failure.
        let _deleted = unsafe { DeleteDC(self.0) };
    }
}

/// A print job. One that is dropped before its end is taken back.
pub(super) struct Job<'a> {
    context: &'a Context,
    number: i32,
    open: bool,
}

impl<'a> Job<'a> {
    #[expect(unsafe_code, reason = "GDI has only a C interface")]
    pub(super) fn start(context: &'a Context, title: &str) -> Result<Self> {
        let title = HSTRING::from(title);
        let document = DOCINFOW {
            cbSize: size_of::<DOCINFOW>() as i32,
            lpszDocName: PCWSTR(title.as_ptr()),
            ..Default::default()
        };
        // SAFETY: the document and its title outlive the call.
        let number = done(unsafe { StartDocW(context.0, &document) })?;
        Ok(Self { context, number, open: true })
    }

    /// Adds a page.
    #[expect(unsafe_code, reason = "GDI has only a C interface")]
    pub(super) fn page(&self, place: Place, bitmap: &Bitmap) -> Result<()> {
        let info = Info::of(bitmap);
        let Place { left, top, width, height, .. } = place;
        let (across, down) = (info.header.biWidth, info.header.biHeight);
        let (bits, header) = (bitmap.rows.as_ptr().cast(), (&raw const info).cast::<BITMAPINFO>());
        // SAFETY: the context is open; a `Bitmap` has as many bytes as its header says, and a grey one has its 256
        // colours right behind its header.
        unsafe {
            done(StartPage(self.context.0))?;
            // Rows of a page made smaller are left out; by default GDI would darken their neighbours.
            SetStretchBltMode(self.context.0, COLORONCOLOR);
            done(StretchDIBits(
                self.context.0,
                left,
                top,
                width,
                height,
                0,
                0,
                across,
                down,
                Some(bits),
                header,
                DIB_RGB_COLORS,
                SRCCOPY,
            ))?;
            done(EndPage(self.context.0))?;
        }
        Ok(())
    }

    /// Hands the job over; answers the spooler's number of it.
    #[expect(unsafe_code, reason = "GDI has only a C interface")]
    pub(super) fn finish(mut self) -> Result<i32> {
        // SAFETY: the context is open, and the job was started on it.
        done(unsafe { EndDoc(self.context.0) })?;
        self.open = false;
        Ok(self.number)
    }
}

impl Drop for Job<'_> {
    #[expect(unsafe_code, reason = "GDI has only a C interface")]
    fn drop(&mut self) {
        if self.open {
            // SAFETY: the context is open, and the job was started on it and has not ended.
            let _aborted = unsafe { AbortDoc(self.context.0) };
        }
    }
}

/// What GDI must know of a bitmap.
#[repr(C)]
struct Info {
    header: BITMAPINFOHEADER,
    greys: [RGBQUAD; 256],
}

impl Info {
    fn of(bitmap: &Bitmap) -> Self {
        let grey = |level| RGBQUAD { rgbBlue: level, rgbGreen: level, rgbRed: level, rgbReserved: 0 };
        Self {
            header: BITMAPINFOHEADER {
                biSize: size_of::<BITMAPINFOHEADER>() as u32,
                biWidth: bitmap.width as i32,
                biHeight: bitmap.height as i32,
                biPlanes: 1,
                biBitCount: 8 * bitmap.depth.bytes() as u16,
                biCompression: BI_RGB.0,
                biClrUsed: if bitmap.depth == Depth::Grey { 256 } else { 0 },
                ..Default::default()
            },
            greys: std::array::from_fn(|level| grey(level as u8)),
        }
    }
}

/// GDI answers more than zero for success, and remembers why else.
fn done(answer: i32) -> Result<i32> {
    if answer > 0 { Ok(answer) } else { Err(Error::from_thread()) }
}
