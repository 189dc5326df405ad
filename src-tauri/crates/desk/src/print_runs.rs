//! Print runs: any number of letters as one job, what came out of the printer, and what follows from it.
//!
//! The job is put together letter by letter, so memory holds one letter and the growing job. Until the print system has
//! it, a run can be cancelled and nothing was printed. Whether paper came out well only the agent knows: a confirmation
//! opens the follow-ups of the good letters, and the jammed ones can be printed again.

use crate::contract::{
    DeskEvent, Empty, Id, LetterSaved, ManifestFormat, PrintRunConfirm, PrintRunConfirmed, PrintRunDetail,
    PrintRunLetter, PrintRunManifest, PrintRunProgress, PrintRunRow, PrintRunStage, PrintRunStart, PrinterRow, Topic,
    TrayRow,
};
use crate::desk::Open;
use crate::gate::day_or_today;
use crate::library::bureau_code;
use crate::manifest;
use crate::ports::PrintJob;
use crate::printing::{bytes, chosen, file_text, write_whole};
use crate::{Desk, Error};
use ::letters::{LetterError, Merger};
use domain::gate::Medium;
use domain::outbox::{DocumentFile, FileRef, Intent, OutboxRow};
use domain::{
    LetterId, LetterState, PaperChoice, PrintRun, PrintRunState, PrintedLetter, RecipientKind, Release, ReleaseWay,
    SentBy, postage, sheets, weight,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::sync::PoisonError;
use store::LetterRecord;
use tokio_util::sync::CancellationToken;

/// Runs that are listed.
const MOST_RUNS: u32 = 200;

/// Copies of each letter at most.
const MOST_COPIES: u16 = 20;

/// The window is told after so many letters.
const TELL_EVERY: u32 = 25;

impl Desk {
    /// The printers of this computer.
    ///
    /// # Errors
    /// [`Error::Print`].
    pub async fn printer_list(&self, _: Empty) -> Result<Vec<PrinterRow>, Error> {
        let printers = self.inner.ports.printers.list().await?;
        Ok(printers
            .into_iter()
            .map(|printer| PrinterRow {
                name: printer.name,
                label: printer.label,
                is_default: printer.is_default,
                ready: printer.ready,
                duplex: printer.duplex,
                trays: printer.trays.into_iter().map(|tray| TrayRow { name: tray.name, label: tray.label }).collect(),
            })
            .collect())
    }

    /// Prints letters as one job, in the order given, and waits until the print system has it.
    ///
    /// # Errors
    /// An unknown or discarded letter, [`Error::Held`] when the gate holds any of them: then there is no run.
    /// [`Error::Print`] and [`Error::Cancelled`] leave a run that says so, and nothing was printed.
    /// [`Error::PrintedUnmarked`] after the job was taken.
    pub async fn print_run_start(&self, start: PrintRunStart) -> Result<PrintRunRow, Error> {
        let open = self.ready().await?;
        if !(1..=MOST_COPIES).contains(&start.copies) {
            return Err(Error::bad("copies", format!("between 1 and {MOST_COPIES}")));
        }
        let letters = chosen(&open, &start.ids).await?;
        let paper = PaperChoice {
            printer: start.printer,
            tray: start.tray.filter(|tray| !tray.is_empty()),
            duplex: start.duplex,
            copies: start.copies,
        };
        self.run(&open, letters, paper, None).await
    }

    /// Prints the jammed letters of a run again, on the same paper.
    ///
    /// # Errors
    /// As [`Desk::print_run_start`]; [`Error::BadRequest`] when none jammed.
    pub async fn print_run_reprint(&self, id: Id) -> Result<PrintRunRow, Error> {
        let open = self.ready().await?;
        let run = open.store.print_run(&id.id).await?.ok_or(Error::NotFound("print run"))?;
        let jammed = run.letters.iter().filter(|letter| letter.came_out == Some(false));
        let ids: Vec<String> = jammed.map(|letter| letter.letter.to_string()).collect();
        if ids.is_empty() {
            return Err(Error::bad("id", "none of this run's letters is said to have jammed"));
        }
        let letters = chosen(&open, &ids).await?;
        self.run(&open, letters, run.paper, Some(run.id)).await
    }

    /// Stops the run that is being put together, if one is.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn print_run_cancel(&self, _: Empty) -> Result<Empty, Error> {
        self.inner.printing.lock().unwrap_or_else(PoisonError::into_inner).cancel();
        Ok(Empty {})
    }

    /// Print runs, newest first.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn print_run_list(&self, _: Empty) -> Result<Vec<PrintRunRow>, Error> {
        let open = self.ready().await?;
        let runs = open.store.print_runs(MOST_RUNS).await?;
        let numbers: HashMap<&str, u32> = runs.iter().map(|run| (run.id.as_str(), run.number)).collect();
        Ok(runs.iter().map(|run| row(run, run.reprint_of.as_deref().and_then(|of| numbers.get(of)).copied())).collect())
    }

    /// One run with its letters.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn print_run_get(&self, id: Id) -> Result<PrintRunDetail, Error> {
        let open = self.ready().await?;
        detail(&open, &id.id).await
    }

    /// Says what came out well. Those letters are mailed: their answers are awaited, and with `file` their PDFs are filed
    /// with their clients by the outbox.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a run that is not waiting for it, a letter that is not in it, or a day that is not one.
    pub async fn print_run_confirm(&self, confirm: PrintRunConfirm) -> Result<PrintRunConfirmed, Error> {
        let open = self.ready().await?;
        let run = open.store.print_run(&confirm.id).await?.ok_or(Error::NotFound("print run"))?;
        match run.state {
            PrintRunState::Printed => {}
            PrintRunState::Confirmed => return Err(Error::bad("id", "this run is confirmed already")),
            PrintRunState::Printing => return Err(Error::bad("id", "this run is still on its way to the printer")),
            PrintRunState::Failed | PrintRunState::Cancelled => {
                return Err(Error::bad("id", "nothing of this run was printed"));
            }
        }
        if let Some(stranger) =
            confirm.jammed.iter().find(|id| !run.letters.iter().any(|letter| letter.letter.0 == **id))
        {
            return Err(Error::bad("jammed", format!("letter {stranger} is not in this run")));
        }
        let mailed = day_or_today(confirm.mailed_on.as_deref(), "mailedOn", self.inner.ports.clock.today())?;
        let now = self.inner.ports.clock.now();
        let (mut rows, mut files, mut out) = (Vec::new(), Vec::new(), Vec::new());
        let mut write = open.store.write().await?;
        for printed in &run.letters {
            let well = !confirm.jammed.contains(&printed.letter.0);
            write.set_came_out(&run.id, &printed.letter, well).await?;
            let Some(record) = open.store.letter(&printed.letter).await?.filter(|_| well) else { continue };
            // What has no postal address is not mailed, whatever came out of the printer.
            if record.letter.recipient.address.is_none() {
                continue;
            }
            write.open_follow_up(&printed.letter, SentBy::Mail, mailed, now).await?;
            if confirm.file && record.sent.is_none() {
                let pdf = bytes(&open, &record).await?;
                let hash = crate::letters::digest(&pdf);
                rows.extend(self.filing(&record, mailed, &hash, pdf.len() as u64));
                files.push((hash, pdf));
            }
            out.push(printed.letter.clone());
        }
        for (hash, pdf) in &files {
            write.keep_outbox_file(hash, pdf).await?;
        }
        write.enqueue(&rows).await?;
        write.move_print_run(&run.id, PrintRunState::Confirmed, None, None).await?;
        write.commit().await?;
        self.changed(&[Topic::PrintRuns, Topic::FollowUps, Topic::Letters, Topic::Items]);
        if !rows.is_empty() {
            self.queued(&open).await;
        }
        let mut follow_ups = Vec::with_capacity(out.len());
        for letter in out {
            if let Some(follow_up) = open.store.follow_up(&letter).await? {
                follow_ups.push(self.follow_up_row(follow_up));
            }
        }
        Ok(PrintRunConfirmed {
            detail: detail(&open, &run.id).await?,
            follow_ups,
            queued: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        })
    }

    /// Asks where, and saves a run's manifest.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::File`].
    pub async fn print_run_manifest(&self, ask: PrintRunManifest) -> Result<LetterSaved, Error> {
        let open = self.ready().await?;
        let run = open.store.print_run(&ask.id).await?.ok_or(Error::NotFound("print run"))?;
        let name = match ask.format {
            ManifestFormat::Pdf => format!("Print run {}.pdf", run.number),
            ManifestFormat::Csv => format!("Print run {}.csv", run.number),
        };
        match self.inner.ports.dialogs.save_file(&name).await {
            Some(path) => self.print_run_manifest_to(&ask.id, ask.format, &path).await,
            None => Ok(LetterSaved { files: Vec::new() }),
        }
    }

    /// Saves a run's manifest at a known place.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::File`]; the file is written whole or not at all.
    pub async fn print_run_manifest_to(
        &self,
        id: &str,
        format: ManifestFormat,
        path: &Path,
    ) -> Result<LetterSaved, Error> {
        let open = self.ready().await?;
        let detail = detail(&open, id).await?;
        let bytes = match format {
            ManifestFormat::Csv => manifest::csv(&detail).into_bytes(),
            ManifestFormat::Pdf => {
                let today = self.inner.ports.clock.today();
                self.with_press(|press| manifest::pdf(press, &detail, today)).await?
            }
        };
        write_whole(path.to_owned(), bytes).await?;
        Ok(LetterSaved { files: vec![file_text(path)] })
    }

    async fn run(
        &self,
        open: &Arc<Open>,
        letters: Vec<LetterRecord>,
        paper: PaperChoice,
        reprint_of: Option<String>,
    ) -> Result<PrintRunRow, Error> {
        self.gate(open, &letters, Medium::Paper).await?;
        let mut run = PrintRun {
            id: uuid::Uuid::now_v7().to_string(),
            number: 0,
            reprint_of,
            paper,
            state: PrintRunState::Printing,
            job: None,
            failure: None,
            started: self.inner.ports.clock.now(),
            by: open.account.agent.clone(),
            letters: letters
                .iter()
                .map(|record| PrintedLetter {
                    letter: record.letter.id.clone(),
                    pages: record.letter.pages,
                    came_out: None,
                })
                .collect(),
        };
        let cancel = CancellationToken::new();
        *self.inner.printing.lock().unwrap_or_else(PoisonError::into_inner) = cancel.clone();
        let mut write = open.store.write().await?;
        run.number = write.add_print_run(&run).await?;
        let facts = BTreeMap::new();
        let release = Release { way: ReleaseWay::Print, at: run.started, by: run.by.clone(), facts };
        for printed in &run.letters {
            write.add_letter_release(&printed.letter, &release).await?;
        }
        write.commit().await?;
        self.changed(&[Topic::PrintRuns]);
        let taken = self.hand_over(open, &run, &letters, &cancel).await;
        match &taken {
            Ok(job) => (run.state, run.job) = (PrintRunState::Printed, Some(job.clone())),
            Err(Error::Cancelled) => run.state = PrintRunState::Cancelled,
            Err(error) => (run.state, run.failure) = (PrintRunState::Failed, Some(error.problem().message)),
        }
        let marked = self.mark(open, &run, &letters).await;
        self.changed(&[Topic::PrintRuns, Topic::Letters]);
        match (taken, marked) {
            (Err(error), _) => Err(error),
            (Ok(job), Err(error)) => Err(Error::PrintedUnmarked { job, why: error.problem() }),
            (Ok(_), Ok(())) => Ok(detail(open, &run.id).await?.run),
        }
    }

    /// Puts the job together and gives it to the print system; answers its name there.
    async fn hand_over(
        &self,
        open: &Open,
        run: &PrintRun,
        letters: &[LetterRecord],
        cancel: &CancellationToken,
    ) -> Result<String, Error> {
        let pdf = self.merged(open, &run.id, letters, run.paper.duplex, cancel).await?;
        let title = match letters.len() {
            1 => format!("Dispute Desk run {}: 1 letter", run.number),
            count => format!("Dispute Desk run {}: {count} letters", run.number),
        };
        let job =
            PrintJob { title, pdf, tray: run.paper.tray.clone(), duplex: run.paper.duplex, copies: run.paper.copies };
        if cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        Ok(self.inner.ports.printers.print(&run.paper.printer, job).await?)
    }

    /// All letters in one PDF. On both sides of the paper, each begins on a new sheet.
    async fn merged(
        &self,
        open: &Open,
        run: &str,
        letters: &[LetterRecord],
        duplex: bool,
        cancel: &CancellationToken,
    ) -> Result<Vec<u8>, Error> {
        if let [only] = letters {
            return bytes(open, only).await;
        }
        let (give, mut take) = tokio::sync::mpsc::channel::<Vec<u8>>(4);
        let merging = tokio::task::spawn_blocking(move || {
            let mut merger = Merger::new(Vec::new())?;
            while let Some(pdf) = take.blocking_recv() {
                let pages = merger.add(&pdf)?;
                if duplex && pages % 2 == 1 {
                    merger.add_blank()?;
                }
            }
            merger.finish()
        });
        let total = u32::try_from(letters.len()).unwrap_or(u32::MAX);
        for (done, record) in (0_u32..).zip(letters) {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            if done % TELL_EVERY == 0 {
                self.tell(DeskEvent::PrintRun(PrintRunProgress { id: run.to_owned(), done, total }));
            }
            // It stopped over a letter that it could not read, and says so below.
            if give.send(bytes(open, record).await?).await.is_err() {
                break;
            }
        }
        drop(give);
        let merged: Result<Vec<u8>, LetterError> = merging.await.map_err(|error| Error::Internal(error.to_string()))?;
        self.tell(DeskEvent::PrintRun(PrintRunProgress { id: run.to_owned(), done: total, total }));
        Ok(merged?)
    }

    /// Keeps what became of a run. Letters that are on paper are marked whatever became of them meanwhile.
    async fn mark(&self, open: &Open, run: &PrintRun, letters: &[LetterRecord]) -> Result<(), Error> {
        let now = self.inner.ports.clock.now();
        let mut write = open.store.write().await?;
        write.move_print_run(&run.id, run.state, run.job.as_deref(), run.failure.as_deref()).await?;
        if run.state == PrintRunState::Printed {
            for record in letters {
                let id = &record.letter.id;
                if !write.move_letter(id, record.letter.state, LetterState::Printed, now).await? {
                    write.move_letter(id, LetterState::Discarded, LetterState::Printed, now).await?;
                }
            }
        }
        Ok(write.commit().await?)
    }

    /// The rows that file a mailed letter with its client: the portal records faxes only, so paper is a document and a
    /// note.
    fn filing(&self, record: &LetterRecord, mailed: Date, hash: &str, size: u64) -> [OutboxRow; 2] {
        let letter = &record.letter;
        let day = format!("{:02}/{:02}/{}", mailed.month(), mailed.day(), mailed.year());
        let items = match record.items.len() {
            1 => "1 item".to_owned(),
            count => format!("{count} items"),
        };
        let document = DocumentFile {
            file: FileRef {
                hash: hash.to_owned(),
                name: "letter.pdf".to_owned(),
                kind: "application/pdf".to_owned(),
                size,
                caption: Some(format!("Dispute letter to {}, mailed {day}", letter.recipient.name)),
            },
            kind: "credit_related".to_owned(),
            subkind: Some(
                match letter.recipient.kind {
                    RecipientKind::Bureau(bureau) => bureau.code(),
                    RecipientKind::Furnisher(_) => "creditor",
                    RecipientKind::Addressee(_) => "other",
                }
                .to_owned(),
            ),
        };
        let text = format!("Dispute letter to {} mailed on {day}: {items}.", letter.recipient.name);
        [
            self.row(letter.client, Intent::FileLetter { letter: letter.id.clone(), document }),
            self.row(letter.client, Intent::CreateNote { text }),
        ]
    }
}

