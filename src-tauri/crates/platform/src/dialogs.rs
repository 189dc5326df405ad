//! The system's own file dialogs, through `rfd`.

use async_trait::async_trait;
use desk::Dialogs;
use raw_window_handle::{HasDisplayHandle, HasWindowHandle};
use std::path::PathBuf;

/// File dialogs of the desktop.
pub struct FileDialogs;

#[async_trait]
impl Dialogs for FileDialogs {
    async fn save_file(&self, suggested: &str) -> Option<PathBuf> {
        let ending = suggested.rsplit_once('.').map_or("pdf", |(_, ending)| ending);
        let chosen = rfd::AsyncFileDialog::new()
            .set_title("Save")
            .add_filter(ending.to_uppercase(), &[ending])
            .set_file_name(suggested)
            .save_file()
            .await?;
        let path = chosen.path().to_owned();
        // Some systems leave the ending to the program.
        Some(if path.extension().is_none() { path.with_extension(ending) } else { path })
    }

    async fn choose_folder(&self) -> Option<PathBuf> {
        let chosen = rfd::AsyncFileDialog::new().set_title("Save letters in a folder").pick_folder().await?;
        Some(chosen.path().to_owned())
    }

    async fn choose_files(&self) -> Vec<PathBuf> {
        let chosen = rfd::AsyncFileDialog::new()
            .set_title("Choose documents")
            .add_filter("Documents", &["jpg", "jpeg", "png", "pdf", "doc", "docx"])
            .pick_files()
            .await;
        chosen.unwrap_or_default().into_iter().map(|file| file.path().to_owned()).collect()
    }
}

/// Asks over a window whether to go on, with the words for it and for staying on the buttons.
pub async fn agrees<W: HasWindowHandle + HasDisplayHandle>(
    window: &W,
    title: &str,
    question: &str,
    [yes, no]: [&str; 2],
) -> bool {
    let answer = rfd::AsyncMessageDialog::new()
        .set_level(rfd::MessageLevel::Warning)
        .set_title(title)
        .set_description(question)
        .set_buttons(rfd::MessageButtons::OkCancelCustom(yes.to_owned(), no.to_owned()))
        .set_parent(window)
        .show()
        .await;
    match answer {
        rfd::MessageDialogResult::Ok | rfd::MessageDialogResult::Yes => true,
        rfd::MessageDialogResult::Custom(chosen) => chosen == yes,
        _ => false,
    }
}

/// Says why the program cannot start, in a window of its own, and waits until it was read.
pub async fn say(reason: &str) {
    rfd::AsyncMessageDialog::new()
        .set_level(rfd::MessageLevel::Warning)
        .set_title("Dispute Desk")
        .set_description(reason)
        .show()
        .await;
}
