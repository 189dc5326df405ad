//! Lists, quotes and tables while they are being read, and how they close into what is around them.

use super::css::{Change, Shape, attribute};
use super::{Builder, MAX_COLUMNS, MAX_CONTAINERS, MAX_OPEN, Open};
use crate::blocks::{Align, Block, Cell, Marker, Row, Table};
use crate::finding::Finding;
use html5ever::tokenizer::Tag;

/// An open list, quote or table.
#[derive(Debug)]
pub(super) enum Container {
    Quote(Vec<Block>),
    List { marker: Marker, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
    Table(OpenTable),
    Row(Row),
    Cell(Cell),
}

#[derive(Debug, Default)]
pub(super) struct OpenTable {
    pub(super) table: Table,
    /// The rows being read head the table.
    pub(super) head: bool,
    /// For each column, how many further rows a cell above reaches down.
    pub(super) reach: Vec<u16>,
}

pub(super) fn is_table(container: &Container) -> bool {
    matches!(container, Container::Table(_))
}

impl Builder<'_, '_> {
    /// Opens a cell, past the columns that cells of earlier rows reach into.
    pub(super) fn cell(&mut self, tag: &Tag, change: Change, shape: Shape) {
        self.flush();
        self.close_to(
            |container| matches!(container, Container::Cell(_)),
            |container| matches!(container, Container::Row(_) | Container::Table(_)),
        );
        if self.containers.last().is_some_and(is_table) {
            self.open(Container::Row(Row::default()), Change::default(), Shape::default());
        }
        let number = |name| attribute(tag, name).and_then(|value| value.trim().parse::<u16>().ok());
        let span = number("colspan").unwrap_or(1).clamp(1, MAX_COLUMNS as u16);
        let rows = number("rowspan").unwrap_or(1).clamp(1, 1000);
        let [.., Container::Table(table), Container::Row(row)] = self.containers.as_mut_slice() else { return };
        // Columns that a cell of an earlier row reaches into stay empty.
        let mut column: usize = row.cells.iter().map(|cell| usize::from(cell.span)).sum();
        while table.reach.get(column).is_some_and(|rows| *rows > 0) && column < MAX_COLUMNS {
            row.cells.push(Cell::new(Vec::new()));
            column += 1;
        }
        if column < MAX_COLUMNS && (rows > 1 || shape.width.is_some()) {
            if table.reach.len() <= column + usize::from(span) {
                table.reach.resize(column + usize::from(span) + 1, 0);
            }
            // A row counts down when it ends, this one too.
            table.reach.iter_mut().skip(column).take(usize::from(span)).filter(|_| rows > 1).for_each(|r| *r = rows);
            if table.table.widths.len() <= column {
                table.table.widths.resize(column + 1, None);
            }
            if let (1, Some(width)) = (span, table.table.widths.get_mut(column)) {
                *width = width.or(shape.width);
            }
        }
        let header = &*tag.name == "th";
        let align = shape.align.or(header.then_some(Align::Start));
        if rows > 1 {
            self.findings.insert(Finding::RowSpan);
        }
        let shade = shape.shade;
        let bold = Change { bold: header.then_some(true), ..Change::default() };
        let cell = Cell { blocks: Vec::new(), span, header, shade };
        self.open(Container::Cell(cell), bold.and(change), Shape { align, ..shape });
    }

    pub(super) fn push(&mut self, block: Block) {
        match self.containers.last_mut() {
            None => self.root.push(block),
            Some(Container::Quote(blocks) | Container::Item(blocks) | Container::Cell(Cell { blocks, .. })) => {
                blocks.push(block);
            }
            Some(Container::List { items, .. }) => items.push(vec![block]),
            Some(Container::Table(OpenTable { table, .. })) => {
                let cells = vec![Cell::new(vec![block])];
                table.rows.push(Row { header: false, cells });
            }
            Some(Container::Row(row)) => row.cells.push(Cell::new(vec![block])),
        }
    }

    /// Opens a container; what its element asks of its text holds until the container closes.
    pub(super) fn open(&mut self, container: Container, change: Change, shape: Shape) {
        if shape.break_before && self.containers.is_empty() {
            self.push(Block::PageBreak);
        }
        if self.containers.len() < MAX_CONTAINERS {
            self.containers.push(container);
        } else {
            self.findings.insert(Finding::NestedTooDeep);
            return;
        }
        if self.open.len() < MAX_OPEN {
            let depth = self.containers.len();
            self.open.push(Open { name: String::new(), change, shape, depth });
        }
    }

    /// Closes the innermost container into the one around it.
    pub(super) fn close_container(&mut self) {
        let depth = self.containers.len();
        let Some(container) = self.containers.pop() else { return };
        self.open.retain(|open| open.depth < depth);
        match container {
            Container::Quote(blocks) if !blocks.is_empty() => self.push(Block::Quote(blocks)),
            Container::List { marker, items } if !items.is_empty() => self.push(Block::List { marker, items }),
            Container::Table(OpenTable { mut table, .. }) if !table.rows.is_empty() => {
                let columns = |row: &Row| row.cells.iter().map(|cell| usize::from(cell.span)).sum::<usize>();
                let is_caption =
                    |row: &Row| matches!(row.cells.as_slice(), [cell] if usize::from(cell.span) == MAX_COLUMNS);
                let widest = table.rows.iter().filter(|row| !is_caption(row)).map(columns).max().unwrap_or(1);
                if widest > MAX_COLUMNS {
                    self.findings.insert(Finding::TableTooWide);
                    let cells = table.rows.into_iter().flat_map(|row| row.cells);
                    cells.flat_map(|cell| cell.blocks).for_each(|block| self.push(block));
                    return;
                }
                let captions = table.rows.iter_mut().filter(|row| is_caption(row));
                captions.flat_map(|row| &mut row.cells).for_each(|cell| cell.span = widest as u16);
                self.push(Block::Table(table));
            }
            Container::Item(blocks) => match self.containers.last_mut() {
                Some(Container::List { items, .. }) => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.push(block)),
            },
            Container::Row(mut row) => match self.containers.last_mut() {
                Some(Container::Table(open)) if !row.cells.is_empty() => {
                    open.reach.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
                    row.header |= row.cells.iter().all(|cell| cell.header);
                    open.table.rows.push(row);
                }
                _ => {}
            },
            Container::Cell(cell) => match self.containers.last_mut() {
                Some(Container::Row(row)) => row.cells.push(cell),
                _ => cell.blocks.into_iter().for_each(|block| self.push(block)),
            },
            Container::Quote(_) | Container::List { .. } | Container::Table(_) => {}
        }
    }

    /// Ends the innermost container that `is` it, with everything inside.
    pub(super) fn end_container(&mut self, is: impl Fn(&Container) -> bool) {
        self.flush();
        self.close_to(is, |_| false);
    }

    /// Closes up to and with the innermost container that `is` it, unless a `barrier` stands before it.
    pub(super) fn close_to(&mut self, is: impl Fn(&Container) -> bool, barrier: impl Fn(&Container) -> bool) {
        let found = self.containers.iter().rposition(|container| is(container) || barrier(container));
        let Some(at) = found.filter(|at| self.containers.get(*at).is_some_and(&is)) else { return };
        while self.containers.len() > at {
            self.close_container();
        }
    }
}
