//! Business days as a law counts them: not Saturdays, Sundays and federal holidays.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// The last day on which a contract signed on `signed` may be cancelled, when the law gives `days` business days (CROA:
/// three). The day of signing does not count.
#[must_use]
pub fn cancellable_until(signed: Date, days: u8) -> Date {
    let mut day = signed;
    let mut left = days;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        if is_business_day(day) {
            left -= 1;
        }
    }
    day
}

fn is_business_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// Whether federal offices are closed. One that falls on a weekend is kept on the weekday beside it.
fn is_holiday(day: Date) -> bool {
    let kept = match day.weekday() {
        Weekday::Friday => [Some(day), day.tomorrow().ok()],
        Weekday::Monday => [Some(day), day.yesterday().ok()],
        _ => [Some(day), None],
    };
    kept.into_iter().flatten().any(is_fixed_holiday) || is_moving_holiday(day)
}

fn is_fixed_holiday(day: Date) -> bool {
    matches!((day.month(), day.day()), (1, 1) | (6, 19) | (7, 4) | (11, 11) | (12, 25))
}

fn is_moving_holiday(day: Date) -> bool {
    let (month, of_month, weekday) = (day.month(), day.day(), day.weekday());
    let nth = (of_month - 1) / 7 + 1;
    let is_last = day.checked_add(7.days()).is_ok_and(|week_on| week_on.month() != month);
    match (month, weekday) {
        (1 | 2, Weekday::Monday) => nth == 3,
        (5, Weekday::Monday) => is_last,
        (9, Weekday::Monday) => nth == 1,
        (10, Weekday::Monday) => nth == 2,
        (11, Weekday::Thursday) => nth == 4,
        _ => false,
    }
}

/// Adds days; the last day there is, when that is too far.
pub(crate) fn after(day: Date, days: u16) -> Date {
    day.checked_add(i64::from(days).days()).unwrap_or(date(9999, 12, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_business_days_pass_over_weekends_and_holidays() {
        // Wednesday -> Thursday, Friday, Monday.
        assert_eq!(cancellable_until(date(2026, 3, 4), 3), date(2026, 3, 9));
        // The Tuesday before Thanksgiving 2026 (26 November) -> Wednesday, Friday, Monday.
        assert_eq!(cancellable_until(date(2026, 11, 24), 3), date(2026, 11, 30));
        // Independence Day 2026 is a Saturday and kept on the Friday.
        assert_eq!(cancellable_until(date(2026, 7, 1), 3), date(2026, 7, 7));
        // Juneteenth 2027 is a Saturday, Christmas 2027 a Saturday; New Year 2028 a Saturday, kept on 31 December 2027.
        assert_eq!(cancellable_until(date(2027, 12, 29), 3), date(2028, 1, 4));
        assert_eq!(cancellable_until(date(2026, 3, 4), 0), date(2026, 3, 4));
    }

    #[test]
    fn moving_holidays_are_where_the_calendar_has_them_in_2026() {
        let holidays = [(1, 19), (2, 16), (5, 25), (9, 7), (10, 12), (11, 26)];
        for (month, day) in holidays {
            assert!(!is_business_day(date(2026, month, day)), "{month}/{day}");
        }
        assert!(is_business_day(date(2026, 11, 19)) && is_business_day(date(2026, 5, 18)));
    }
}
