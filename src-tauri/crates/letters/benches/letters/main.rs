//! Letters a second, and what others take for the same letters.
//!
//! `cargo xtask bench letters` brings the others (Chromium, WeasyPrint, LibreOffice) and runs this; one that is not there
//! is `null`. Processor time is what counts, because the machine is shared: of the fastest of several rounds for what runs
//! in this process, of one run over all letters, its start included, for the others. The last line is one JSON object:
//!
//! - `letters_per_second`: letters of one page on one core, templates resolved and findings computed, one file each;
//! - `of_floor`: that speed, as a part of the speed of a program that writes ready lines through pdf-writer and deflates
//!   what it writes; `of_bare_floor`: the same, of one that finds its fonts deflated;
//! - `vs_chromium` and so on: how many times less processor time a letter takes here.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a bench says what it measured")]
#![expect(clippy::expect_used, reason = "a letter that cannot be set ends the bench")]
#![expect(clippy::panic, reason = "a program, not a library")]

mod cases;
mod floor;
mod measure;

use cases::{Kind, LETTERS};
use floor::Ready;
use letters::{Merger, Press, batch};
use measure::{Cost, fastest, run};
use std::io::BufWriter;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const ROUNDS: usize = 12;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--run") {
        let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
        return job(arguments.get(at + 1).map_or("", String::as_str), number(at + 2), number(at + 3) as u32);
    }
    let kinds = [1, 3].map(Kind::of);
    let [one, three] = kinds.map(|kind| figures(&kind));
    let (few, many) = (batch_cost(500), batch_cost(5000));
    let vs = |peer: Option<Cost>, ours: Duration| {
        shown(peer.map(|peer| (peer.cpu.as_secs_f64() / LETTERS as f64) / ours.as_secs_f64()), 1)
    };
    let per_second = |each: Duration| 1.0 / each.as_secs_f64();
    let mib = |cost: Option<Cost>| shown(cost.map(|cost| cost.peak as f64), 0);
    println!(
        "{{\"bench\":\"letters\",\"letters_per_second\":{:.0},\"of_floor\":{:.2},\"of_bare_floor\":{:.2},\
         \"vs_chromium\":{},\"vs_weasyprint\":{},\"vs_libreoffice\":{},\"vs_printpdf\":{:.1},\"kib\":{:.1},\
         \"three_pages\":{{\"letters_per_second\":{:.0},\"ms\":{:.2},\"of_floor\":{:.2},\"vs_chromium\":{},\
         \"vs_weasyprint\":{},\"vs_libreoffice\":{},\"kib\":{:.1}}},\"merged_kib_a_letter\":{:.1},\"merge_ms_a_letter\":{:.2},\
         \"batch_letters_per_second\":{},\"batch_peak_mib_500\":{},\"batch_peak_mib_5000\":{}}}",
        per_second(one.ours),
        one.floor.as_secs_f64() / one.ours.as_secs_f64(),
        one.bare_floor.as_secs_f64() / one.ours.as_secs_f64(),
        vs(one.chromium, one.ours),
        vs(one.weasyprint, one.ours),
        vs(one.libreoffice, one.ours),
        one.printpdf.as_secs_f64() / one.ours.as_secs_f64(),
        one.kib,
        per_second(three.ours),
        three.ours.as_secs_f64() * 1000.0,
        three.floor.as_secs_f64() / three.ours.as_secs_f64(),
        vs(three.chromium, three.ours),
        vs(three.weasyprint, three.ours),
        vs(three.libreoffice, three.ours),
        three.kib,
        one.merged_kib,
        one.merging.as_secs_f64() * 1000.0,
        shown(many.map(|cost| 5000.0 / cost.wall.as_secs_f64()), 0),
        mib(few),
        mib(many),
    );
}

fn shown(value: Option<f64>, decimals: usize) -> String {
    value.map_or("null".to_owned(), |value| format!("{value:.decimals$}"))
}

/// What the letters of one kind took, each.
struct Figures {
    ours: Duration,
    floor: Duration,
    bare_floor: Duration,
    printpdf: Duration,
    merging: Duration,
    kib: f64,
    merged_kib: f64,
    chromium: Option<Cost>,
    weasyprint: Option<Cost>,
    libreoffice: Option<Cost>,
}

