//! CUPS through its own commands `lp` and `lpstat`, which every macOS and most Linux desktops have. The PDF goes in by a
//! pipe, so that no letter is ever a file outside of the print system.

use async_trait::async_trait;
use desk::{PrintError, PrintJob, Printer, Printers, Tray};
use std::process::{Output, Stdio};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// The printers of CUPS.
pub struct SystemPrinters;

#[async_trait]
impl Printers for SystemPrinters {
    async fn list(&self) -> Result<Vec<Printer>, PrintError> {
        // The long listing says each queue's state; it fails when there is none at all, which is no failure.
        let long = run(Command::new("lpstat").args(["-l", "-p"])).await?;
        let default = run(Command::new("lpstat").arg("-d")).await?;
        if !long.status.success() && text(&long.stderr).contains("not running") {
            return Err(PrintError::Unavailable("the print system (CUPS) is not running".to_owned()));
        }
        let mut printers = parse(&text(&long.stdout), &text(&default.stdout));
        for printer in &mut printers {
            // What a queue cannot say of itself is not offered; it still prints.
            let choices = run(Command::new("lpoptions").args(["-p", &printer.name, "-l"])).await?;
            let choices = text(&choices.stdout);
            printer.duplex = choice(&choices, "Duplex")
                .is_some_and(|values| values.iter().any(|value| value != "None"))
                || choice(&choices, "sides").is_some_and(|values| values.len() > 1);
            printer.trays = trays(&choices);
        }
        Ok(printers)
    }

    async fn print(&self, printer: &str, job: PrintJob) -> Result<String, PrintError> {
        let PrintJob { title, pdf, tray, duplex, copies } = job;
        if !self.list().await?.iter().any(|known| known.name == printer) {
            return Err(PrintError::NoSuchPrinter(printer.to_owned()));
        }
        let mut command = Command::new("lp");
        let copies = copies.to_string();
        let sides = if duplex { "sides=two-sided-long-edge" } else { "sides=one-sided" };
        // True size, or the address leaves its window. Copies come as whole jobs, one after the other.
        command.args(["-d", printer, "-t", &title, "-n", &copies]);
        command.args(["-o", "media=Letter", "-o", sides, "-o", "print-scaling=none", "-o", "collate=true"]);
        if let Some(tray) = tray {
            command.args(["-o".to_owned(), format!("InputSlot={tray}")]);
        }
        let mut child = prepared(&mut command).stdin(Stdio::piped()).spawn().map_err(|error| missing(&error))?;
        let refused = |reason: &str| PrintError::Refused(reason.trim().to_owned());
        let mut pipe = child.stdin.take().ok_or_else(|| refused("no pipe to lp"))?;
        let feed = async move {
            pipe.write_all(&pdf).await?;
            pipe.shutdown().await
        };
        let (fed, output) = tokio::join!(feed, child.wait_with_output());
        let output = output.map_err(|error| refused(&error.to_string()))?;
        if !output.status.success() {
            return Err(refused(&text(&output.stderr)));
        }
        fed.map_err(|error| refused(&error.to_string()))?;
        named(&text(&output.stdout)).ok_or_else(|| refused("lp named no job"))
    }
}

/// English output, whatever the user's language; never a shell.
fn prepared(command: &mut Command) -> &mut Command {
    command.env("LC_ALL", "C").env("LANG", "C").stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true)
}

async fn run(command: &mut Command) -> Result<Output, PrintError> {
    prepared(command).stdin(Stdio::null()).output().await.map_err(|error| missing(&error))
}

