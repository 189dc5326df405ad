//! The bytes of a PDF file: objects in, a file out, as they come.
//!
//! What is not a stream is gathered into object streams, and the table of places is compressed too: half of a short
//! letter's file would be those otherwise. The same objects in the same order give the same bytes. Nothing is kept but
//! the place of every object, so a file of any length can be written through a little memory.

use crate::embed::deflate;
use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};
use std::io::Write;

/// Objects to an object stream.
const PACK: usize = 200;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    None,
    At(u64),
    In { stream: u32, index: u32 },
}

/// A file being written.
pub(crate) struct PdfFile<W> {
    out: W,
    length: u64,
    /// By object number.
    places: Vec<Place>,
    /// Objects that wait for their stream: where each begins in `waiting`.
    pack: Vec<(u32, usize)>,
    waiting: Vec<u8>,
}

impl<W: Write> PdfFile<W> {
    /// Begins a file.
    pub(crate) fn new(mut out: W) -> std::io::Result<Self> {
        let head = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
        out.write_all(head)?;
        let places = vec![Place::None];
        Ok(Self { out, length: head.len() as u64, places, pack: Vec::new(), waiting: Vec::new() })
    }

    /// A number for an object that comes later.
    pub(crate) fn number(&mut self) -> u32 {
        self.places.push(Place::None);
        u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
    }

    /// Adds an object under a number.
    pub(crate) fn add(&mut self, number: u32, object: &Object) -> std::io::Result<()> {
        self.add_renumbered(number, object, &|number| number)
    }

    /// Adds an object that names others by the numbers of another file.
    pub(crate) fn add_renumbered(
        &mut self,
        number: u32,
        object: &Object,
        numbers: &impl Fn(u32) -> u32,
    ) -> std::io::Result<()> {
        match object {
            Object::Stream(stream) => self.stream(number, stream, numbers),
            object => {
                self.pack.push((number, self.waiting.len()));
                write(object, numbers, &mut self.waiting);
                self.waiting.push(b'\n');
                if self.pack.len() >= PACK { self.flush() } else { Ok(()) }
            }
        }
    }

    fn stream(&mut self, number: u32, stream: &Stream, numbers: &impl Fn(u32) -> u32) -> std::io::Result<()> {
        self.place(number, Place::At(self.length));
        let mut head = Vec::with_capacity(128);
        write_integer(i64::from(number), &mut head);
        head.extend(b" 0 obj\n<<");
        for (key, value) in stream.dict.iter().filter(|(key, _)| key.as_slice() != b"Length") {
            write_entry(key, value, numbers, &mut head);
        }
        head.extend(b"/Length ");
        write_integer(i64::try_from(stream.content.len()).unwrap_or(i64::MAX), &mut head);
        head.extend(b">>\nstream\n");
        self.write(&head)?;
        self.write(&stream.content)?;
        self.write(b"\nendstream\nendobj\n")
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.pack.is_empty() {
            return Ok(());
        }
        let (stream, mut index) = (self.number(), Vec::new());
        for (position, (number, start)) in std::mem::take(&mut self.pack).into_iter().zip(0..).map(|(a, b)| (b, a)) {
            write_integer(i64::from(number), &mut index);
            index.push(b' ');
            write_integer(i64::try_from(start).unwrap_or(0), &mut index);
            index.push(b' ');
            self.place(number, Place::In { stream, index: position });
        }
        let count = index.iter().filter(|byte| **byte == b' ').count() / 2;
        let first = index.len();
        index.append(&mut self.waiting);
        let dictionary = dictionary! {
            "Type" => "ObjStm",
            "N" => i64::try_from(count).unwrap_or(0),
            "First" => i64::try_from(first).unwrap_or(0),
            "Filter" => "FlateDecode",
        };
        self.stream(stream, &Stream::new(dictionary, deflate(&index)).with_compression(false), &|number| number)
    }

