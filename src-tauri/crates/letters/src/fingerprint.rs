//! How alike the wording of two letters is, from what is kept of each in a few hundred bytes.
//!
//! The words of a letter's own text are taken four at a time (numbers are all alike), and of all such groups the smallest
//! hashes are kept (a bottom-k sketch). The share of common ones among the smallest of two letters estimates the share of
//! wording that they have in common: exactly for letters of up to 128 groups, within about nine points of a hundred for
//! longer ones. No word can be read back.

/// How many hashes are kept at most.
const LENGTH: usize = 128;

/// Words to a group.
const GROUP: usize = 4;

/// What a letter's wording is recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint(Vec<u32>);

impl Fingerprint {
    /// The fingerprint of a text. A text without words has an empty one.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| if word.bytes().all(|byte| byte.is_ascii_digit()) { hash("0") } else { hash(word) })
            .collect();
        let groups = words.windows(GROUP.min(words.len()).max(1));
        let mut hashes: Vec<u32> = groups
            .map(|group| group.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| mix(hash ^ word)))
            .map(|hash| (hash >> 32) as u32)
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(LENGTH);
        Self(hashes)
    }

    /// The bytes to keep: 512 at most.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    }

    /// Reads kept bytes; `None` when they are no fingerprint's.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let hashes = bytes.chunks_exact(4).map(|hash| Some(u32::from_le_bytes(hash.try_into().ok()?)));
        let hashes: Vec<u32> = hashes.collect::<Option<_>>()?;
        (bytes.len().is_multiple_of(4) && hashes.len() <= LENGTH && hashes.is_sorted()).then_some(Self(hashes))
    }
}

/// How much wording two letters have in common, in percent. Nothing is like a letter without words.
#[must_use]
pub fn similarity(a: &Fingerprint, b: &Fingerprint) -> u8 {
    let (mut a, mut b) = (a.0.iter().peekable(), b.0.iter().peekable());
    let (mut all, mut common) = (0_usize, 0_usize);
    // The smallest of both together are a fair sample of what either says, as far as neither list was cut off.
    while all < LENGTH {
        match (a.peek(), b.peek()) {
            (None, None) => break,
            (Some(x), Some(y)) if x == y => {
                common += 1;
                a.next();
                b.next();
            }
            (Some(x), Some(y)) if x < y => _ = a.next(),
            (Some(_), None) => _ = a.next(),
            _ => _ = b.next(),
        }
        all += 1;
    }
    u8::try_from((common * 100 + all / 2) / all.max(1)).unwrap_or(100)
}

/// Of a word in lower case.
fn hash(word: &str) -> u64 {
    let lower = word.chars().flat_map(char::to_lowercase);
    mix(lower.fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)))
}

fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: std::ops::Range<usize>) -> String {
        words.map(|n| format!("word{} ", char::from(b'a' + (n % 26) as u8).to_string().repeat(n / 26 + 1))).collect()
    }

    fn alike(a: &str, b: &str) -> u8 {
        similarity(&Fingerprint::of(a), &Fingerprint::of(b))
    }

    #[test]
    fn equal_wording_is_wholly_alike_whatever_its_spacing_case_and_numbers() {
        assert_eq!(alike("I dispute account 123 of 05/06.", "i  DISPUTE\naccount 9, of 7/8"), 100);
        assert_eq!(alike(&text(0..200), &text(0..200)), 100);
    }

    #[test]
    fn different_wording_is_not_alike() {
        assert!(alike(&text(0..200), &text(200..400)) <= 2);
        assert_eq!(alike("", ""), 0);
        assert_eq!(alike("some words", ""), 0);
    }

    #[test]
    fn the_share_of_common_wording_is_estimated() {
        // 150 of 250 groups in common.
        let estimate = alike(&text(0..200), &text(50..250));
        assert!((50..=70).contains(&estimate), "{estimate}");
    }

    #[test]
    fn a_fingerprint_is_kept_in_few_bytes() {
        let print = Fingerprint::of(&text(0..100));
        assert_eq!(print.to_bytes().len(), 97 * 4);
        assert_eq!(Fingerprint::of(&text(0..1000)).to_bytes().len(), 512);
        assert_eq!(Fingerprint::from_bytes(&print.to_bytes()), Some(print));
        assert_eq!(Fingerprint::from_bytes(&[]), Some(Fingerprint::of("")));
        assert_eq!(Fingerprint::from_bytes(&[0; 7]), None);
        assert_eq!(Fingerprint::from_bytes(&[9, 0, 0, 0, 1, 0, 0, 0]), None);
    }
}
