//! The anatomy of a letter: whose it is, its date, whom it goes to, what it is about, what it says, who signs.
//!
//! The letter is the consumer's own, so the consumer's name and address head it. With a window envelope the address
//! stands where the window always shows it, and nothing else stands where a window can look. A bare page (a fax cover)
//! has its template's text and nothing else.

use crate::address::AddressBlock;
use crate::blocks::{Align, Block, Look, RichText};
use crate::column::{Composer, GAP, LEADING, Lines, Measure};
use crate::error::{Field, LetterError};
use crate::exposure::Watch;
use crate::finding::{Exposure, Finding};
use crate::flow::{Area as Sheet, Mark, Page, Strip, paginate};
use crate::fonts::{ASCENT, DESCENT};
use crate::items;
use crate::pdf::{HEIGHT, WIDTH};
use crate::press::{Draft, Layout};
use crate::saying::Saying;
use crate::table;
use crate::tags::{Tag, TagId, Tags};
use crate::text::NoGlyph;
use domain::{Area, Envelope, Pane, Window};

const MARGIN: f32 = 72.0;
const BODY: Measure =
    Measure { x: MARGIN, width: WIDTH - 2.0 * MARGIN, page: HEIGHT - 2.0 * MARGIN, lines: Lines::BODY, gap: GAP };

/// Sizes tried for an address in a window, from the text's own to the smallest that the post office reads well.
const SMALLEST: f32 = 8.0;

/// Room left between a window's reach and the text around it.
const CLEAR: f32 = 9.0;

/// Room for a signature above the printed name.
const SIGNING_SPACE: f32 = 40.0;

/// The most pages of a letter.
pub(crate) const MAX_PAGES: usize = 200;

/// A letter's pages, and where its recipient's address stands.
pub(crate) struct Pages {
    pub(crate) pages: Vec<Page>,
    pub(crate) tags: Tags,
    pub(crate) address: Area,
    /// Everything printed, in reading order, and what of it is the letter's own text.
    pub(crate) saying: Saying,
}

/// Sets a letter from its resolved blocks.
pub(crate) fn set(
    composer: Composer<'_>,
    draft: &Draft<'_>,
    blocks: &[Block],
    watch: &mut Watch<'_>,
) -> Result<Pages, LetterError> {
    let mut letter = Letter { composer, draft, head: Vec::new(), saying: Saying::default(), watch };
    let (first_top, address, mut strips) = match draft.layout {
        Layout::Page | Layout::Message => (MARGIN, Area::default(), Vec::new()),
        Layout::Letter => {
            let (first_top, address) = match draft.envelope {
                Envelope::None => letter.open_head()?,
                Envelope::SingleWindow(window) => letter.windowed_head(&window, None)?,
                Envelope::DoubleWindow { recipient, sender } => letter.windowed_head(&recipient, Some(sender))?,
            };
            (first_top, address, letter.subject()?)
        }
    };
    for block in blocks {
        letter.block(block, &mut strips)?;
    }
    let mut pages = paginate(&strips, Sheet { first_top, top: MARGIN, bottom: HEIGHT - MARGIN });
    if pages.len() > MAX_PAGES {
        return Err(LetterError::TooManyPages { limit: MAX_PAGES });
    }
    if let Some(first) = pages.first_mut() {
        first.marks.splice(0..0, std::mem::take(&mut letter.head));
        if draft.fold_marks {
            first.marks.extend(fold_marks(&draft.envelope));
        }
    }
    letter.number(&mut pages)?;
    let Letter { composer, saying, .. } = letter;
    Ok(Pages { pages, tags: composer.tags, address, saying })
}

/// Short hair lines at the sheet's left edge, inside what every printer reaches, where it is folded.
fn fold_marks(envelope: &Envelope) -> impl Iterator<Item = Mark> {
    envelope.folds().into_iter().map(|y| Mark::Bar { x: 18.0, y: y - 0.15, width: 12.0, height: 0.3, colour: [140; 3] })
}

struct Letter<'a, 'b> {
    composer: Composer<'a>,
    draft: &'a Draft<'a>,
    /// What stands above the text on the first page.
    head: Vec<Mark>,
    saying: Saying,
    watch: &'a mut Watch<'b>,
}

impl Letter<'_, '_> {
    /// Sender, date and address one below the other; the text follows.
    fn open_head(&mut self) -> Result<(f32, Area), LetterError> {
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
        Ok((bottom + LEADING, Area { left: MARGIN, top, width, height: bottom - top }))
    }

    /// Sender and date outside of the window's reach, the address inside what it always shows, the text below its reach.
    fn windowed_head(&mut self, window: &Window, pane: Option<Pane>) -> Result<(f32, Area), LetterError> {
        self.draft.envelope.check()?;
        let reach = window.can_show();
        match pane {
            Some(pane) => self.sender_in_window(window, pane)?,
            None => self.sender_above(&reach)?,
        }
        let shown = window.always_shows();
        let recipient = &self.draft.recipient;
        if let (Some(line), false) = (recipient.private_line(), self.draft.proof) {
            return Err(LetterError::PrivateInWindow { line });
        }
        if recipient.printed().is_empty() {
            return Err(LetterError::NoAddress);
        }
        let address = match self.in_window(recipient, &shown, &Field::Recipient)? {
            Placed::Fits(address) => address,
            Placed::TooLarge { at, .. } if self.draft.proof => {
                self.watch.found.insert(Finding::AddressOutsideWindow);
                at
            }
            Placed::TooLarge { at, .. } => {
                let inches = |area: &Area| (area.width / 72.0, area.height / 72.0);
                let (needed, allowed) = (inches(&at), inches(&shown));
                return Err(LetterError::AddressDoesNotFit { needed, allowed, smallest: SMALLEST });
            }
        };
        Ok(((reach.bottom() + CLEAR).max(MARGIN), address))
    }

