//! What HTML becomes, by table, and what hostile HTML cannot do.

use super::*;
use crate::blocks::{Family, Rise};
use crate::pictures::Pictures;
use crate::wording;

fn read(html: &str) -> (Vec<Block>, BTreeSet<Finding>) {
    let mut findings = BTreeSet::new();
    let blocks = pieces(&[Piece::Html(html.to_owned()), Piece::EndOfBlock], &mut findings);
    (blocks, findings)
}

fn pieces(pieces: &[Piece], findings: &mut BTreeSet<Finding>) -> Vec<Block> {
    let mut pictures = Pictures::default();
    blocks(pieces, &mut Album::new(&mut pictures, &[]), findings, false)
}

/// Blocks in a notation short enough for a table.
fn show(blocks: &[Block]) -> String {
    blocks.iter().map(show_block).collect::<Vec<_>>().join(" ")
}

fn show_block(block: &Block) -> String {
    match block {
        Block::Paragraph { text, role, style } => {
            let mut shown = String::new();
            for (run, look) in text.runs() {
                let mut marks: String =
                    [(look.bold, "b"), (look.italic, "i"), (look.underline, "u"), (look.strike, "s")]
                        .iter()
                        .filter_map(|(on, mark)| on.then_some(*mark))
                        .collect();
                marks += match look.family {
                    Family::Serif => "",
                    Family::Sans => "S",
                    Family::Mono => "M",
                };
                marks += match look.rise {
                    Rise::None => "",
                    Rise::Super => "+",
                    Rise::Sub => "-",
                };
                if look.size != 0 {
                    marks += &look.size.to_string();
                }
                if look.colour != [0; 3] {
                    marks += &format!("#{:02x}{:02x}{:02x}", look.colour[0], look.colour[1], look.colour[2]);
                }
                shown += &if marks.is_empty() { run.to_owned() } else { format!("{marks}<{run}>") };
            }
            assert_eq!(text.looks.last().unwrap().0, text.text.len(), "looks cover the text");
            let role = match role {
                Role::Paragraph => "p".to_owned(),
                Role::Line => "l".to_owned(),
                Role::Heading(level) => format!("h{level}"),
            };
            let mut align = match style.align {
                Align::Start => "",
                Align::Center => "^",
                Align::End => ">",
                Align::Justify => "=",
            }
            .to_owned();
            for (name, value) in [("l", style.left), ("r", style.right), ("i", style.indent)] {
                if value != 0 {
                    align += &format!("{name}{value}");
                }
            }
            for (name, value) in [("↑", style.before), ("↓", style.after)] {
                if let Some(value) = value {
                    align += &format!("{name}{value}");
                }
            }
            if style.leading != 0 {
                align += &format!("h{}", style.leading);
            }
            format!("{role}{align}({})", shown.replace('\n', "⏎"))
        }
        Block::Blank => "blank".into(),
        Block::Rule => "rule".into(),
        Block::PageBreak => "break".into(),
        Block::Image(image) => format!("image({})", image.alt),
        Block::List { marker, items } => {
            let items: Vec<_> = items.iter().map(|item| format!("[{}]", show(item))).collect();
            format!(
                "list{}{}",
                if let Marker::Bullet(_) = marker { String::new() } else { marker.of(0).replace('.', "") },
                items.concat()
            )
        }
        Block::Quote(blocks) => format!("quote[{}]", show(blocks)),
        Block::Table(Table { rows, .. }) => {
            let row = |row: &Row| {
                let cell = |cell: &Cell| {
                    let span = if cell.span > 1 { cell.span.to_string() } else { String::new() };
                    format!("{span}{}", show(&cell.blocks))
                };
                let cells: Vec<_> = row.cells.iter().map(cell).collect();
                format!("{}[{}]", if row.header { "head" } else { "row" }, cells.join("|"))
            };
            format!("table({})", rows.iter().map(row).collect::<Vec<_>>().join(""))
        }
        Block::Items => "ITEMS".into(),
        Block::Signature => "SIGNATURE".into(),
    }
}

