//! Envelopes: what their windows show of a folded sheet of US Letter.
//!
//! A sheet moves inside its envelope, so a window has two areas on the sheet: what it always shows, where an address
//! must stand, and what it can show at some position of the sheet, where nothing else may stand. Both follow from the
//! paper's measures; the measures are settings, because envelopes differ. Settings are in inches, areas in points.

/// Points to the inch.
const INCH: f32 = 72.0;

/// The sheet in inches.
const SHEET: (f32, f32) = (8.5, 11.0);

/// A rectangle on a page: points from the sheet's top-left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Distance from the sheet's left edge.
    pub left: f32,
    /// Distance from the sheet's top edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Area {
    /// Distance of the right side from the sheet's left edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    /// Distance of the lower side from the sheet's top edge.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.top + self.height
    }

    fn from_edges(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self { left: left * INCH, top: top * INCH, width: (right - left) * INCH, height: (bottom - top) * INCH }
    }
}

/// What a letter is mailed in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Envelope {
    /// One without a window: the address follows the date, as large as the text.
    None,
    /// One with a window for the recipient's address.
    SingleWindow(Window),
    /// One with a second window, which shows the sender's block.
    DoubleWindow {
        /// Shows the recipient's address.
        recipient: Window,
        /// Shows the sender's block.
        sender: Pane,
    },
}

impl Default for Envelope {
    /// The common #10 envelope with one window.
    fn default() -> Self {
        Envelope::SingleWindow(Window::default())
    }
}

impl Envelope {
    /// The common #10 envelope with two windows; its sheet is folded at 4 inches, so that four lines always show.
    #[must_use]
    pub fn double_window() -> Self {
        Envelope::DoubleWindow {
            recipient: Window { left: 0.5, bottom: 0.625, width: 4.0, height: 1.0, fold: 4.0, ..Window::default() },
            sender: Pane { left: 0.5, bottom: 2.625, width: 4.0, height: 1.0 },
        }
    }

    /// The envelope with the recipient's window, if it has one.
    #[must_use]
    pub fn window(&self) -> Option<&Window> {
        match self {
            Envelope::None => None,
            Envelope::SingleWindow(window) | Envelope::DoubleWindow { recipient: window, .. } => Some(window),
        }
    }

    /// What the windows can show of the first page at some position of the sheet: for an overlay.
    #[must_use]
    pub fn can_show(&self) -> Vec<Area> {
        match self {
            Envelope::None => Vec::new(),
            Envelope::SingleWindow(window) => vec![window.can_show()],
            Envelope::DoubleWindow { recipient, sender } => {
                vec![recipient.pane_can_show(*sender), recipient.can_show()]
            }
        }
    }

    /// Where the sheet is folded, in points from its top edge.
    #[must_use]
    pub fn folds(&self) -> [f32; 2] {
        let first = self.window().map_or(SHEET.1 / 3.0, |window| window.fold);
        [first * INCH, (first + (SHEET.1 - first) / 2.0) * INCH]
    }

    /// Whether such an envelope can be.
    ///
    /// # Errors
    /// The measure that is impossible.
    pub fn check(&self) -> Result<(), ImpossibleEnvelope> {
        match self {
            Envelope::None => Ok(()),
            Envelope::SingleWindow(window) => window.check(),
            Envelope::DoubleWindow { recipient, sender } => {
                recipient.check()?;
                recipient.check_pane(*sender, "sender window")
            }
        }
    }
}

/// A measure of an envelope that no envelope has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the envelope's {measure} is impossible: correct the envelope settings")]
pub struct ImpossibleEnvelope {
    /// The offending measure.
    pub measure: &'static str,
}

/// A window's place on its envelope, in inches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pane {
    /// From the envelope's left edge to the window.
    pub left: f32,
    /// From the envelope's lower edge to the window.
    pub bottom: f32,
    /// The window's width.
    pub width: f32,
    /// The window's height.
    pub height: f32,
}

/// An envelope with a window for the recipient, and how the sheet is folded. All measures in inches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The envelope's width.
    pub envelope_width: f32,
    /// The envelope's height.
    pub envelope_height: f32,
    /// From the envelope's left edge to the window.
    pub left: f32,
    /// From the envelope's lower edge to the window.
    pub bottom: f32,
    /// The window's width.
    pub width: f32,
    /// The window's height.
    pub height: f32,
    /// From the sheet's top edge to its first fold.
    pub fold: f32,
    /// Kept free around the address inside what always shows.
    pub clearance: f32,
}

impl Default for Window {
    /// A #10 envelope, 9.5 x 4.125 in, window 4.5 x 1.125 in at 0.875 in from the left and 0.5 in from the bottom, sheet
    /// folded in thirds.
    fn default() -> Self {
        Self {
            envelope_width: 9.5,
            envelope_height: 4.125,
            left: 0.875,
            bottom: 0.5,
            width: 4.5,
            height: 1.125,
            fold: SHEET.1 / 3.0,
            clearance: 0.125,
        }
    }
}

