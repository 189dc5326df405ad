//! The operating system's printers: CUPS on macOS and Linux, the Windows print API on Windows.

#[cfg(unix)]
mod cups;
#[cfg(any(windows, test))]
mod raster;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use cups::SystemPrinters;
#[cfg(windows)]
pub use windows::SystemPrinters;
