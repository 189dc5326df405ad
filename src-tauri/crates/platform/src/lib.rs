//! What only an operating system can do, behind the desk's ports: the keychain, printers, file dialogs, the browser, folders.
//!
//! A crate of its own so that the window and the command line share it. Each file has one port and its systems as
//! private modules; nothing else in the workspace asks which system it runs on.

mod browser;
mod folders;
mod keychain;
mod printers;

#[cfg(feature = "dialogs")]
mod dialogs;

pub use browser::SystemBrowser;
#[cfg(feature = "dialogs")]
pub use dialogs::{FileDialogs, agrees, say};
pub use folders::{data_folder, logs_folder};
pub use keychain::SystemKeychain;
pub use printers::SystemPrinters;
