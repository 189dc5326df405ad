//! How a letter ends: a closing line, space to sign, the printed name; each once.
//!
//! Templates end in many ways: some write "Sincerely," and the name, some only the name, some neither. What they wrote
//! is used; what they left out is added; nothing stands twice.

use crate::blocks::{Block, Look, RichText};

/// The closing line of a template that has none.
const CLOSING: &str = "Sincerely,";

/// Puts the end of a letter in order around its signature block: the closing line right before it, the signer's name
/// not written a second time, and the item table above both.
pub(crate) fn arrange(blocks: &mut Vec<Block>, signer: &str) {
    let Some(mut signature) = blocks.iter().position(|block| *block == Block::Signature) else { return };
    if is_name(blocks.get(signature + 1), signer) {
        blocks.remove(signature + 1);
    }
    // An item table that only stands at the end because the template does not place it.
    let table = signature.checked_sub(1).filter(|at| blocks.get(*at) == Some(&Block::Items));
    if let Some(at) = table {
        blocks.remove(at);
        signature -= 1;
    }
    let mut end = text_end(blocks, signature);
    if let Some(Block::Paragraph { text, role, style }) = end.checked_sub(1).and_then(|at| blocks.get(at).cloned()) {
        let mut rest = text.clone();
        if rest.cut_last_line(signer) {
            blocks.drain(end - 1..signature);
            signature = end - 1;
            if !rest.text.is_empty() {
                blocks.insert(signature, Block::Paragraph { text: rest, role, style });
                signature += 1;
            }
            end = text_end(blocks, signature);
        }
    }
    let closing = match end.checked_sub(1).and_then(|at| blocks.get(at)) {
        Some(Block::Paragraph { text, .. }) if is_closing(text.text.lines().next_back().unwrap_or("")) => {
            blocks.drain(end..signature);
            end - 1
        }
        _ => {
            let text = RichText::new(CLOSING, Look::default());
            blocks.insert(signature, Block::plain(text));
            signature
        }
    };
    if table.is_some() {
        blocks.insert(closing, Block::Items);
    }
}

/// The end of the text before `signature`, past blank lines.
fn text_end(blocks: &[Block], signature: usize) -> usize {
    let before = blocks.get(..signature).unwrap_or(&[]);
    before.iter().rposition(|block| *block != Block::Blank).map_or(0, |at| at + 1)
}

/// Whether a line closes a letter: a few words and a comma, as in "Very truly yours,".
fn is_closing(line: &str) -> bool {
    let line = line.trim();
    line.ends_with(',') && line.split_whitespace().count() <= 4
}

fn is_name(block: Option<&Block>, signer: &str) -> bool {
    matches!(block, Some(Block::Paragraph { text, .. }) if same_name(&text.text, signer))
}

fn same_name(text: &str, signer: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    words(text) == words(signer) && !signer.trim().is_empty()
}

impl RichText {
    /// Cuts the last line off when it is this name; says whether it did.
    fn cut_last_line(&mut self, name: &str) -> bool {
        let start = self.text.rfind('\n').map_or(0, |at| at + 1);
        let is_name = same_name(self.text.get(start..).unwrap_or(""), name);
        if is_name {
            self.truncate(start);
            self.trim_end();
        }
        is_name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::plain(RichText::new(text, Look::default()))
    }

    fn check(before: &[Block], after: &[Block]) {
        let mut blocks = before.to_vec();
        arrange(&mut blocks, "Ana Núñez");
        assert_eq!(blocks, after);
    }

    #[test]
    fn every_ending_becomes_the_same_ending() {
        let (text, closing) = (paragraph("Text."), paragraph("Sincerely,"));
        let end = [text.clone(), closing.clone(), Block::Signature];
        check(&[text.clone(), Block::Signature], &end);
        check(&end, &end);
        check(&[text.clone(), closing.clone(), Block::Blank, Block::Signature], &end);
        check(&[text.clone(), paragraph("Sincerely,\nana  núñez"), Block::Signature], &end);
        check(&[text.clone(), closing.clone(), Block::Blank, paragraph("Ana Núñez"), Block::Signature], &end);
        check(&[text.clone(), paragraph("Ana Núñez"), Block::Signature], &end);
        check(&[text.clone(), closing, Block::Signature, paragraph("Ana Núñez")], &end);
        check(&[Block::Signature], &[paragraph("Sincerely,"), Block::Signature]);
        check(
            &[text.clone(), paragraph("Very truly yours,"), Block::Signature],
            &[text, paragraph("Very truly yours,"), Block::Signature],
        );
    }

    #[test]
    fn a_table_that_has_no_place_stands_above_the_closing() {
        let text = paragraph("Text.");
        check(
            &[text.clone(), paragraph("Regards,"), Block::Items, Block::Signature],
            &[text.clone(), Block::Items, paragraph("Regards,"), Block::Signature],
        );
        check(
            &[text.clone(), Block::Items, Block::Signature],
            &[text, Block::Items, paragraph("Sincerely,"), Block::Signature],
        );
    }

    #[test]
    fn text_after_the_signature_stays_after_it() {
        let (text, note) = (paragraph("Regards,"), paragraph("Enclosures: 2"));
        check(&[text.clone(), Block::Signature, note.clone()], &[text, Block::Signature, note]);
    }
}
