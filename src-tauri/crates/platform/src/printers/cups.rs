//! CUPS through its own commands `lp` and `lpstat`, which every macOS and most Linux desktops have. The PDF goes in by a
//! pipe, so that no letter is ever a file outside of the print system.

use async_trait::async_trait;
use desk::{PrintError, Printer, Printers};
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
        Ok(parse(&text(&long.stdout), &text(&default.stdout)))
    }

    async fn print(&self, printer: &str, title: &str, pdf: Vec<u8>) -> Result<String, PrintError> {
        if !self.list().await?.iter().any(|known| known.name == printer) {
            return Err(PrintError::NoSuchPrinter(printer.to_owned()));
        }
        let mut command = Command::new("lp");
        // One side, because the letters of several clients may be one job; true size, or the address leaves its window.
        command.args(["-d", printer, "-t", title]);
        command.args(["-o", "media=Letter", "-o", "sides=one-sided", "-o", "print-scaling=none"]);
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
        job(&text(&output.stdout)).ok_or_else(|| refused("lp named no job"))
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
            printers.push(Printer { is_default: default == Some(name.as_str()), label: name.clone(), name, ready });
        } else if let (Some(printer), Some(label)) = (printers.last_mut(), line.trim().strip_prefix("Description: "))
            && !label.trim().is_empty()
        {
            label.trim().clone_into(&mut printer.label);
        }
    }
    printers
}

/// `request id is PDF-12 (1 file(s))` -> `PDF-12`.
fn job(output: &str) -> Option<String> {
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
    fn the_job_is_named_as_cups_names_it() {
        assert_eq!(job("request id is Front-Office-12 (0 file(s))\n").as_deref(), Some("Front-Office-12"));
        assert_eq!(job(""), None);
    }
}