fn stage(state: PrintRunState) -> PrintRunStage {
    match state {
        PrintRunState::Printing => PrintRunStage::Printing,
        PrintRunState::Printed => PrintRunStage::Printed,
        PrintRunState::Failed => PrintRunStage::Failed,
        PrintRunState::Cancelled => PrintRunStage::Cancelled,
        PrintRunState::Confirmed => PrintRunStage::Confirmed,
    }
}

fn row(run: &PrintRun, reprint_of: Option<u32>) -> PrintRunRow {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    PrintRunRow {
        id: run.id.clone(),
        number: run.number,
        reprint_of,
        stage: stage(run.state),
        printer: run.paper.printer.clone(),
        tray: run.paper.tray.clone(),
        duplex: run.paper.duplex,
        copies: run.paper.copies,
        started_at: run.started.to_string(),
        started_by: run.by.clone(),
        letters: count(run.letters.len()),
        pages: run.letters.iter().map(|letter| letter.pages).sum(),
        sheets: run.letters.iter().map(|letter| sheets(letter.pages, run.paper.duplex)).sum(),
        jammed: count(run.letters.iter().filter(|letter| letter.came_out == Some(false)).count()),
        job: run.job.clone(),
        failure: run.failure.clone(),
    }
}

async fn detail(open: &Open, id: &str) -> Result<PrintRunDetail, Error> {
    let run = open.store.print_run(id).await?.ok_or(Error::NotFound("print run"))?;
    let reprint_of = match &run.reprint_of {
        Some(of) => open.store.print_run(of).await?.map(|run| run.number),
        None => None,
    };
    let mut letters = Vec::with_capacity(run.letters.len());
    for (position, printed) in (1..).zip(&run.letters) {
        let record = letter(open, &printed.letter).await?;
        let recipient = record.letter.recipient;
        let sheets = sheets(printed.pages, run.paper.duplex);
        let weight = weight(sheets);
        letters.push(PrintRunLetter {
            position,
            letter_id: printed.letter.to_string(),
            client_id: record.letter.client.to_string(),
            client_name: record.client_name,
            bureau: recipient.kind.bureau().map(bureau_code),
            recipient_name: recipient.name,
            destination: recipient
                .address
                .map(|address| format!("{}, {} {}", address.city, address.state, address.zip))
                .unwrap_or_default(),
            pages: printed.pages,
            sheets,
            ounces: format!("{}.{:02}", weight / 100, weight % 100),
            postage: postage(sheets).to_string(),
            came_out: printed.came_out,
        });
    }
    Ok(PrintRunDetail { run: row(&run, reprint_of), letters })
}

async fn letter(open: &Open, id: &LetterId) -> Result<LetterRecord, Error> {
    open.store.letter(id).await?.ok_or(Error::NotFound("letter"))
}
