//! The Windows print system. Windows' own PDF renderer draws each page and GDI puts the bitmap on paper, because few
//! printers here take a PDF as it is. The letter is in memory until the print system has it.

mod gdi;
mod pdf;
mod spooler;

use super::raster::Bitmap;
use async_trait::async_trait;
use desk::{PrintError, PrintJob, Printer, Printers};

/// The printers of Windows.
pub struct SystemPrinters;

#[async_trait]
impl Printers for SystemPrinters {
    async fn list(&self) -> Result<Vec<Printer>, PrintError> {
        waiting(spooler::printers).await
    }

    async fn print(&self, printer: &str, job: PrintJob) -> Result<String, PrintError> {
        let printer = printer.to_owned();
        waiting(move || print(&printer, &job)).await
    }
}

/// Runs on a thread that may wait: for the spooler, a printer on the network, or a driver that asks its user.
async fn waiting<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PrintError> + Send + 'static,
) -> Result<T, PrintError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| PrintError::Refused(error.to_string()))?
}

/// Prints one job and answers its name as `Office-12`. What fails half-way takes the whole job back.
fn print(printer: &str, job: &PrintJob) -> Result<String, PrintError> {
    if !spooler::printers()?.iter().any(|known| known.name == printer) {
        return Err(PrintError::NoSuchPrinter(printer.to_owned()));
    }
    let pages = pdf::Pages::open(&job.pdf).map_err(refused)?;
    let context = gdi::Context::open(printer, &spooler::settings(printer, job).map_err(refused)?).map_err(refused)?;
    let sheet = context.sheet();
    let drawn = gdi::Job::start(&context, &job.title).map_err(refused)?;
    for number in 0..pages.count() {
        let page = pages.page(number).map_err(refused)?;
        let place =
            sheet.place(page.inches().map_err(refused)?).ok_or_else(|| odd("the page or the paper has no size"))?;
        let (width, height, pixels) = page.draw(place.pixels).map_err(refused)?;
        let bitmap = Bitmap::new(width, height, &pixels).ok_or_else(|| odd("a page was not drawn whole"))?;
        drawn.page(place, &bitmap).map_err(refused)?;
    }
    Ok(format!("{printer}-{}", drawn.finish().map_err(refused)?))
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that map_err takes")]
fn refused(error: windows::core::Error) -> PrintError {
    PrintError::Refused(error.to_string())
}

fn odd(reason: &str) -> PrintError {
    PrintError::Refused(reason.to_owned())
}
