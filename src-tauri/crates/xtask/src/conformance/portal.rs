//! The practice portal against the contract, by schemathesis from PyPI.
//!
//! How the tool is set up, and why, is in `conformance/schemathesis.toml`; its versions are in
//! `conformance/requirements.txt`, because other versions draw other cases from the same seed.

use super::{Server, contract, files};
use crate::app::Profile;
use crate::setup::Need;
use crate::{Outcome, app, root, setup};
use serde_json::{Value, json};
use std::io::{BufRead as _, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use xshell::{Shell, cmd};

/// Random cases of an operation, beside those that cover its schema: some 8,000 in all.
const CASES_OF_AN_OPERATION: u32 = 6;
/// Fewer cases prove nothing.
const FEWEST_CASES: u64 = 2_000;
/// The same seed draws the same cases.
const SEED: u32 = 1;

/// The practice portal against the contract.
pub(super) fn run(shell: &Shell) -> Outcome {
    let schemathesis = python_tool(shell, "schemathesis")?;
    let desk = app::build_cli(shell, Profile::Dev)?;
    let serving = Serving::start(&desk)?;
    let folder = root().join("target/conformance");
    let report = folder.join("report.json");
    shell.create_dir(&folder)?;
    shell.remove_path(&report)?;

    let contract = contract();
    let config = files().join("schemathesis.toml");
    let (url, seed, cases) = (serving.said("portal")?, SEED.to_string(), CASES_OF_AN_OPERATION.to_string());
    let _token = shell.push_env("PORTAL_TOKEN", serving.token()?);
    let _key = shell.push_env("PORTAL_API_KEY", serving.said("api_key")?);
    // The tool leaves its notes where it runs.
    let _there = shell.push_dir(&folder);
    let ran =
        cmd!(shell, "{schemathesis} --config-file {config} run {contract} --url {url} --checks all --seed {seed}")
            .args(["--max-examples", &cases, "--workers", "1", "--continue-on-failure"])
            .args(["--report", "json", "--report-json-path"])
            .arg(&report)
            .run();
    drop(serving);
    let report = shell.read_file(&report).map_err(|error| format!("schemathesis left no report: {error}"))?;
    judge(&serde_json::from_str(&report)?)?;
    Ok(ran?)
}

/// Ends with the figures, and fails when anything failed or was left out.
fn judge(report: &Value) -> Outcome {
    let number = |place: &str| report.pointer(place).and_then(Value::as_u64).unwrap_or_default();
    let (cases, tested) = (number("/test_cases/generated"), number("/operations/tested"));
    let failures =
        number("/test_cases/unique_failures") + number("/test_cases/errored") + number("/operations/errored");
    let seconds = report.get("running_time").and_then(Value::as_f64).unwrap_or_default().round();
    println!("{}", json!({ "cases": cases, "operations": tested, "failures": failures, "seconds": seconds }));
    let is_whole = report.get("complete") == Some(&Value::Bool(true)) && tested == number("/operations/total");
    if failures > 0 {
        Err(format!("the practice portal and the contract disagree in {failures} ways; they are above").into())
    } else if !is_whole || cases < FEWEST_CASES {
        Err(format!("only {tested} operations were tested with {cases} cases").into())
    } else {
        Ok(())
    }
}

/// A Python program of the pinned versions, in an environment of its own; answers its path.
fn python_tool(shell: &Shell, name: &str) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let folder = root().join("target/tools/python");
    let (programs, python) = if cfg!(windows) { ("Scripts", "python") } else { ("bin", "python3") };
    let requirements = files().join("requirements.txt");
    let wanted = shell.read_file(&requirements)?;
    let stamp = folder.join("installed.txt");
    if !shell.read_file(&stamp).is_ok_and(|installed| installed == wanted) {
        if cmd!(shell, "{python} -c").arg("import ensurepip, venv").quiet().ignore_stderr().run().is_err() {
            setup::ensure(shell, &[Need::Python])?;
        }
        cmd!(shell, "{python} -m venv --clear {folder}").run()?;
        let pip = folder.join(programs).join("pip");
        cmd!(shell, "{pip} install --quiet --disable-pip-version-check -r {requirements}").run()?;
        shell.write_file(&stamp, wanted)?;
    }
    Ok(folder.join(programs).join(name))
}

/// `desk practice serve`.
struct Serving {
    _server: Server,
    said: Value,
}

impl Serving {
    fn start(desk: &Path) -> Result<Serving, Box<dyn std::error::Error>> {
        let words = ["--json", "practice", "serve", "--port", "0", "--clients", "60", "--seed", "7"];
        let (server, mut output) = Server::start(Command::new(desk).args(words))?;
        let mut line = String::new();
        output.read_line(&mut line)?;
        let said = serde_json::from_str(&line).map_err(|_| "the practice portal did not start")?;
        Ok(Serving { _server: server, said })
    }

    /// One thing that it said about itself.
    fn said(&self, name: &str) -> Result<String, Box<dyn std::error::Error>> {
        let said = self.said.get(name).and_then(Value::as_str);
        Ok(said.ok_or_else(|| format!("the practice portal did not say its {name}"))?.to_owned())
    }

    /// A token of the account that may do everything, so that a 403 hides nothing.
    fn token(&self) -> Result<String, Box<dyn std::error::Error>> {
        let accounts = self.said.get("accounts").and_then(Value::as_array).into_iter().flatten();
        let mut administrators = accounts.filter(|account| account.get("role") == Some(&"administrator".into()));
        let email = administrators.next().and_then(|account| account.get("email")).ok_or("no administrator")?;
        let body = json!({ "email": email, "password": self.said("password")? }).to_string();
        let (key, url) = (self.said("api_key")?, self.said("portal")?);
        let address = url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).ok_or("no address")?;
        let mut stream = TcpStream::connect(address)?;
        write!(
            stream,
            "POST /api/auth/login HTTP/1.1\r\nHost: {address}\r\nx-api-key: {key}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").ok_or("the practice portal did not answer")?;
        let answer: Value = serde_json::from_str(body)?;
        Ok(answer.get("token").and_then(Value::as_str).ok_or("the practice portal gave no token")?.to_owned())
    }
}