#[test]
fn supported_html_becomes_blocks() {
    for (html, expected) in [
        ("plain  text\n here", "l(plain text here)"),
        ("<p>One</p><p>Two", "p(One) p(Two)"),
        ("<div>One</div><div>Two</div>", "l(One) l(Two)"),
        ("<p>a<br>b<br></p>", "p(a⏎b)"),
        ("a<br><br>b", "l(a) blank l(b)"),
        ("<p>a<br/><br/>b</p>", "p(a) p(b)"),
        ("<p><br></p><p>&nbsp;</p><p></p>", "blank blank"),
        ("<p>a <b>bold <i>both</i></b> end</p>", "p(a b<bold >bi<both> end)"),
        ("<b>a<i>b</b>c</i>d", "l(b<a>bi<b>i<c>d)"),
        ("<b style='font-weight: normal'>x</b><span style='font-weight:700;font-style:italic'>y</span>", "l(xbi<y>)"),
        ("<u>a</u><s>b</s><span style='text-decoration: line-through underline'>c</span>", "l(u<a>s<b>us<c>)"),
        ("<p style='text-align:center'>a</p><p align=right>b</p><p>c</p>", "p^(a) p>(b) p(c)"),
        ("<div style='text-align:justify'><p>a</p><h2>b</h2></div>c", "p=(a) h2=(b) l(c)"),
        ("<h1>A</h1><h5>B</h5>", "h1(A) h3(B)"),
        ("<ul><li>a<li>b<ol start=3><li>c</li></ol></ul>", "list[l(a)][l(b) list3[l(c)]]"),
        ("<ul><li><p>a</p></li></ul>b", "list[p(a)] l(b)"),
        ("<blockquote>q<p>r</p></blockquote><hr>", "quote[l(q) p(r)] rule"),
        (
            "<table><thead><tr><th>A<th>B</thead><tr><td>1<td style='text-align:right'>2</table>t",
            "table(head[l(b<A>)|l(b<B>)]row[l(1)|l>(2)]) l(t)",
        ),
        ("<a href='https://example.com'>link</a>", "l(link)"),
        ("1 &lt; 2 &amp; caf&eacute;", "l(1 < 2 & café)"),
        ("a\u{AD}b\u{200B}c\u{7}", "l(abc)"),
        ("</p></li></table></b>x", "l(x)"),
        ("<p>\u{A0}\u{A0}indented</p>", "p(\u{A0}\u{A0}indented)"),
        ("x<sup>2</sup><span style='color:#f00;font-size:14pt;font-family:Arial'>y</span>", "l(x+<2>S140#ff0000<y>)"),
        ("<font face='Courier New' size=4 color=navy>z</font>", "l(M135#000080<z>)"),
        ("<div style='font-size:20pt'>a<span style='font-size:50%'>b</span></div>", "l(200<a>100<b>)"),
        (
            "<p style='margin: 10pt 0 5pt 20pt; text-indent: 30pt; line-height: 1.5'>a</p><p>b</p>",
            "pl200i300↑100↓50h150(a) p(b)",
        ),
        ("<div style='margin-left:40px'><p>a</p><ul><li>b</ul></div>", "pl300(a) list[l(b)]"),
        ("a<div style='page-break-after:always'></div>b<hr class=pagebreak>c", "l(a) break l(b) break l(c)"),
        ("<p style='page-break-before: always'>x</p><pagebreak>", "break p(x) break"),
        (
            "<ol type=a><li>x</ol><ol style='list-style-type: upper-roman' start=4><li>y</ol>",
            "lista[l(x)] listIV[l(y)]",
        ),
        (
            "<table><caption>Items</caption><tr><td colspan=2>a<tr><td rowspan=2>b<td>c<tr><td>d</table>",
            "table(row[2l^(Items)]row[2l(a)]row[l(b)|l(c)]row[|l(d)])",
        ),
        ("<table border=0><tbody><tr><th>k<td>v</table>", "table(row[l(b<k>)|l(v)])"),
        ("15 U.S.C. § 1681i and §§ 2", "l(15 U.S.C. §\u{A0}1681i and §§\u{A0}2)"),
        ("<pre>a  b\nc</pre>", "p(M<a\u{A0}\u{A0}b⏎c>)"),
        ("<dl><dt>t<dd>d</dl>", "l(b<t>) ll220(b<d>)"),
        ("<q>x</q><small>y</small><code>z</code>", "l(“x”98<y>M<z>)"),
    ] {
        let (blocks, _) = read(html);
        assert_eq!(show(&blocks), expected, "{html}");
        assert_written_again(&blocks, html);
    }
}

