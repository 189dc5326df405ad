//! Identity cards and utility bills of the practice clients, drawn when somebody asks for them.
//!
//! The same client gives the same bytes, always of the length that the file's record names: what the picture leaves is
//! filled with an invisible comment. `PRACTICE` is written across every one, and the names are in plain letters, as
//! such cards print them.

use crate::records::Record;
use embedded_graphics::{
    Drawable as _, Pixel,
    geometry::{OriginDimensions, Point, Size},
    mono_font::{MonoFont, MonoTextStyle, ascii},
    pixelcolor::BinaryColor,
    prelude::DrawTarget,
    text::{Baseline, Text},
};
use image::{ExtendedColorType, ImageEncoder as _, ImageError, Rgb, RgbImage, codecs};
use serde_json::Value;
use std::convert::Infallible;

const INK: Rgb<u8> = Rgb([24, 30, 44]);
const LABEL: Rgb<u8> = Rgb([96, 104, 120]);
const STAMP: Rgb<u8> = Rgb([232, 176, 170]);

/// Draws a file: `utility_bills` as PNG, everything else as an identity card in JPEG. `made` is the day the file was
/// stored, `size` how many bytes it has.
///
/// # Errors
/// When the picture cannot be encoded.
pub(crate) fn draw(picture: &str, client: &Record, made: &str, size: usize) -> Result<Vec<u8>, ImageError> {
    let person = Person::read(client);
    let day = made.split('T').next().and_then(|day| day.parse().ok()).unwrap_or(jiff::civil::date(2026, 1, 1));
    if picture == "utility_bills" {
        let bill = bill(&person, day);
        let mut bytes = Vec::new();
        codecs::png::PngEncoder::new(&mut bytes).write_image(
            &bill,
            bill.width(),
            bill.height(),
            ExtendedColorType::Rgb8,
        )?;
        Ok(fill_png(bytes, size))
    } else {
        let title = if picture == "drive_licence" { "DRIVER LICENSE" } else { "IDENTIFICATION CARD" };
        let card = card(&person, title, day);
        let mut bytes = Vec::new();
        codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 88).encode_image(&card)?;
        Ok(fill_jpeg(bytes, size))
    }
}

/// What a card or bill prints about somebody.
struct Person {
    name: String,
    born: String,
    street: Vec<String>,
    town: String,
    state: &'static str,
    number: String,
}

