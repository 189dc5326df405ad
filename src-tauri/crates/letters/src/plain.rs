//! A text without looks, as a message says it.

use crate::blocks::{Block, Role};

/// Blocks as plain text: paragraphs between empty lines, cells between tabs; what is no text is left out.
pub(crate) fn written(blocks: &[Block]) -> String {
    let mut writer = Writer { text: String::new(), margin: String::new() };
    writer.blocks(blocks);
    writer.text.trim().to_owned()
}

struct Writer {
    text: String,
    /// What lines that follow another begin with.
    margin: String,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { text, role: Role::Line, .. } => {
                    self.lines(&text.text);
                    self.end_line();
                }
                Block::Paragraph { text, .. } => {
                    self.gap();
                    self.lines(&text.text);
                    self.gap();
                }
                Block::Blank | Block::Rule | Block::PageBreak => self.gap(),
                Block::List { marker, items } => {
                    self.end_line();
                    for (index, item) in (0..).zip(items) {
                        self.item(&marker.of(index), item);
                    }
                    self.gap();
                }
                Block::Quote(blocks) => {
                    self.gap();
                    self.blocks(blocks);
                    self.gap();
                }
                Block::Table(table) => {
                    self.gap();
                    for row in &table.rows {
                        let cells: Vec<String> =
                            row.cells.iter().map(|cell| written(&cell.blocks).replace('\n', " ")).collect();
                        self.lines(&cells.join("\t"));
                        self.end_line();
                    }
                    self.gap();
                }
                Block::Image(_) | Block::Items | Block::Signature => {}
            }
        }
    }

    fn item(&mut self, marker: &str, blocks: &[Block]) {
        let text = written(blocks);
        self.text.push_str(&self.margin);
        self.text.push_str(marker);
        self.text.push(' ');
        let around = self.margin.len();
        self.margin.extend(std::iter::repeat_n(' ', marker.chars().count() + 1));
        self.lines(&text);
        self.margin.truncate(around);
        self.end_line();
    }

    fn lines(&mut self, text: &str) {
        for (index, line) in text.trim_end().split('\n').enumerate() {
            if index > 0 {
                self.text.push('\n');
                self.text.push_str(&self.margin);
            }
            self.text.push_str(line.trim_end());
        }
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// An empty line, unless there is one.
    fn gap(&mut self) {
        self.end_line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}