/// Blocks written as HTML are read as the same blocks, unless they nest so deep that they cannot be written out whole.
fn assert_written_again(blocks: &[Block], html: &str) {
    let written = wording::written(blocks, &[]);
    let (again, findings) = read(&written);
    if !findings.contains(&Finding::NestedTooDeep) {
        assert_eq!(again, blocks, "{html} was written as {written}");
    }
}

#[test]
fn blocks_without_text_split_the_paragraph_they_stand_in() {
    let pieces = [Piece::Html("<p>a ".into()), Piece::Items, Piece::Html(" b</p>".into()), Piece::EndOfBlock];
    assert_eq!(show(&self::pieces(&pieces, &mut BTreeSet::new())), "p(a) ITEMS l(b)");
}

#[test]
fn what_a_block_leaves_open_ends_with_it() {
    let pieces = [
        Piece::Html("<ul><li><b>a<div align=center>".into()),
        Piece::EndOfBlock,
        Piece::Html("c<a title='".into()),
        Piece::EndOfBlock,
        Piece::Html("d".into()),
    ];
    assert_eq!(show(&self::pieces(&pieces, &mut BTreeSet::new())), "list[l(b<a>)] l(c) l(d)");
}

#[test]
fn unknown_elements_keep_their_text_and_are_reported() {
    let (blocks, findings) =
        read("<p>H<sub>2</sub>O <marquee>now</marquee></p><blink>x</blink><img src=x alt='A dog'>");
    assert_eq!(show(&blocks), "p(H-<2>O now) l(xA dog)");
    assert_eq!(
        findings.into_iter().collect::<Vec<_>>(),
        [
            Finding::UnknownElement("blink".into()),
            Finding::UnknownElement("marquee".into()),
            Finding::RefusedImage { number: 1, why: crate::finding::Refusal::NotAttached }
        ]
    );
}

#[test]
fn scripts_and_styles_never_appear() {
    for html in [
        "<script>alert(1)</script>x",
        "<SCRIPT SRC=//evil>alert(1)</SCRIPT >x",
        "<style>p{}</style>x",
        "<svg><style><a>y</a></style></svg>x",
        "<iframe srcdoc='<p>y</p>'>y</iframe>x",
        "<noscript><p>y</noscript>x",
        "<title>y</title><textarea>y</textarea>x",
        "<script><!--<script>y</script>--></script>x",
    ] {
        let (blocks, findings) = read(html);
        assert_eq!(show(&blocks), "l(x)", "{html}");
        assert!(findings.iter().any(|finding| matches!(finding, Finding::RemovedElement(_))), "{html}");
    }
}

#[test]
fn endless_nesting_is_flattened_and_reported() {
    for open in ["<ul><li>", "<blockquote>", "<table><tr><td>", "<div>", "<b>", "<span style='font-weight:bold'>"] {
        let html = format!("{}deep", open.repeat(20_000));
        let (blocks, findings) = read(&html);
        assert!(show(&blocks).contains("deep"), "{open}");
        let is_inline = matches!(open, "<div>" | "<b>") || open.starts_with("<span");
        assert_eq!(findings.contains(&Finding::NestedTooDeep), !is_inline, "{open}");
    }
}

#[test]
fn a_table_of_endless_columns_is_taken_apart() {
    let (blocks, findings) = read(&format!("<table><tr>{}</table>", "<td>x".repeat(500)));
    assert_eq!(blocks.len(), 500);
    assert!(findings.contains(&Finding::TableTooWide));
}

#[test]
fn random_markup_is_read_without_harm() {
    // The fragments are put together in 20,000 ways that a generator with a fixed start decides.
    const PARTS: [&str; 24] = [
        "<p",
        ">",
        "</p>",
        "<table>",
        "<td ",
        "</",
        "li>",
        "<ol>",
        "x",
        "&",
        "&#x",
        "<!--",
        "-->",
        "<script>",
        "</script",
        "'",
        "\"",
        "<b>",
        "</i>",
        "style=text-align:center",
        " ",
        "\u{0}",
        "ü",
        "<blockquote>",
    ];
    let mut state = 7_u64;
    for _ in 0..20_000 {
        let mut html = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            html.push_str(PARTS[(state >> 33) as usize % PARTS.len()]);
        }
        assert_written_again(&read(&html).0, &html);
    }
}