impl Person {
    fn read(client: &Record) -> Person {
        let attributes = client.get("attributes");
        let text = |name: &str| {
            attributes
                .and_then(|attributes| attributes.get(name))
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let state = text("MailingState");
        Person {
            name: text("Name_Latin__c").to_uppercase(),
            born: text("D_O_B__c"),
            street: text("MailingStreet").lines().map(str::to_uppercase).collect(),
            town: format!("{}, {state} {}", text("MailingCity").to_uppercase(), text("MailingPostalCode")),
            state: crate::shortcodes::state_name(&state).unwrap_or("Practice State"),
            number: text("Id").chars().skip(3).collect(),
        }
    }
}

fn card(person: &Person, title: &str, issued: jiff::civil::Date) -> RgbImage {
    let mut card = RgbImage::from_fn(1012, 638, |x, y| {
        let tint = u8::try_from((x / 46 + y / 58) % 12).unwrap_or(0);
        Rgb([226 + tint, 236 + tint, 243_u8.saturating_add(tint)])
    });
    stamp(&mut card, (70.0, 470.0), 11.0, -0.36);
    fill(&mut card, (0, 0), (1012, 104), Rgb([38, 78, 122]));
    write(&mut card, (28.0, 14.0), 2.0, Rgb([255, 255, 255]), &person.state.to_uppercase());
    write(&mut card, (28.0, 62.0), 1.6, Rgb([206, 222, 240]), title);
    portrait(&mut card, (36, 140), (270, 340));
    let expires = issued.saturating_add(jiff::Span::new().years(5));
    let rows = [
        ("ID NO.", person.number.clone()),
        ("NAME", person.name.clone()),
        ("ADDRESS", person.street.join(" ")),
        ("", person.town.clone()),
        ("DATE OF BIRTH", person.born.clone()),
        ("ISSUED / EXPIRES", format!("{issued} / {expires}")),
    ];
    for (row, top) in rows.iter().zip((130..).step_by(66)) {
        let top = f32::from(u16::try_from(top).unwrap_or(0));
        write(&mut card, (346.0, top), 1.0, LABEL, row.0);
        let scale = if row.1.len() > 36 { 1.2 } else { 1.7 };
        write(&mut card, (346.0, top + 20.0), scale, INK, &row.1);
    }
    write(&mut card, (150.0, 596.0), 1.4, Rgb([176, 40, 40]), "PRACTICE ONLY - NOT AN IDENTITY DOCUMENT");
    card
}

fn bill(person: &Person, printed: jiff::civil::Date) -> RgbImage {
    let mut bill = RgbImage::from_pixel(850, 1100, Rgb([255, 255, 255]));
    stamp(&mut bill, (60.0, 800.0), 10.0, -0.62);
    fill(&mut bill, (0, 0), (850, 96), Rgb([22, 96, 84]));
    write(&mut bill, (40.0, 18.0), 2.4, Rgb([255, 255, 255]), "SAMPLE POWER & LIGHT");
    write(&mut bill, (40.0, 70.0), 1.0, Rgb([206, 238, 230]), "Practice only. Not a real bill.");
    let due = printed.saturating_add(jiff::Span::new().days(21));
    let mut lines = vec![("SERVICE ADDRESS", person.name.clone())];
    lines.extend(person.street.iter().map(|line| ("", line.clone())));
    lines.extend([
        ("", person.town.clone()),
        ("ACCOUNT NUMBER", person.number.chars().take(10).collect()),
        ("STATEMENT DATE", printed.to_string()),
        ("PAYMENT DUE", due.to_string()),
    ]);
    let mut top = 140.0;
    for (label, line) in lines {
        write(&mut bill, (40.0, top), 1.1, LABEL, label);
        write(&mut bill, (280.0, top - 4.0), 1.5, INK, &line);
        top += 44.0;
    }
    let used: u32 = person.number.bytes().map(u32::from).sum();
    let charges = [("Electricity, kWh", used % 700 + 180), ("Basic service, days", 30), ("Local tax, percent", 4)];
    fill(&mut bill, (40, 560), (770, 2), LABEL);
    for ((label, amount), top) in charges.iter().zip([590.0, 634.0, 678.0]) {
        write(&mut bill, (40.0, top), 1.4, INK, label);
        write(&mut bill, (640.0, top), 1.4, INK, &format!("{amount:>8}"));
    }
    fill(&mut bill, (40, 730), (770, 2), LABEL);
    write(&mut bill, (40.0, 756.0), 1.8, INK, "AMOUNT DUE");
    write(&mut bill, (590.0, 756.0), 1.8, INK, &format!("{:>8}.{:02}", used % 90 + 41, used % 100));
    for month in 0..12_u32 {
        let height = 40 + (used * (month + 3)) % 110;
        fill(&mut bill, (60 + month * 62, 1040 - height), (40, height), Rgb([120, 176, 164]));
    }
    bill
}

/// Head and shoulders, nobody's.
fn portrait(image: &mut RgbImage, (left, top): (u32, u32), (width, height): (u32, u32)) {
    fill(image, (left, top), (width, height), Rgb([196, 206, 216]));
    let (middle, shade) = (f64::from(width) / 2.0, Rgb([118, 130, 146]));
    for y in 0..height {
        for x in 0..width {
            let inside = |cx: f64, cy: f64, rx: f64, ry: f64| {
                ((f64::from(x) - cx) / rx).powi(2) + ((f64::from(y) - cy) / ry).powi(2) < 1.0
            };
            if inside(middle, 130.0, 62.0, 80.0) || inside(middle, f64::from(height), 116.0, 118.0) {
                put(image, i64::from(left + x), i64::from(top + y), shade);
            }
        }
    }
}

fn stamp(image: &mut RgbImage, origin: (f32, f32), scale: f32, angle: f32) {
    Pen { image, origin, scale, angle, color: STAMP }.write(&ascii::FONT_10X20, "PRACTICE");
}

fn write(image: &mut RgbImage, origin: (f32, f32), scale: f32, color: Rgb<u8>, text: &str) {
    Pen { image, origin, scale, angle: 0.0, color }.write(&ascii::FONT_10X20, text);
}

fn fill(image: &mut RgbImage, (left, top): (u32, u32), (width, height): (u32, u32), color: Rgb<u8>) {
    for y in top..top + height {
        for x in left..left + width {
            put(image, i64::from(x), i64::from(y), color);
        }
    }
}

fn put(image: &mut RgbImage, x: i64, y: i64, color: Rgb<u8>) {
    let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
    if let Some(pixel) = image.get_pixel_mut_checked(x, y) {
        *pixel = color;
    }
}

/// Draws the small font larger and at an angle.
struct Pen<'a> {
    image: &'a mut RgbImage,
    origin: (f32, f32),
    scale: f32,
    /// Radians.
    angle: f32,
    color: Rgb<u8>,
}

