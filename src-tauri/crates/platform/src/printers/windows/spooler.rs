//! The print spooler: which printers there are, and a printer's settings.

use desk::{PrintError, PrintJob, Printer, Tray};
use windows::Win32::Foundation::ERROR_INSUFFICIENT_BUFFER;
use windows::Win32::Graphics::Gdi::{
    DEVMODEW, DM_COLLATE, DM_COPIES, DM_DEFAULTSOURCE, DM_DUPLEX, DM_IN_BUFFER, DM_ORIENTATION, DM_OUT_BUFFER,
    DM_PAPERSIZE, DM_SCALE, DMCOLLATE_TRUE, DMDUP_SIMPLEX, DMDUP_VERTICAL, DMORIENT_PORTRAIT, DMPAPER_LETTER,
};
use windows::Win32::Graphics::Printing::{
    ClosePrinter, DocumentPropertiesW, EnumPrintersW, GetDefaultPrinterW, OpenPrinterW, PRINTER_ATTRIBUTE_WORK_OFFLINE,
    PRINTER_ENUM_CONNECTIONS, PRINTER_ENUM_LOCAL, PRINTER_HANDLE, PRINTER_INFO_2W, PRINTER_STATUS_ERROR,
    PRINTER_STATUS_NOT_AVAILABLE, PRINTER_STATUS_OFFLINE, PRINTER_STATUS_PAUSED, PRINTER_STATUS_PENDING_DELETION,
    PRINTER_STATUS_SERVER_OFFLINE,
};
use windows::Win32::Storage::Xps::{DC_BINNAMES, DC_BINS, DC_DUPLEX, DeviceCapabilitiesW, PRINTER_DEVICE_CAPABILITIES};
use windows::core::{Error, HSTRING, PCWSTR, PWSTR, Result};

/// States in which a job only waits. Paper and toner are not among them: whoever stands at the printer sees to those.
const WAITS: u32 = PRINTER_STATUS_PAUSED
    | PRINTER_STATUS_ERROR
    | PRINTER_STATUS_PENDING_DELETION
    | PRINTER_STATUS_OFFLINE
    | PRINTER_STATUS_NOT_AVAILABLE
    | PRINTER_STATUS_SERVER_OFFLINE;

/// Every printer of this computer and every one its user is connected to.
pub(super) fn printers() -> std::result::Result<Vec<Printer>, PrintError> {
    let default = default_printer();
    let mut printers = queues()
        .map_err(|error| PrintError::Unavailable(format!("the print spooler of Windows does not answer ({error})")))?;
    for printer in &mut printers {
        printer.is_default = default.as_ref() == Some(&printer.name);
        printer.duplex = number(&printer.name, DC_DUPLEX) == Some(1);
        printer.trays = trays(&printer.name);
    }
    Ok(printers)
}

#[expect(unsafe_code, reason = "the spooler has only a C interface")]
fn queues() -> Result<Vec<Printer>> {
    let mut buffer: Vec<PRINTER_INFO_2W> = Vec::new();
    loop {
        let (mut needed, mut count) = (0, 0);
        // SAFETY: the bytes are those of the buffer's records, which are plain numbers and pointers without padding.
        let bytes =
            unsafe { std::slice::from_raw_parts_mut(buffer.as_mut_ptr().cast(), size_of_val(buffer.as_slice())) };
        let kinds = PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS;
        // SAFETY: the slice knows its length, and level 2 writes records of `PRINTER_INFO_2W`.
        match unsafe { EnumPrintersW(kinds, PCWSTR::null(), 2, Some(bytes), &mut needed, &mut count) } {
            Ok(()) => return Ok(buffer.iter().take(count as usize).map(queue).collect()),
            // The texts lie behind the records. A printer that came meanwhile makes it one more round.
            Err(error) if error.code() == ERROR_INSUFFICIENT_BUFFER.to_hresult() => {
                let records = (needed as usize).div_ceil(size_of::<PRINTER_INFO_2W>());
                buffer = vec![PRINTER_INFO_2W::default(); records];
            }
            Err(error) => return Err(error),
        }
    }
}

fn queue(info: &PRINTER_INFO_2W) -> Printer {
    let name = text(info.pPrinterName);
    let ready = info.Status & WAITS == 0 && info.Attributes & PRINTER_ATTRIBUTE_WORK_OFFLINE == 0;
    Printer { label: name.clone(), name, is_default: false, ready, duplex: false, trays: Vec::new() }
}

/// What a driver answers without a buffer; a negative answer is none.
#[expect(unsafe_code, reason = "the spooler has only a C interface")]
fn number(printer: &str, what: PRINTER_DEVICE_CAPABILITIES) -> Option<u32> {
    let name = HSTRING::from(printer);
    // SAFETY: the name ends with a zero; without a buffer only a number is answered.
    u32::try_from(unsafe { DeviceCapabilitiesW(&name, PCWSTR::null(), what, None, None) }).ok()
}