    /// Sender and date above the reach of the only window.
    fn sender_above(&mut self, reach: &Area) -> Result<(), LetterError> {
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
        Ok(())
    }

    /// Sender inside what the upper window always shows, the date right of what it can show.
    fn sender_in_window(&mut self, window: &Window, pane: Pane) -> Result<(), LetterError> {
        let sender = &self.draft.sender;
        match self.in_window(sender, &window.pane_always_shows(pane), &Field::Sender)? {
            Placed::Fits(_) => {}
            Placed::TooLarge { .. } => return Err(LetterError::SenderDoesNotFit),
        }
        let (upper, lower) = (window.pane_can_show(pane), window.can_show());
        // Between the two windows when there is room for a line, else beside them.
        let between = lower.top - upper.bottom();
        if between >= LEADING + CLEAR {
            self.date(upper.bottom() + (between - LEADING) / 2.0, Align::Start)?;
        } else {
            self.date(MARGIN, Align::End)?;
        }
        Ok(())
    }

    /// Sets a block in the largest type that fits an area, in the middle of its height.
    fn in_window(&mut self, block: &AddressBlock, shown: &Area, field: &Field) -> Result<Placed, LetterError> {
        let printed = block.printed();
        let mut size = Lines::BLOCK.size;
        let natural = self.widest(&printed, size, field)?;
        loop {
            let leading = size * 1.1;
            let width = natural * size / Lines::BLOCK.size;
            let height = printed.len().saturating_sub(1) as f32 * leading + (ASCENT + DESCENT) * size;
            let fits = width <= shown.width && height <= shown.height;
            if fits || size <= SMALLEST {
                let lines = Lines { size, leading, ..Lines::BLOCK };
                let top = shown.top + ((shown.height - height) / 2.0).max(0.0);
                let above = lines.baseline() - ASCENT * size;
                let at = Measure { x: shown.left, width: shown.width.max(width + 1.0), ..BODY };
                let at_area = Area { left: shown.left, top, width, height };
                if fits || self.draft.proof {
                    self.stack_at(&printed, top - above, lines, at, field)?;
                }
                return Ok(if fits { Placed::Fits(at_area) } else { Placed::TooLarge { at: at_area } });
            }
            size = (size - 0.5).max(SMALLEST);
        }
    }

    fn widest(&mut self, lines: &[&str], size: f32, field: &Field) -> Result<f32, LetterError> {
        let mut widest = 0.0_f32;
        for line in lines {
            let setting = Lines { size, ..Lines::BLOCK }.setting(None);
            let set = self.composer.typesetter.set(&RichText::new(line, Look::default()), setting);
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
        let tag = self.composer.tags.add(TagId::DOCUMENT, Tag::Paragraph);
        for line in lines {
            self.saying.line(line);
            let set = self.composer.lines(&RichText::new(line, Look::default()), style, at, tag);
            for strip in set.map_err(|missing| self.undrawable(missing, field))? {
                self.head.extend(strip.marks.iter().map(|mark| mark.lowered(y)));
                y += strip.height;
            }
        }
        match field {
            Field::Sender => lines.iter().for_each(|line| self.watch.look(line, Exposure::Sender)),
            Field::Recipient => lines.iter().for_each(|line| self.watch.look(line, Exposure::Recipient)),
            _ => {}
        }
        self.saying.line("");
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
        self.watch.look(subject, Exposure::Subject);
        self.saying.line(&line);
        self.saying.line("");
        let tag = self.composer.tags.add(TagId::DOCUMENT, Tag::Paragraph);
        let set = self.composer.lines(&RichText::new(&line, Look::BOLD), Lines::BLOCK, BODY, tag);
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
                let table = items::table(self.draft.items);
                let lines = Lines { follow_script: false, ..Lines::BODY };
                let at = Measure { lines, ..BODY };
                let set = table::set(&mut self.composer, &table, at, items::MANNER, TagId::DOCUMENT);
                let mut rows = set.map_err(|error| self.undrawable(error.missing, &Field::Item(error.row)))?;
                if let Some(first) = rows.first_mut() {
                    first.before = GAP * 1.25;
                }
                if let Some(last) = rows.last_mut() {
                    last.after = GAP * 1.5;
                }
                strips.extend(rows);
                self.saying.block(&Block::Table(table), self.watch);
            }
            Block::Signature => {
                // The closing line, the space and the name are one; the text's last line comes along.
                for strip in strips.iter_mut().rev().take(2) {
                    strip.keep = true;
                }
                let name = RichText::new(self.draft.signer.trim(), Look::default());
                let tag = self.composer.tags.add(TagId::DOCUMENT, Tag::Paragraph);
                let set = self.composer.lines(&name, Lines::BLOCK, BODY, tag);
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
                self.watch.look(&name.text, Exposure::Text);
                self.saying.line(&name.text);
                self.saying.line("");
            }
            block => {
                let set = self.composer.block(block, BODY, TagId::DOCUMENT);
                strips.extend(set.map_err(|missing| self.undrawable(missing, &Field::Text))?);
                self.saying.block(block, self.watch);
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
            let set = self.composer.lines(&line, style, BODY, TagId::ARTIFACT);
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
}

/// How a block went into a window.
enum Placed {
    Fits(Area),
    /// Larger than the window shows, even in the smallest type.
    TooLarge {
        at: Area,
    },
}