fn figures(kind: &Kind) -> Figures {
    let each = |all: Duration| all / LETTERS as u32;
    let mut bytes = 0;
    let ours = each(fastest(ROUNDS, || {
        let mut press = Press::new().expect("the typefaces load");
        bytes = (0..LETTERS).map(|letter| kind.set(letter, &mut press).expect("it can be set").pdf.len()).sum();
    }));
    let mut press = Press::new().expect("the typefaces load");
    let set: Vec<_> = (0..LETTERS).map(|letter| kind.set(letter, &mut press).expect("it can be set")).collect();
    assert!(set.iter().all(|letter| letter.pages == kind.pages), "letters of {} pages", kind.pages);
    let mut merged = 0;
    let merging = each(fastest(3, || {
        let mut merger = Merger::new(Vec::new()).expect("memory can be written");
        for letter in &set {
            merger.add(&letter.pdf).expect("our own PDFs can be read");
        }
        merged = merger.finish().expect("there are letters").len();
    }));
    let ready: Vec<Ready> = set.iter().map(Ready::of).collect();
    let mut floors = [true, false].map(|packs| {
        let mut bytes = 0;
        let time =
            each(fastest(ROUNDS, || bytes = ready.iter().map(|ready| ready.pdf_writer(packs).len()).sum::<usize>()));
        (time, bytes / LETTERS)
    });
    let face = floor::whole_face();
    let mut stock_bytes = 0;
    let few = ready.get(..10).unwrap_or(&ready);
    let printpdf =
        fastest(3, || stock_bytes = few.iter().map(|ready| ready.printpdf(&face).len()).sum()) / few.len() as u32;
    let folder = write_html(kind);
    let [(floor, floor_bytes), (bare_floor, _)] = floors.each_mut().map(|floor| *floor);
    let figures = Figures {
        ours,
        floor,
        bare_floor,
        printpdf,
        merging,
        kib: bytes as f64 / 1024.0 / LETTERS as f64,
        merged_kib: merged as f64 / 1024.0 / LETTERS as f64,
        chromium: chromium(&folder),
        weasyprint: weasyprint(&folder),
        libreoffice: libreoffice(&folder),
    };
    println!("{} page(s), {LETTERS} letters", kind.pages);
    println!("  {:<28}{:>10}{:>10}{:>12}{:>12}", "", "CPU ms", "wall ms", "peak MiB", "KiB");
    let line =
        |name: &str, cpu: Duration, rest: String| println!("  {name:<28}{:>10.3}{rest}", cpu.as_secs_f64() * 1000.0);
    let single = run(own("single", LETTERS, kind.pages).stdout(Stdio::null()));
    let wall = |cost: Option<Cost>| {
        cost.map_or(String::new(), |cost| {
            format!("{:>10.3}{:>12}", cost.wall.as_secs_f64() * 1000.0 / LETTERS as f64, cost.peak)
        })
    };
    line("this engine, single files", ours, format!("{}{:>12.1}", wall(single), figures.kib));
    line("this engine, merging", merging, format!("{:>34.1}", figures.merged_kib));
    line("floor (pdf-writer)", floor, format!("{:>34.1}", floor_bytes as f64 / 1024.0));
    line("bare floor (fonts deflated)", bare_floor, String::new());
    line("printpdf as it comes", printpdf, format!("{:>34.1}", stock_bytes as f64 / 1024.0 / few.len() as f64));
    for (name, peer) in
        [("Chromium", figures.chromium), ("WeasyPrint", figures.weasyprint), ("LibreOffice", figures.libreoffice)]
    {
        match peer {
            Some(cost) => line(name, each(cost.cpu), wall(peer)),
            None => println!("  {name:<28}    absent"),
        }
    }
    figures
}

/// This program, doing one job.
fn own(job: &str, count: usize, pages: u32) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program is a file"));
    command.args(["--run", job, &count.to_string(), &pages.to_string()]);
    command
}

fn batch_cost(count: usize) -> Option<Cost> {
    run(own("batch", count, 1).stdout(Stdio::null()))
}

/// Jobs that are measured as programs of their own.
fn job(name: &str, count: usize, pages: u32) {
    let kind = Kind::of(pages);
    match name {
        "single" => {
            let mut press = Press::new().expect("the typefaces load");
            for letter in 0..count {
                std::hint::black_box(kind.set(letter, &mut press).expect("it can be set"));
            }
        }
        // A print run on all cores: one merged file on the disk.
        "batch" => {
            let path = folder("batch").join(format!("run-{count}.pdf"));
            let file = std::fs::File::create(&path).expect("the target folder can be written");
            let mut merger = Merger::new(BufWriter::new(file)).expect("the file can be written");
            let set = |letter: usize, press: &mut Press| kind.set(letter, press);
            let end = batch(count, std::thread::available_parallelism().ok().or(NonZero::new(1)), set, |_, letter| {
                merger.add(&letter.expect("it can be set").pdf).expect("our own PDFs can be read");
                ControlFlow::Continue(())
            });
            end.expect("the typefaces load");
            merger.finish().expect("there are letters");
            std::fs::remove_file(path).expect("the file was there");
        }
        unknown => panic!("no job is called {unknown}"),
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-letters").join(name);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

fn write_html(kind: &Kind) -> PathBuf {
    let folder = folder(&format!("html-{}", kind.pages));
    for letter in 0..LETTERS {
        std::fs::write(folder.join(format!("{letter:03}.html")), kind.html(letter)).expect("a file can be written");
    }
    folder
}

/// A program that `cargo xtask bench` found or brought.
fn peer(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from).filter(|path| path.exists())
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/letters/peers").join(name)
}

/// The cost of a run that left a PDF for every letter.
fn complete(cost: Option<Cost>, folder: &Path) -> Option<Cost> {
    let made =
        std::fs::read_dir(folder).ok()?.flatten().filter(|entry| entry.path().extension().is_some_and(|e| e == "pdf"));
    let count = made.count();
    if count != LETTERS {
        eprintln!("a peer left {count} of {LETTERS} PDFs");
        return None;
    }
    for letter in 0..LETTERS {
        let _ = std::fs::remove_file(folder.join(format!("{letter:03}.pdf")));
    }
    cost
}

fn chromium(folder: &Path) -> Option<Cost> {
    let (python, chromium) = (peer("BENCH_PYTHON")?, peer("BENCH_CHROMIUM")?);
    complete(run(Command::new(python).arg(script("chromium.py")).arg(chromium).arg(folder)), folder)
}

fn weasyprint(folder: &Path) -> Option<Cost> {
    let python = peer("BENCH_WEASYPRINT")?;
    complete(run(Command::new(python).arg(script("weasy.py")).arg(folder)), folder)
}

fn libreoffice(folder: &Path) -> Option<Cost> {
    let office = peer("BENCH_LIBREOFFICE")?;
    let profile = self::folder("libreoffice");
    let files = (0..LETTERS).map(|letter| folder.join(format!("{letter:03}.html")));
    let mut command = Command::new(office);
    command
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir"])
        .arg(folder)
        .args(files)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    complete(run(&mut command), folder)
}