impl Window {
    /// What the window shows of the sheet wherever the sheet slides, less the clearance.
    #[must_use]
    pub fn always_shows(&self) -> Area {
        self.pane_always_shows(self.pane())
    }

    /// What the window can show of the sheet at some position of it.
    #[must_use]
    pub fn can_show(&self) -> Area {
        self.pane_can_show(self.pane())
    }

    /// What another window of the same envelope always shows.
    #[must_use]
    pub fn pane_always_shows(&self, pane: Pane) -> Area {
        let (across, _) = self.play();
        Area::from_edges(
            pane.left + self.clearance,
            self.envelope_height - pane.bottom - pane.height + self.clearance,
            pane.left + pane.width - across - self.clearance,
            self.fold - pane.bottom - self.clearance,
        )
    }

    /// What another window of the same envelope can show.
    #[must_use]
    pub fn pane_can_show(&self, pane: Pane) -> Area {
        let (across, down) = self.play();
        Area::from_edges(
            (pane.left - across).max(0.0),
            (self.envelope_height - pane.bottom - pane.height - down).max(0.0),
            pane.left + pane.width,
            (self.envelope_height - pane.bottom).min(self.fold),
        )
    }

    fn pane(&self) -> Pane {
        Pane { left: self.left, bottom: self.bottom, width: self.width, height: self.height }
    }

    /// How far the sheet slides inside the envelope.
    fn play(&self) -> (f32, f32) {
        (self.envelope_width - SHEET.0, self.envelope_height - self.fold)
    }

    fn check(&self) -> Result<(), ImpossibleEnvelope> {
        let (across, down) = self.play();
        let impossible = |measure| Err(ImpossibleEnvelope { measure });
        match () {
            () if !(0.0..20.0).contains(&across) => impossible("width"),
            () if !(0.0..20.0).contains(&down) => impossible("height or fold"),
            () => self.check_pane(self.pane(), "window"),
        }
    }

    fn check_pane(&self, pane: Pane, name: &'static str) -> Result<(), ImpossibleEnvelope> {
        let shown = self.pane_always_shows(pane);
        let (across, down) = match name {
            "window" => ("window width or position", "window height or position"),
            _ => ("sender window's width or position", "sender window's height or position"),
        };
        let above = self.envelope_height - pane.bottom - pane.height - self.play().1;
        match () {
            () if !(shown.width > 0.0 && shown.left >= 0.0) => Err(ImpossibleEnvelope { measure: across }),
            () if !(shown.height > 0.0 && above >= 0.0) => Err(ImpossibleEnvelope { measure: down }),
            () => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_window_is_where_the_post_office_sees_it() {
        let window = Window::default();
        let close = |points: f32, inches: f32| (points / INCH - inches).abs() < 0.01;
        let shown = window.always_shows();
        assert!(close(shown.left, 1.0) && close(shown.right(), 4.25), "{shown:?}");
        assert!(close(shown.top, 2.625) && close(shown.bottom(), 3.04), "{shown:?}");
        let reach = window.can_show();
        assert!(close(reach.left, 0.0) && close(reach.right(), 5.375), "{reach:?}");
        assert!(close(reach.top, 2.04) && close(reach.bottom(), 3.625), "{reach:?}");
    }

    #[test]
    fn two_windows_always_show_four_lines_each() {
        let Envelope::DoubleWindow { recipient, sender } = Envelope::double_window() else { panic!() };
        assert_eq!(Envelope::double_window().check(), Ok(()));
        for shown in [recipient.always_shows(), recipient.pane_always_shows(sender)] {
            assert!(shown.height >= 4.0 * 10.0 && shown.width > 2.5 * INCH, "{shown:?}");
        }
        let [upper, lower] = Envelope::double_window().can_show()[..] else { panic!() };
        assert!(upper.bottom() + 20.0 < lower.top, "room for the date: {upper:?} {lower:?}");
    }

    #[test]
    fn impossible_envelopes_are_refused_by_measure() {
        let check = |window: Window| Envelope::SingleWindow(window).check().map_err(|error| error.to_string());
        assert_eq!(check(Window::default()), Ok(()));
        assert!(check(Window { envelope_width: 8.0, ..Window::default() }).unwrap_err().contains("width"));
        assert!(check(Window { fold: 5.0, ..Window::default() }).unwrap_err().contains("fold"));
        assert!(check(Window { height: 0.5, ..Window::default() }).unwrap_err().contains("window height"));
        assert!(check(Window { width: f32::NAN, ..Window::default() }).is_err());
        let pane = Pane { left: 0.5, bottom: 0.5, width: 0.4, height: 1.0 };
        let double = Envelope::DoubleWindow { recipient: Window::default(), sender: pane };
        assert!(double.check().unwrap_err().measure.contains("sender window"));
    }

    #[test]
    fn a_sheet_is_folded_into_three() {
        let [first, second] = Envelope::None.folds();
        assert!((first - 264.0).abs() < 0.01 && (second - 528.0).abs() < 0.01);
        assert_eq!(Envelope::double_window().folds(), [288.0, 540.0]);
    }
}