impl Pen<'_> {
    fn write(&mut self, font: &MonoFont<'_>, text: &str) {
        let style = MonoTextStyle::new(font, BinaryColor::On);
        match Text::with_baseline(text, Point::zero(), style, Baseline::Top).draw(self) {
            Ok(_) => {}
            Err(never) => match never {},
        }
    }
}

impl OriginDimensions for Pen<'_> {
    fn size(&self) -> Size {
        Size::new(self.image.width(), self.image.height())
    }
}

impl DrawTarget for Pen<'_> {
    type Color = BinaryColor;
    type Error = Infallible;

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "pictures are some thousand dots wide"
    )]
    fn draw_iter<I: IntoIterator<Item = Pixel<BinaryColor>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        let (sin, cos) = self.angle.sin_cos();
        // Half a dot apart, so that a turned dot leaves no holes.
        let steps = (self.scale * 2.0).ceil() as i32;
        for Pixel(point, color) in pixels {
            if color == BinaryColor::Off {
                continue;
            }
            for step in 0..steps * steps {
                let x = (point.x as f32 + (step % steps) as f32 / steps as f32) * self.scale;
                let y = (point.y as f32 + (step / steps) as f32 / steps as f32) * self.scale;
                let (x, y) = (self.origin.0 + x * cos - y * sin, self.origin.1 + x * sin + y * cos);
                put(self.image, x.round() as i64, y.round() as i64, self.color);
            }
        }
        Ok(())
    }
}

/// Lengthens a JPEG with comment segments after its first segment.
fn fill_jpeg(bytes: Vec<u8>, size: usize) -> Vec<u8> {
    const LONGEST: usize = 65_537;
    let first = match bytes.get(2..6) {
        Some(&[0xFF, _, high, low]) => 4 + usize::from(high) * 256 + usize::from(low),
        _ => return bytes,
    };
    let (Some(start), Some(rest)) = (bytes.get(..first), bytes.get(first..)) else { return bytes };
    let mut filled = start.to_vec();
    let mut missing = size.saturating_sub(bytes.len());
    while missing >= 4 {
        let mut segment = missing.min(LONGEST);
        if (1..4).contains(&(missing - segment)) {
            segment -= 4;
        }
        let length = u16::try_from(segment - 2).unwrap_or(u16::MAX).to_be_bytes();
        filled.extend([0xFF, 0xFE]);
        filled.extend(length);
        filled.resize(filled.len() + segment - 4, b' ');
        missing -= segment;
    }
    filled.extend(rest);
    filled
}

/// Lengthens a PNG with a comment before its end.
fn fill_png(bytes: Vec<u8>, size: usize) -> Vec<u8> {
    const AROUND: usize = 12;
    let missing = size.saturating_sub(bytes.len());
    let text = b"Comment\0";
    let (Some(end), true) = (bytes.len().checked_sub(AROUND), missing >= AROUND + text.len()) else { return bytes };
    let (Some(start), Some(end)) = (bytes.get(..end), bytes.get(end..)) else { return bytes };
    let mut chunk = b"tEXt".to_vec();
    chunk.extend(text);
    chunk.resize(4 + missing - AROUND, b' ');
    let mut filled = start.to_vec();
    filled.extend(u32::try_from(missing - AROUND).unwrap_or(0).to_be_bytes());
    filled.extend(&chunk);
    filled.extend(crc(&chunk).to_be_bytes());
    filled.extend(end);
    filled
}

/// The check sum of a PNG chunk.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}
