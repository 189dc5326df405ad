//! A first look at a foreign PDF, before anything reads it: is it small when unpacked?
//!
//! PDF readers unpack some streams without asking how large they get. So every stream that could be unpacked by accident
//! is unpacked here first, into nothing, under limits; what cannot be looked into (because it is encrypted, or packed
//! in an unusual way) must be too small to be a bomb.

use crate::finding::Refusal;
use flate2::{Decompress, FlushDecompress, Status};

/// The largest PDF file, in bytes.
pub(super) const MAX_BYTES: usize = 24 << 20;

/// The most that one stream may unpack to, and all of them, in bytes.
pub(crate) const MAX_STREAM: usize = 64 << 20;
const MAX_ALL: usize = 384 << 20;

/// What streams that cannot be looked into may hold together, packed: at most a thousand times that comes out of them.
const MAX_UNSEEN: usize = 144 << 10;

/// The most streams.
const MAX_STREAMS: usize = 20_000;

/// How far back from its data a stream's dictionary is looked for.
const DICTIONARY: usize = 4096;

/// Looks through a whole file that is to be enclosed.
pub(super) fn scan(file: &[u8]) -> Result<(), Refusal> {
    if file.len() > MAX_BYTES {
        return Err(Refusal::TooManyBytes { limit: MAX_BYTES });
    }
    unpacks(file)
}

/// Looks through a whole file of any size: none of its streams unpacks to far more than it is.
pub(crate) fn unpacks(file: &[u8]) -> Result<(), Refusal> {
    let encrypted = find(file, b"/Encrypt", 0).is_some();
    let bomb = Refusal::Inflates { limit: MAX_STREAM };
    let (mut at, mut all, mut unseen, mut count) = (0, 0, 0, 0);
    while let Some(start) = find(file, b"stream", at) {
        at = start + 6;
        if file.get(start.saturating_sub(3)..start) == Some(b"end") {
            continue;
        }
        count += 1;
        if count > MAX_STREAMS {
            return Err(Refusal::TooManyObjects { limit: MAX_STREAMS });
        }
        let data = file.get(at..).unwrap_or(&[]);
        let data = data.strip_prefix(b"\r\n").or(data.strip_prefix(b"\n")).or(data.strip_prefix(b"\r")).unwrap_or(data);
        let before = file.get(start.saturating_sub(DICTIONARY)..start).unwrap_or(&[]);
        let packing = Packing::of(before);
        let length = || find(data, b"endstream", 0).unwrap_or(data.len());
        match packing {
            Packing::Strange => return Err(bomb),
            Packing::Plain => {}
            Packing::Flate if !encrypted => {
                all += inflated(data).ok_or_else(|| bomb.clone())?;
            }
            Packing::Flate => {
                // Encrypted. Only what lists objects is unpacked unasked, and it is short; the rest is unpacked by us.
                if names(before, b"ObjStm") || names(before, b"XRef") || !names(before, b"Length") {
                    unseen += length();
                }
            }
            Packing::Other => unseen += length(),
        }
        if all > MAX_ALL || unseen > MAX_UNSEEN {
            return Err(bomb);
        }
    }
    Ok(())
}

/// How a stream is packed, as far as its dictionary tells.
#[derive(PartialEq, Eq)]
enum Packing {
    Plain,
    /// Deflate and nothing else.
    Flate,
    /// One packing under a text coding, or one that cannot be looked into here.
    Other,
    /// Packed twice, or hiding how: no program writes this.
    Strange,
}

