//! The anatomy of a letter: whose it is, its date, whom it goes to, what it is about, what it says, who signs.
//!
//! The letter is the consumer's own, so the consumer's name and address head it. With a window envelope the address
//! stands where the window always shows it, and nothing else stands where the window can look.

use crate::blocks::{Align, Block, Look, RichText};
use crate::closing::arrange;
use crate::column::{self, GAP, LEADING, Lines, Measure};
use crate::envelope::{AddressBlock, Envelope, Rect, Window};
use crate::error::{Field, LetterError};
use crate::flow::{Area, Mark, Page, Strip, paginate};
use crate::fonts::{ASCENT, DESCENT};
use crate::items;
use crate::pdf::{HEIGHT, WIDTH};
use crate::press::Draft;
use crate::text::{NoGlyph, Setting, Typesetter};

const MARGIN: f32 = 72.0;
const BODY: Measure = Measure { x: MARGIN, width: WIDTH - 2.0 * MARGIN, page: HEIGHT - 2.0 * MARGIN };

/// Sizes tried for an address in a window, from the text's own to the smallest that the post office reads well.
const SMALLEST: f32 = 8.0;

/// Room left between a window's reach and the text around it.
const CLEAR: f32 = 9.0;

/// A letter's pages, and where its recipient's address stands.
pub(crate) struct Pages {
    pub(crate) pages: Vec<Page>,
    pub(crate) address: Rect,
    /// Everything printed, in reading order.
    pub(crate) text: String,
}

/// Sets a letter from its resolved blocks.
pub(crate) fn set(
    typesetter: &mut Typesetter,
    draft: &Draft<'_>,
    mut blocks: Vec<Block>,
) -> Result<Pages, LetterError> {
    arrange(&mut blocks, &draft.signer);
    let mut letter = Letter { typesetter, draft, head: Vec::new(), text: String::new() };
    let (first_top, address) = match draft.envelope {
        Envelope::None => letter.open_head()?,
        Envelope::SingleWindow(window) => letter.windowed_head(&window)?,
    };
    let mut strips = letter.subject()?;
    for block in &blocks {
        letter.block(block, &mut strips)?;
    }
    let area = Area { first_top, top: MARGIN, bottom: HEIGHT - MARGIN };
    let mut pages = paginate(&strips, area);
    if let Some(first) = pages.first_mut() {
        first.marks.splice(0..0, std::mem::take(&mut letter.head));
    }
    letter.number(&mut pages)?;
    Ok(Pages { pages, address, text: letter.text })
}

struct Letter<'a> {
    typesetter: &'a mut Typesetter,
    draft: &'a Draft<'a>,
    /// What stands above the text on the first page.
    head: Vec<Mark>,
    text: String,
}

