//! What was found a moment ago: the first letters of a search match thousands of clients, are typed again and again, and cost
//! more than all letters after them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Pages that are kept, each some hundred bytes: those of one and two letters, and the pages that are scrolled through.
const KEPT: usize = 256;

/// Pages of clients by name. They count for one version of the data, `PRAGMA data_version` of the connection that reads them.
#[derive(Default)]
pub(crate) struct Recent(Mutex<State>);

#[derive(Default)]
struct State {
    version: i64,
    /// The last used first.
    pages: VecDeque<(Page, Found)>,
}

/// A page that was asked for.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) words: Option<String>,
    pub(crate) descending: bool,
    pub(crate) offset: u32,
    pub(crate) limit: u32,
}

/// How many clients match, and the ids of those of the page, in their order.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) total: i64,
    pub(crate) ids: Vec<i64>,
}

impl Recent {
    /// Whether the page was kept, at whatever version.
    pub(crate) fn has(&self, page: &Page) -> bool {
        self.state().pages.iter().any(|(kept, _)| kept == page)
    }

    /// The page, when it was kept at this version.
    pub(crate) fn find(&self, version: i64, page: &Page) -> Option<Found> {
        let mut state = self.at(version);
        let at = state.pages.iter().position(|(kept, _)| kept == page)?;
        let kept = state.pages.remove(at)?;
        let found = kept.1.clone();
        state.pages.push_front(kept);
        Some(found)
    }

    /// Whether what was found last is more than `many`, by words that those of the page go on from: what is typed grows by its end.
    pub(crate) fn just_found_more_than(&self, many: i64, page: &Page) -> bool {
        let state = self.state();
        let Some((last, found)) = state.pages.front() else { return false };
        let (Some(last), Some(words)) = (&last.words, &page.words) else { return false };
        found.total > many && words.starts_with(last.trim_end_matches("\"*"))
    }

    /// Keeps a page. The version was asked for before the page was read, so that what was written meanwhile makes it stale.
    pub(crate) fn keep(&self, version: i64, page: Page, found: Found) {
        let mut state = self.at(version);
        state.pages.push_front((page, found));
        state.pages.truncate(KEPT);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is whole before anything can fail.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn at(&self, version: i64) -> MutexGuard<'_, State> {
        let mut state = self.state();
        if state.version != version {
            state.version = version;
            state.pages.clear();
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(words: &str) -> Page {
        Page { words: Some(words.to_owned()), descending: false, offset: 0, limit: 50 }
    }

    fn found(total: i64) -> Found {
        Found { total, ids: Vec::new() }
    }

    #[test]
    fn the_pages_used_last_are_kept_until_something_is_written() {
        let recent = Recent::default();
        recent.keep(7, page("a"), found(1));
        for other in 0..KEPT - 1 {
            recent.keep(7, page(&other.to_string()), found(2));
        }
        assert_eq!(recent.find(7, &page("a")).map(|found| found.total), Some(1), "used again");
        recent.keep(7, page("b"), found(3));
        assert!(recent.find(7, &page("a")).is_some());
        assert!(recent.find(7, &page("0")).is_none(), "the oldest went");
        assert!(recent.has(&page("a")) && !recent.has(&page("0")));
        assert!(recent.find(8, &page("a")).is_none(), "something was written");
    }

    #[test]
    fn very_many_are_likely_again_for_words_that_go_on() {
        let recent = Recent::default();
        let likely = |words| recent.just_found_more_than(100, &page(words));
        assert!(!likely("\"sm\"*"), "nothing was found yet");
        recent.keep(7, page("\"sm\"*"), found(101));
        assert!(likely("\"smi\"*") && likely("\"sm\"* \"j\"*"));
        assert!(!likely("\"s\"*") && !likely("\"jo\"*"));
        recent.keep(7, page("\"smi\"*"), found(100));
        assert!(!likely("\"smit\"*"));
    }
}