impl Packing {
    fn of(before: &[u8]) -> Packing {
        // The dictionary of this stream begins after the last object before it.
        let start = before.windows(4).rposition(|window| window == b" obj").unwrap_or(0);
        let dictionary = before.get(start..).unwrap_or(before);
        let Some(filter) = find(dictionary, b"/Filter", 0) else {
            // `/F#69lter` is a name too; nothing honest spells it so.
            return if dictionary.contains(&b'#') && names(dictionary, b"#") { Packing::Other } else { Packing::Plain };
        };
        let value = dictionary.get(filter + 7..).unwrap_or(&[]);
        let value: &[u8] = match value.iter().position(|byte| !byte.is_ascii_whitespace()) {
            Some(first) if value.get(first) == Some(&b'[') => {
                let end = value.iter().position(|byte| *byte == b']').unwrap_or(value.len());
                value.get(first + 1..end).unwrap_or(&[])
            }
            Some(first) => {
                let rest = value.get(first..).unwrap_or(&[]);
                let end = rest
                    .iter()
                    .skip(1)
                    .position(|byte| matches!(byte, b'/' | b'>' | b' ' | b'\n' | b'\r'))
                    .map_or(rest.len(), |end| end + 1);
                rest.get(..end).unwrap_or(rest)
            }
            None => &[],
        };
        let count = |name: &[u8]| value.windows(name.len()).filter(|window| *window == name).count();
        let names = count(b"/");
        let expanding = count(b"/Fl") + count(b"/LZW") + count(b"/RunLength") + count(b"/RL");
        let pictures = count(b"/DCT") + count(b"/JPX") + count(b"/CCITT") + count(b"/CCF") + count(b"/JBIG2");
        let coding = count(b"/ASCII") + count(b"/A85") + count(b"/AHx") + count(b"/Crypt");
        match () {
            () if value.contains(&b'#') || expanding > 1 || names > 3 => Packing::Strange,
            () if names == 0 && value.iter().any(u8::is_ascii_digit) => Packing::Strange,
            () if expanding == 1 && count(b"/Fl") == 1 && coding == 0 => Packing::Flate,
            () if expanding == 0 && pictures + coding == names => Packing::Plain,
            () => Packing::Other,
        }
    }
}

fn names(bytes: &[u8], name: &[u8]) -> bool {
    find(bytes, name, 0).is_some()
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let first = *what.first()?;
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|byte| *byte == first)?;
        if bytes.get(at..at + what.len())? == what {
            return Some(at);
        }
        at += 1;
    }
}

/// How many bytes a deflated stream unpacks to; `None` when too many. What is not deflated unpacks to nothing.
fn inflated(data: &[u8]) -> Option<usize> {
    let mut inflater = Decompress::new(true);
    let mut sink = vec![0; 64 << 10];
    loop {
        let read = usize::try_from(inflater.total_in()).ok()?;
        let before = (inflater.total_in(), inflater.total_out());
        let status = inflater.decompress(data.get(read..)?, &mut sink, FlushDecompress::None);
        let out = usize::try_from(inflater.total_out()).ok()?;
        if out > MAX_STREAM {
            return None;
        }
        match status {
            Ok(Status::Ok) if before != (inflater.total_in(), inflater.total_out()) => {}
            _ => return Some(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embed::deflate;

    fn file(dictionary: &str, data: &[u8]) -> Vec<u8> {
        let mut file = format!("%PDF-1.7\n1 0 obj <<{dictionary}>>\nstream\n").into_bytes();
        file.extend(data);
        file.extend(b"\nendstream endobj");
        file
    }

    #[test]
    fn a_stream_that_unpacks_to_far_more_is_refused() {
        let bomb = deflate(&vec![0; MAX_STREAM + 1]);
        assert!(bomb.len() < 100_000);
        let refused = Err(Refusal::Inflates { limit: MAX_STREAM });
        assert_eq!(scan(&file("/Filter/FlateDecode", &bomb)), refused);
        assert_eq!(scan(&file("/Type/ObjStm /Filter [ /FlateDecode ]", &bomb)), refused);
        assert_eq!(scan(&file("/Filter[/FlateDecode/FlateDecode]", &deflate(&bomb))), refused);
        assert_eq!(scan(&file("/Filter 7 0 R", &bomb)), refused);
        assert_eq!(scan(&file("/Filter/Fl#61teDecode", &bomb)), refused);
        assert_eq!(scan(&file("/Filter[/ASCIIHexDecode/FlateDecode]", &[b'0'; 200_000])), refused);
        assert_eq!(scan(&file("/Filter/LZWDecode", &[0; 200_000])), refused);
    }

    #[test]
    fn ordinary_streams_pass() {
        assert_eq!(scan(&file("/Filter/FlateDecode/Length 9", &deflate(b"BT ET"))), Ok(()));
        assert_eq!(scan(&file("/Filter/DCTDecode", &[7; 300_000])), Ok(()));
        assert_eq!(scan(&file("/Filter [/ASCII85Decode /FlateDecode]", b"87cUR~>")), Ok(()));
        assert_eq!(scan(&file("", b"q Q")), Ok(()));
    }
}