impl Letter<'_> {
    /// Sender, date and address one below the other; the text follows.
    fn open_head(&mut self) -> Result<(f32, Rect), LetterError> {
        let sender = self.draft.sender.printed();
        let mut y = self.stack(&sender, MARGIN, Lines::BLOCK, &Field::Sender)?;
        y = self.date(y + LEADING, Align::Start)?;
        let recipient = self.draft.recipient.printed();
        if recipient.is_empty() {
            return Err(LetterError::NoAddress);
        }
        let top = y + LEADING;
        let width = self.widest(&recipient, Lines::BLOCK.size, &Field::Recipient)?;
        let bottom = self.stack(&recipient, top, Lines::BLOCK, &Field::Recipient)?;
        Ok((bottom + LEADING, Rect { left: MARGIN, top, width, height: bottom - top }))
    }

    /// Sender and date above the window's reach, the address inside what it always shows, the text below its reach.
    fn windowed_head(&mut self, window: &Window) -> Result<(f32, Rect), LetterError> {
        window.check()?;
        let reach = window.can_show();
        let sender = self.draft.sender.printed();
        let room = reach.top - CLEAR / 2.0 - MARGIN;
        let stacked = (sender.len() as f32 + 1.5) * LEADING;
        let small = Lines { size: 10.0, leading: 11.5, ..Lines::BLOCK };
        if stacked <= room {
            let y = self.stack(&sender, MARGIN, Lines::BLOCK, &Field::Sender)?;
            self.date(y + (room - stacked).min(LEADING) / 2.0 + LEADING / 2.0, Align::Start)?;
        } else {
            let lines = if sender.len() as f32 * LEADING <= room { Lines::BLOCK } else { small };
            if sender.len() as f32 * lines.leading > room {
                return Err(LetterError::SenderTooTall);
            }
            self.stack(&sender, MARGIN, lines, &Field::Sender)?;
            self.date(MARGIN, Align::End)?;
        }
        let address = self.address(&window.always_shows())?;
        Ok(((reach.bottom() + CLEAR).max(MARGIN), address))
    }

    /// The address in the largest type that fits, in the middle of the window's height.
    fn address(&mut self, shown: &Rect) -> Result<Rect, LetterError> {
        let recipient: &AddressBlock = &self.draft.recipient;
        if let Some(line) = recipient.private_line() {
            return Err(LetterError::PrivateInWindow { line });
        }
        let printed = recipient.printed();
        if printed.is_empty() {
            return Err(LetterError::NoAddress);
        }
        let mut size = Lines::BLOCK.size;
        let natural = self.widest(&printed, size, &Field::Recipient)?;
        loop {
            let leading = size * 1.1;
            let width = natural * size / Lines::BLOCK.size;
            let height = (printed.len() - 1) as f32 * leading + (ASCENT + DESCENT) * size;
            if width <= shown.width && height <= shown.height {
                let lines = Lines { size, leading, ..Lines::BLOCK };
                let top = shown.top + (shown.height - height) / 2.0;
                let above = lines.baseline() - ASCENT * size;
                let at = Measure { x: shown.left, width: shown.width, page: BODY.page };
                self.stack_at(&printed, top - above, lines, at, &Field::Recipient)?;
                return Ok(Rect { left: shown.left, top, width, height });
            }
            if size <= SMALLEST {
                let inches = |width: f32, height: f32| (width / 72.0, height / 72.0);
                let (needed, allowed) = (inches(width, height), inches(shown.width, shown.height));
                return Err(LetterError::AddressDoesNotFit { needed, allowed, smallest: SMALLEST });
            }
            size = (size - 0.5).max(SMALLEST);
        }
    }

    fn widest(&mut self, lines: &[&str], size: f32, field: &Field) -> Result<f32, LetterError> {
        let mut widest = 0.0_f32;
        for line in lines {
            let setting = Setting { size, width: None, align: Align::Start, follow_script: false };
            let set = self.typesetter.set(&RichText::new(line, Look::default()), setting);
            widest = widest.max(set.map_err(|missing| self.undrawable(missing, field))?.natural);
        }
        Ok(widest)
    }

    fn stack(&mut self, lines: &[&str], y: f32, style: Lines, field: &Field) -> Result<f32, LetterError> {
        self.stack_at(lines, y, style, BODY, field)
    }

    /// Sets lines into the head, from `y` down; returns where they end.
    fn stack_at(
        &mut self,
        lines: &[&str],
        mut y: f32,
        style: Lines,
        at: Measure,
        field: &Field,
    ) -> Result<f32, LetterError> {
        for line in lines {
            self.say(line);
            let set = style.set(self.typesetter, &RichText::new(line, Look::default()), at);
            for strip in set.map_err(|missing| self.undrawable(missing, field))? {
                self.head.extend(strip.marks.iter().map(|mark| mark.lowered(y)));
                y += strip.height;
            }
        }
        self.say("");
        Ok(y)
    }

    fn date(&mut self, y: f32, align: Align) -> Result<f32, LetterError> {
        let date = self.draft.date.strftime("%B %-d, %Y").to_string();
        self.stack(&[&date], y, Lines { align, ..Lines::BLOCK }, &Field::Text)
    }

    fn subject(&mut self) -> Result<Vec<Strip>, LetterError> {
        let subject = self.draft.subject.trim();
        if subject.is_empty() {
            return Ok(Vec::new());
        }
        let line = format!("Re: {subject}");
        self.say(&line);
        self.say("");
        let set = Lines::BLOCK.set(self.typesetter, &RichText::new(&line, Look::BOLD), BODY);
        let mut strips = set.map_err(|missing| self.undrawable(missing, &Field::Subject))?;
        strips.iter_mut().for_each(|strip| strip.keep = true);
        if let Some(last) = strips.last_mut() {
            last.after = LEADING;
        }
        Ok(strips)
    }

    fn block(&mut self, block: &Block, strips: &mut Vec<Strip>) -> Result<(), LetterError> {
        match block {
            Block::Items if self.draft.items.is_empty() => {}
            Block::Items => {
                let grid = items::grid(self.draft.items, BODY.x, BODY.width, BODY.page);
                let set = grid.set(self.typesetter);
                let mut rows = set.map_err(|error| self.undrawable(error.missing, &Field::Item(error.row)))?;
                if let Some(first) = rows.first_mut() {
                    first.before = GAP * 1.25;
                }
                if let Some(last) = rows.last_mut() {
                    last.after = GAP * 1.5;
                }
                strips.extend(rows);
                for row in items::cells(self.draft.items) {
                    self.say(&row.join("\t"));
                }
                self.say("");
            }
            Block::Signature => {
                // The closing line, the space and the name are one; the text's last line comes along.
                for strip in strips.iter_mut().rev().take(2) {
                    strip.keep = true;
                }
                let name = RichText::new(self.draft.signer.trim(), Look::default());
                let set = Lines::BLOCK.set(self.typesetter, &name, BODY);
                let mut lines = set.map_err(|missing| self.undrawable(missing, &Field::Signer))?;
                if let Some(first) = lines.first_mut() {
                    first.before = SIGNING_SPACE;
                }
                let count = lines.len();
                lines.iter_mut().take(count.saturating_sub(1)).for_each(|line| line.keep = true);
                if let Some(last) = lines.last_mut() {
                    last.after = GAP;
                }
                strips.extend(lines);
                self.say(&name.text);
                self.say("");
            }
            block => {
                let set = column::set_block(self.typesetter, block, BODY);
                strips.extend(set.map_err(|missing| self.undrawable(missing, &Field::Text))?);
                self.say_block(block);
            }
        }
        Ok(())
    }

    /// "Page 2 of 3" below the text of every page, when there is more than one.
    fn number(&mut self, pages: &mut [Page]) -> Result<(), LetterError> {
        let count = pages.len();
        if count < 2 {
            return Ok(());
        }
        let style = Lines { size: 9.0, leading: 11.0, align: Align::Center, ..Lines::BLOCK };
        for (number, page) in (1..).zip(pages) {
            let line = RichText::new(&format!("Page {number} of {count}"), Look::default());
            let set = style.set(self.typesetter, &line, BODY);
            for strip in set.map_err(|missing| self.undrawable(missing, &Field::Text))? {
                page.marks.extend(strip.marks.iter().map(|mark| mark.lowered(HEIGHT - MARGIN / 2.0 - style.leading)));
            }
        }
        Ok(())
    }

    /// An error that names where a character without a glyph came from: for the text, the variable that holds it.
    fn undrawable(&self, NoGlyph(character): NoGlyph, field: &Field) -> LetterError {
        let field = match field {
            Field::Text => {
                let mut variables = self.draft.variables.iter();
                let variable = variables.find(|(_, value)| value.contains(character));
                variable.map_or(Field::Text, |(name, _)| Field::Variable(name.to_owned()))
            }
            field => field.clone(),
        };
        LetterError::NoGlyph { character, field }
    }

    fn say(&mut self, line: &str) {
        if !(line.is_empty() && self.text.ends_with("\n\n")) {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn say_block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { text, .. } => {
                self.say(&text.text);
                self.say("");
            }
            Block::Blank | Block::Rule => self.say(""),
            Block::List { first, items } => {
                for (index, item) in (0..).zip(items) {
                    let marker = first.map_or("• ".to_owned(), |first| format!("{}. ", first.saturating_add(index)));
                    self.text.push_str(&marker);
                    item.iter().for_each(|block| self.say_block(block));
                }
            }
            Block::Quote(blocks) => blocks.iter().for_each(|block| self.say_block(block)),
            Block::Table(rows) => {
                for cell in rows.iter().flat_map(|row| &row.cells) {
                    cell.iter().for_each(|block| self.say_block(block));
                }
            }
            Block::Items | Block::Signature => {}
        }
    }
}

/// Room for a signature above the printed name.
const SIGNING_SPACE: f32 = 40.0;
