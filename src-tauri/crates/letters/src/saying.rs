//! What a letter says, as plain text in reading order.
//!
//! It is what a search looks through, what a reader of the record sees, and what is compared with other letters. Cells of
//! a row stand between tabs.

use crate::blocks::{Block, Cell};
use crate::exposure::Watch;
use crate::finding::Exposure;

/// A letter's words.
#[derive(Debug, Default)]
pub(crate) struct Saying {
    pub(crate) text: String,
    /// The text of the template alone, without head, item table and signature: what boilerplate is found in.
    pub(crate) own: String,
}

impl Saying {
    /// Adds a line; empty lines never follow each other.
    pub(crate) fn line(&mut self, line: &str) {
        if !(line.is_empty() && (self.text.is_empty() || self.text.ends_with("\n\n"))) {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// Adds a block, and has it watched.
    pub(crate) fn block(&mut self, block: &Block, watch: &mut Watch<'_>) {
        let is_table = matches!(block, Block::Table(_));
        self.inner(block, watch, if is_table { Exposure::Table } else { Exposure::Text });
    }

    fn inner(&mut self, block: &Block, watch: &mut Watch<'_>, place: Exposure) {
        match block {
            Block::Paragraph { text, .. } => {
                watch.look(&text.text, place);
                if place == Exposure::Text {
                    self.own.push_str(&text.text);
                    self.own.push('\n');
                }
                self.line(&text.text);
                self.line("");
            }
            Block::Image(image) => {
                watch.look(&image.alt, Exposure::Caption);
                if !image.alt.is_empty() {
                    self.line(&format!("[{}]", image.alt));
                    self.line("");
                }
            }
            Block::Blank | Block::Rule | Block::PageBreak => self.line(""),
            Block::List { marker, items } => {
                for (index, item) in (0..).zip(items) {
                    self.text.push_str(&marker.of(index));
                    self.text.push(' ');
                    item.iter().for_each(|block| self.inner(block, watch, place));
                }
            }
            Block::Quote(blocks) => blocks.iter().for_each(|block| self.inner(block, watch, place)),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|cell| cell_text(cell, watch)).collect();
                    let line = cells.join("\t");
                    watch.look(&line, Exposure::Table);
                    self.line(line.trim_end());
                }
                self.line("");
            }
            Block::Items | Block::Signature => {}
        }
    }
}

/// A cell on one line.
fn cell_text(cell: &Cell, watch: &mut Watch<'_>) -> String {
    let mut inside = Saying::default();
    cell.blocks.iter().for_each(|block| inside.inner(block, watch, Exposure::Table));
    inside.text.split_whitespace().collect::<Vec<_>>().join(" ")
}
