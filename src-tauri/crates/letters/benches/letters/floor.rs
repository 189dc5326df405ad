//! What writing alone costs: lines that are already broken, fonts that are already subset.
//!
//! One program writes them through pdf-writer, the other through printpdf as it comes. Neither shapes, breaks lines, fills
//! templates, tags or looks for anything, so no letter engine on the same library can be much faster.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use letters::SetLetter;
use lopdf::{Document, Object};
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo};
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str};
use printpdf::{FontId, Mm, Op, ParsedFont, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem};
use std::io::Write as _;

/// A letter's pages as lines ready to write.
pub(crate) struct Ready {
    pages: Vec<Vec<String>>,
    /// The subset font programs that the letter's own PDF holds, and the same deflated.
    fonts: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Ready {
    /// What a set letter says, in lines of a hundred characters at most.
    pub(crate) fn of(letter: &SetLetter) -> Self {
        let mut lines = Vec::new();
        for paragraph in letter.text.lines() {
            let mut line = String::new();
            for word in paragraph.split_inclusive(' ') {
                if line.len() + word.len() > 100 {
                    lines.push(std::mem::take(&mut line));
                }
                line.push_str(word);
            }
            lines.push(line);
        }
        let per_page = lines.len().div_ceil(letter.pages.max(1) as usize).max(1);
        let document = Document::load_mem(&letter.pdf).expect("our own PDFs can be read");
        let fonts = document.objects.values().filter_map(|object| match object {
            Object::Stream(stream) if stream.dict.has(b"Length1") => {
                Some((stream.decompressed_content().ok()?, stream.content.clone()))
            }
            _ => None,
        });
        Self { pages: lines.chunks(per_page).map(<[String]>::to_vec).collect(), fonts: fonts.collect() }
    }

    /// The letter through pdf-writer; `packs` says whether it deflates the fonts itself or finds them deflated.
    pub(crate) fn pdf_writer(&self, packs: bool) -> Vec<u8> {
        let mut next = 0;
        let mut number = || {
            next += 1;
            Ref::new(next)
        };
        let (mut pdf, catalog, tree) = (Pdf::new(), number(), number());
        pdf.catalog(catalog).pages(tree);
        let fonts: Vec<Ref> = self
            .fonts
            .iter()
            .map(|(program, deflated)| {
                let [font, inner, descriptor, file] = [number(), number(), number(), number()];
                let name = Name(b"ABCDEF+Tinos");
                pdf.type0_font(font).base_font(name).encoding_predefined(Name(b"Identity-H")).descendant_font(inner);
                let system = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
                let mut cid = pdf.cid_font(inner);
                cid.subtype(CidFontType::Type2).base_font(name).system_info(system).font_descriptor(descriptor);
                cid.widths().consecutive(1, (0..200).map(|_| 500.0));
                cid.finish();
                pdf.font_descriptor(descriptor)
                    .name(name)
                    .flags(FontFlags::SYMBOLIC)
                    .bbox(Rect::new(0.0, 0.0, 1000.0, 1000.0))
                    .italic_angle(0.0)
                    .ascent(891.0)
                    .descent(-216.0)
                    .cap_height(662.0)
                    .stem_v(80.0)
                    .font_file2(file);
                let packed = if packs { deflate(program) } else { deflated.clone() };
                let mut stream = pdf.stream(file, &packed);
                stream.filter(Filter::FlateDecode).pair(Name(b"Length1"), program.len() as i32);
                stream.finish();
                font
            })
            .collect();
        let mut kids = Vec::new();
        for lines in &self.pages {
            let [page, contents] = [number(), number()];
            kids.push(page);
            let mut dictionary = pdf.page(page);
            dictionary.media_box(Rect::new(0.0, 0.0, 612.0, 792.0)).parent(tree).contents(contents);
            let mut resources = dictionary.resources();
            let mut named = resources.fonts();
            for (index, font) in fonts.iter().enumerate() {
                named.pair(Name(format!("F{index}").as_bytes()), *font);
            }
            named.finish();
            resources.finish();
            dictionary.finish();
            let mut content = Content::new();
            content.begin_text().set_font(Name(b"F0"), 11.5).next_line(72.0, 720.0);
            for line in lines {
                let codes: Vec<u8> = line.chars().flat_map(|c| (c as u16 % 200).to_be_bytes()).collect();
                content.show(Str(&codes)).next_line(0.0, -14.0);
            }
            content.end_text();
            let packed = deflate(&content.finish());
            pdf.stream(contents, &packed).filter(Filter::FlateDecode);
        }
        let count = kids.len() as i32;
        pdf.pages(tree).kids(kids).count(count);
        pdf.finish()
    }

    /// The letter through printpdf as it comes: whole faces, because its own subsetting needs a feature that brings a
    /// GUI toolkit along.
    pub(crate) fn printpdf(&self, font: &ParsedFont) -> Vec<u8> {
        let mut document = PdfDocument::new("Letter");
        let font: FontId = document.add_font(font);
        for lines in &self.pages {
            let mut ops = vec![
                Op::StartTextSection,
                Op::SetTextCursor { pos: Point { x: Pt(72.0), y: Pt(720.0) } },
                Op::SetFont { font: PdfFontHandle::External(font.clone()), size: Pt(11.5) },
                Op::SetLineHeight { lh: Pt(14.0) },
            ];
            for line in lines {
                ops.push(Op::ShowText { items: vec![TextItem::Text(line.clone())] });
                ops.push(Op::AddLineBreak);
            }
            ops.push(Op::EndTextSection);
            document.pages.push(PdfPage::new(Mm(215.9), Mm(279.4), ops));
        }
        document.save(&PdfSaveOptions::default(), &mut Vec::new())
    }
}

pub(crate) fn whole_face() -> ParsedFont {
    let bytes = include_bytes!("../../fonts/Tinos-Regular.ttf");
    ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).expect("a bundled face can be read")
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory can be written")
}