fn missing(error: &std::io::Error) -> PrintError {
    PrintError::Unavailable(format!("the print system's commands cannot be run ({error}); install CUPS"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Reads `lpstat -l -p` and `lpstat -d`.
fn parse(long: &str, default: &str) -> Vec<Printer> {
    let default = default.rsplit_once(": ").map(|(_, name)| name.trim());
    let mut printers: Vec<Printer> = Vec::new();
    for line in long.lines() {
        if let Some(rest) = line.strip_prefix("printer ") {
            let name = rest.split_whitespace().next().unwrap_or_default().to_owned();
            let ready = !rest.contains(" disabled ");
            printers.push(Printer {
                is_default: default == Some(name.as_str()),
                label: name.clone(),
                name,
                ready,
                duplex: false,
                trays: Vec::new(),
            });
        } else if let (Some(printer), Some(label)) = (printers.last_mut(), line.trim().strip_prefix("Description: "))
            && !label.trim().is_empty()
        {
            label.trim().clone_into(&mut printer.label);
        }
    }
    printers
}

/// The values of an option in `lpoptions -l`: `InputSlot/Media Source: *Auto Upper Lower`, the current one starred.
fn choice(choices: &str, option: &str) -> Option<Vec<String>> {
    let line = choices.lines().find(|line| line.split(['/', ':']).next() == Some(option))?;
    let (_, values) = line.split_once(": ")?;
    Some(values.split_whitespace().map(|value| value.trim_start_matches('*').to_owned()).collect())
}

/// A queue with one paper source leaves nothing to choose.
fn trays(choices: &str) -> Vec<Tray> {
    let slots = choice(choices, "InputSlot").unwrap_or_default();
    let chosen_by_printer = |slot: &str| slot.eq_ignore_ascii_case("auto");
    let slots: Vec<String> = slots.into_iter().filter(|slot| !chosen_by_printer(slot)).collect();
    if slots.len() < 2 {
        return Vec::new();
    }
    slots.into_iter().map(|name| Tray { label: spaced(&name), name }).collect()
}

/// `UpperTray` -> `Upper Tray`: the names are words written together.
fn spaced(name: &str) -> String {
    let mut label = String::new();
    let mut was_small = false;
    for c in name.chars() {
        if was_small && (c.is_uppercase() || c.is_ascii_digit()) {
            label.push(' ');
        }
        was_small = c.is_lowercase();
        label.push(c);
    }
    label
}

/// `request id is PDF-12 (1 file(s))` -> `PDF-12`.
fn named(output: &str) -> Option<String> {
    output.split_once("request id is ")?.1.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queues_are_read_with_label_state_and_default() {
        let long = "printer Office is idle.  enabled since Mon Nov 23 2026\n\tForm mounted:\n\tDescription: Front office laser\n\
                    printer Old disabled since Mon -\n\treason unknown\n\tDescription: \n";
        let printers = parse(long, "system default destination: Office\n");
        assert_eq!(printers[0].label, "Front office laser");
        assert!(printers[0].is_default && printers[0].ready);
        assert_eq!((printers[1].label.as_str(), printers[1].ready, printers[1].is_default), ("Old", false, false));
        assert!(parse("", "no system default destination\n").is_empty());
    }

    #[test]
    fn trays_and_both_sides_are_offered_where_the_queue_has_them() {
        let choices = "PageSize/Page Size: A4 *Letter\nDuplex/2-Sided Printing: *None DuplexNoTumble DuplexTumble\n\
                       InputSlot/Media Source: *Auto UpperTray Tray2\n";
        assert_eq!(choice(choices, "Duplex").unwrap().len(), 3);
        let labels: Vec<String> = trays(choices).into_iter().map(|tray| tray.label).collect();
        assert_eq!(labels, ["Upper Tray", "Tray 2"]);
        assert!(trays("InputSlot/Media Source: *Auto Upper\n").is_empty(), "nothing to choose");
        assert_eq!(choice("", "Duplex"), None);
    }

    #[test]
    fn the_job_is_named_as_cups_names_it() {
        assert_eq!(named("request id is Front-Office-12 (0 file(s))\n").as_deref(), Some("Front-Office-12"));
        assert_eq!(named(""), None);
    }
}