    /// Ends the file; `trailer` names its root.
    pub(crate) fn finish(mut self, trailer: Dictionary) -> std::io::Result<W> {
        self.flush()?;
        let (number, start) = (self.number(), self.length);
        self.place(number, Place::At(start));
        let mut table = Vec::with_capacity(self.places.len() * 7);
        let wide = if start < 1 << 24 { 3 } else { 5 };
        for place in &self.places {
            let (kind, first, second) = match *place {
                Place::None => (0, 0, 0),
                Place::At(at) => (1, at, 0),
                Place::In { stream, index } => (2, u64::from(stream), index),
            };
            table.push(kind);
            table.extend(first.to_be_bytes().iter().skip(8 - wide));
            table.push(u8::try_from(second).unwrap_or(u8::MAX));
        }
        let mut dictionary = trailer;
        dictionary.set("Type", "XRef");
        dictionary.set("Size", i64::try_from(self.places.len()).unwrap_or(i64::MAX));
        dictionary.set("W", vec![1.into(), i64::try_from(wide).unwrap_or(5).into(), 1.into()]);
        dictionary.set("Filter", "FlateDecode");
        self.stream(number, &Stream::new(dictionary, deflate(&table)).with_compression(false), &|number| number)?;
        self.write(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn place(&mut self, number: u32, place: Place) {
        if let Some(known) = self.places.get_mut(number as usize) {
            *known = place;
        }
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.length += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// An object in the notation of PDF; `numbers` says under which numbers the objects that it names are in this file.
pub(crate) fn write(object: &Object, numbers: &impl Fn(u32) -> u32, out: &mut Vec<u8>) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(true) => out.extend(b"true"),
        Object::Boolean(false) => out.extend(b"false"),
        Object::Integer(number) => write_integer(*number, out),
        Object::Real(number) => write_real(*number, out),
        Object::Name(name) => write_name(name, out),
        Object::String(string, StringFormat::Hexadecimal) => {
            out.push(b'<');
            string.iter().for_each(|byte| _ = write!(out, "{byte:02X}"));
            out.push(b'>');
        }
        Object::String(string, StringFormat::Literal) => {
            out.push(b'(');
            for byte in string {
                match byte {
                    b'\n' => out.extend(b"\\n"),
                    b'\r' => out.extend(b"\\r"),
                    b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
                    byte => out.push(*byte),
                }
            }
            out.push(b')');
        }
        Object::Array(values) => {
            out.push(b'[');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write(value, numbers, out);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(dictionary, numbers, out),
        // A stream is always an object of its own.
        Object::Stream(stream) => write_dictionary(&stream.dict, numbers, out),
        // Whatever generation an object had where it was read: it is new here.
        Object::Reference((number, _)) => {
            write_integer(i64::from(numbers(*number)), out);
            out.extend(b" 0 R");
        }
    }
}

fn write_dictionary(dictionary: &Dictionary, numbers: &impl Fn(u32) -> u32, out: &mut Vec<u8>) {
    out.extend(b"<<");
    dictionary.iter().for_each(|(key, value)| write_entry(key, value, numbers, out));
    out.extend(b">>");
}

fn write_entry(key: &[u8], value: &Object, numbers: &impl Fn(u32) -> u32, out: &mut Vec<u8>) {
    write_name(key, out);
    if !matches!(value, Object::Name(_) | Object::Array(_) | Object::Dictionary(_) | Object::String(..)) {
        out.push(b' ');
    }
    write(value, numbers, out);
}

fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}

fn write_integer(number: i64, out: &mut Vec<u8>) {
    let (mut digits, mut at, mut rest) = ([0_u8; 20], 20, number.unsigned_abs());
    loop {
        at -= 1;
        if let Some(digit) = digits.get_mut(at) {
            *digit = b'0' + (rest % 10) as u8;
        }
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend(digits.get(at..).unwrap_or(&[]));
}

/// Five decimals are finer than anything that is drawn.
fn write_real(number: f32, out: &mut Vec<u8>) {
    let scaled = (f64::from(number) * 1e5).round();
    if !scaled.is_finite() || scaled.abs() >= 1e15 {
        return out.push(b'0');
    }
    let (whole, mut decimals) = (scaled.abs() as i64 / 100_000, scaled.abs() as i64 % 100_000);
    if scaled < 0.0 {
        out.push(b'-');
    }
    write_integer(whole, out);
    if decimals > 0 {
        out.push(b'.');
        let mut unit = 10_000;
        while decimals > 0 {
            out.push(b'0' + (decimals / unit) as u8);
            decimals %= unit;
            unit /= 10;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Document;

    #[test]
    fn objects_are_written_as_readers_expect_them() {
        for (object, expected) in [
            (Object::Real(1.5), "1.5"),
            (Object::Real(-2.0), "-2"),
            (Object::Real(-0.050_01), "-0.05001"),
            (Object::Integer(i64::MIN), "-9223372036854775808"),
            (Object::Real(f32::NAN), "0"),
            (Object::Name(b"A b#".to_vec()), "/A#20b#23"),
            (Object::String(b"(a)\\\r".to_vec(), StringFormat::Literal), "(\\(a\\)\\\\\\r)"),
            (vec![1.into(), Object::Null, Object::Reference((3, 0))].into(), "[1 null 3 0 R]"),
            (dictionary! { "K" => 1, "N" => "v" }.into(), "<</K 1/N/v>>"),
        ] {
            let mut out = Vec::new();
            write(&object, &|number| number, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut file = PdfFile::new(Vec::new()).unwrap();
        let numbers: Vec<u32> = (0..500).map(|_| file.number()).collect();
        for number in &numbers {
            let object = if number % 50 == 0 {
                Stream::new(Dictionary::new(), format!("stream {number}").into_bytes()).into()
            } else {
                dictionary! { "Is" => i64::from(*number) }.into()
            };
            file.add(*number, &object).unwrap();
        }
        let bytes = file.finish(dictionary! { "Root" => (1, 0) }).unwrap();
        let read = Document::load_mem(&bytes).unwrap();
        for number in numbers {
            let object = read.get_object((number, 0)).unwrap();
            match object {
                Object::Stream(stream) => assert_eq!(stream.content, format!("stream {number}").into_bytes()),
                object => assert_eq!(object.as_dict().unwrap().get(b"Is").unwrap(), &Object::Integer(number.into())),
            }
        }
    }
}
