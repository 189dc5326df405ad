//! What became of what was sent, as a function of time: nothing runs in the background.
//!
//! A fax leaves the queue after some seconds and is tried; a failed try is repeated every five minutes as often as the
//! fax setting said when it was accepted. Which tries fail is drawn from the portal's seed and the record's key, so the
//! same fax ends the same way. A mail and a text message arrive within seconds, a letter within days.

use crate::{clock::written, dice::Dice};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// What was sent, as far as its fate depends on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent<'a> {
    /// `fax`, `email`, `sms` or `letter`.
    pub(crate) kind: &'a str,
    /// When it was accepted.
    pub(crate) accepted: Timestamp,
    /// How often a failed try is repeated.
    pub(crate) reattempts: i64,
    /// The portal's seed and the record's key.
    pub(crate) seed: (u64, i64),
}

const QUEUED: SignedDuration = SignedDuration::from_secs(5);
const TRY: SignedDuration = SignedDuration::from_secs(60);
const BETWEEN_TRIES: SignedDuration = SignedDuration::from_mins(5);
/// Times in a hundred that a try fails.
const FAILS: u64 = 25;

impl Sent<'_> {
    /// The attributes that tell how things stand, as name and value.
    pub(crate) fn standing(self, now: Timestamp) -> Vec<(&'static str, Value)> {
        let arrives_after = match self.kind {
            "fax" => return self.fax(now),
            "letter" => SignedDuration::from_hours(4 * 24),
            _ => SignedDuration::from_secs(3),
        };
        let arrived = later(self.accepted, arrives_after);
        if now < arrived {
            let status = if self.kind == "letter" { "mailed" } else { "sent" };
            return vec![("status", status.into())];
        }
        vec![("status", "delivered".into()), ("delivered_at", written(arrived).into())]
    }

    fn fax(self, now: Timestamp) -> Vec<(&'static str, Value)> {
        let tries = self.tries();
        let start = |place: usize| {
            let place = i32::try_from(place).unwrap_or(i32::MAX);
            later(later(self.accepted, QUEUED), BETWEEN_TRIES.saturating_mul(place))
        };
        let begun = (0..tries.len()).filter(|place| start(*place) <= now).count();
        let Some(last) = begun.checked_sub(1) else { return vec![("status", "queued".into())] };
        let ended = later(start(last), TRY);
        let failure = tries.get(last).copied().flatten();
        let status = match failure {
            _ if now < ended => "sending",
            None => "delivered",
            Some(_) if begun < tries.len() => "waiting to retry",
            Some(_) => "failed",
        };
        let mut standing = vec![("status", status.into()), ("attempts", begun.to_string().into())];
        standing.push(("last_attempt_at", written(start(last)).into()));
        let earlier = last.checked_sub(1).and_then(|place| tries.get(place).copied().flatten());
        if let Some(reason) = if now < ended { earlier } else { failure } {
            standing.push(("failure", reason.into()));
        }
        if status == "delivered" {
            standing.push(("delivered_at", written(ended).into()));
        }
        standing
    }

    /// Why each try fails; the last one may succeed.
    fn tries(self) -> Vec<Option<&'static str>> {
        let (seed, key) = self.seed;
        let mut dice = Dice::new(seed ^ 0x6661_7800, key.unsigned_abs());
        let mut tries = Vec::new();
        for _ in 0..=self.reattempts.clamp(0, 10) {
            let fails = dice.chance(FAILS);
            let reason = dice.pick(&["busy", "no answer", "line error"]);
            tries.push(fails.then_some(reason));
            if !fails {
                break;
            }
        }
        tries
    }
}

fn later(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// Name and value, as correspondence shows its attributes (oddity 43).
pub(crate) fn attribute(name: &str, value: &Value) -> Value {
    let value = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    json!({ "name": name, "value": value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fax(key: i64, reattempts: i64) -> Sent<'static> {
        Sent { kind: "fax", accepted: Timestamp::UNIX_EPOCH, reattempts, seed: (7, key) }
    }

    fn status(sent: Sent<'_>, seconds: i64) -> String {
        let now = Timestamp::from_second(seconds).unwrap();
        sent.standing(now)[0].1.as_str().unwrap().to_owned()
    }

    #[test]
    fn a_fax_is_queued_then_sent_then_delivered_or_tried_again() {
        for key in 0..200 {
            let sent = fax(key, 2);
            assert_eq!([status(sent, 0), status(sent, 10)], ["queued", "sending"]);
            let first = status(sent, 70);
            assert!(["delivered", "waiting to retry"].contains(&first.as_str()), "{first}");
            let last = status(sent, 10_000);
            assert!(["delivered", "failed"].contains(&last.as_str()), "{last}");
            if first == "delivered" {
                assert_eq!(last, "delivered");
            }
            assert_eq!(sent.standing(Timestamp::MAX), fax(key, 2).standing(Timestamp::MAX));
        }
    }

    #[test]
    fn more_reattempts_deliver_more_faxes() {
        let delivered =
            |reattempts| (0..400).filter(|key| status(fax(*key, reattempts), 100_000) == "delivered").count();
        let (none, three) = (delivered(0), delivered(3));
        assert!((270..330).contains(&none) && three > 390, "{none} {three}");
    }

    #[test]
    fn a_letter_takes_days_and_a_text_seconds() {
        let sent = |kind| Sent { kind, ..fax(1, 0) };
        assert_eq!([status(sent("sms"), 1), status(sent("sms"), 5)], ["sent", "delivered"]);
        assert_eq!([status(sent("letter"), 5), status(sent("letter"), 400_000)], ["mailed", "delivered"]);
    }
}