/// A printer's paper sources, by the number that its driver gives each. One source leaves nothing to choose.
#[expect(unsafe_code, reason = "the spooler has only a C interface")]
fn trays(printer: &str) -> Vec<Tray> {
    const NAME: usize = 24;
    let count = number(printer, DC_BINS).unwrap_or(0) as usize;
    if count < 2 || number(printer, DC_BINNAMES).unwrap_or(0) as usize != count {
        return Vec::new();
    }
    let name = HSTRING::from(printer);
    let (mut bins, mut names) = (vec![0_u16; count], vec![0_u16; count * NAME]);
    // SAFETY: the driver said how many bins there are, and each takes one number here and 24 characters there.
    let (numbers, texts) = unsafe {
        (
            DeviceCapabilitiesW(&name, PCWSTR::null(), DC_BINS, Some(PWSTR(bins.as_mut_ptr())), None),
            DeviceCapabilitiesW(&name, PCWSTR::null(), DC_BINNAMES, Some(PWSTR(names.as_mut_ptr())), None),
        )
    };
    if numbers < 0 || texts < 0 {
        return Vec::new();
    }
    bins.iter()
        .zip(names.chunks(NAME))
        .map(|(bin, label)| Tray {
            name: bin.to_string(),
            label: String::from_utf16_lossy(label.split(|unit| *unit == 0).next().unwrap_or_default()),
        })
        .filter(|tray| !tray.label.trim().is_empty())
        .collect()
}

#[expect(unsafe_code, reason = "the spooler has only a C interface")]
fn text(text: PWSTR) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: the spooler's texts end with a zero and lie in the buffer that the caller holds.
    String::from_utf16_lossy(unsafe { text.as_wide() })
}

/// The printer that the user, or Windows, chose. There may be none.
#[expect(unsafe_code, reason = "the spooler has only a C interface")]
fn default_printer() -> Option<String> {
    let mut length = 0;
    // SAFETY: without a buffer only the length is written.
    let _too_short = unsafe { GetDefaultPrinterW(None, &mut length) };
    let mut name = vec![0; length as usize];
    // SAFETY: the buffer has `length` characters, and the length is updated to those that were written.
    let found = unsafe { GetDefaultPrinterW(Some(PWSTR(name.as_mut_ptr())), &mut length) };
    found.as_bool().then(|| String::from_utf16_lossy(name.split(|unit| *unit == 0).next().unwrap_or_default()))
}

/// A printer's settings as its user left them, except for the job's own: sides, copies, tray, and true size on US Letter.
#[expect(unsafe_code, reason = "the spooler has only a C interface")]
pub(super) fn settings(printer: &str, job: &PrintJob) -> Result<Settings> {
    let handle = Handle::open(printer)?;
    let name = HSTRING::from(printer);
    // SAFETY: without buffers only the size is answered.
    let size = unsafe { DocumentPropertiesW(None, handle.0, &name, None, None, 0) };
    let size = usize::try_from(size).map_err(|_| Error::from_thread())?;
    // A driver keeps what is its own behind the record that is known.
    let mut settings = vec![DEVMODEW::default(); size.div_ceil(size_of::<DEVMODEW>()).max(1)];
    let record = settings.as_mut_ptr();
    // SAFETY: the buffer is as large as the driver asked for.
    done(unsafe { DocumentPropertiesW(None, handle.0, &name, Some(record), None, DM_OUT_BUFFER.0) })?;
    if let Some(known) = settings.first_mut() {
        wish(known, job);
    }
    let both = DM_IN_BUFFER | DM_OUT_BUFFER;
    // SAFETY: the same buffer is read and written, as the interface allows, so that the driver can correct it.
    done(unsafe { DocumentPropertiesW(None, handle.0, &name, Some(record), Some(record), both.0) })?;
    Ok(Settings(settings))
}

fn wish(settings: &mut DEVMODEW, job: &PrintJob) {
    settings.dmFields |= DM_PAPERSIZE | DM_ORIENTATION | DM_SCALE | DM_COPIES | DM_COLLATE | DM_DUPLEX;
    settings.dmDuplex = if job.duplex { DMDUP_VERTICAL } else { DMDUP_SIMPLEX };
    settings.dmCollate = DMCOLLATE_TRUE;
    settings.Anonymous1.Anonymous1.dmPaperSize = DMPAPER_LETTER as i16;
    settings.Anonymous1.Anonymous1.dmOrientation = DMORIENT_PORTRAIT as i16;
    settings.Anonymous1.Anonymous1.dmScale = 100;
    settings.Anonymous1.Anonymous1.dmCopies = i16::try_from(job.copies).unwrap_or(1);
    if let Some(bin) = job.tray.as_deref().and_then(|tray| tray.parse().ok()) {
        settings.dmFields |= DM_DEFAULTSOURCE;
        settings.Anonymous1.Anonymous1.dmDefaultSource = bin;
    }
}

fn done(answer: i32) -> Result<()> {
    if answer < 0 { Err(Error::from_thread()) } else { Ok(()) }
}

/// A printer's settings, with the driver's own behind the first record.
pub(super) struct Settings(Vec<DEVMODEW>);

impl Settings {
    pub(super) fn as_ptr(&self) -> *const DEVMODEW {
        self.0.as_ptr()
    }
}

/// An open printer.
struct Handle(PRINTER_HANDLE);

impl Handle {
    #[expect(unsafe_code, reason = "the spooler has only a C interface")]
    fn open(printer: &str) -> Result<Self> {
        let mut handle = PRINTER_HANDLE::default();
        // SAFETY: the name ends with a zero, and the handle is written only on success.
        unsafe { OpenPrinterW(&HSTRING::from(printer), &mut handle, None) }?;
        Ok(Self(handle))
    }
}

impl Drop for Handle {
    #[expect(unsafe_code, reason = "the spooler has only a C interface")]
    fn drop(&mut self) {
        // SAFETY: it was opened by `open` and is closed once. There is nothing to do about a failure.
        let _closed = unsafe { ClosePrinter(self.0) };
    }
}
