//! What a piece of work took, as Linux counts it: time on the wall, time of processors, memory.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

/// What a program took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    /// The most memory that it and its helpers had at once, in MiB.
    pub(crate) peak: u64,
}

/// Processor time of this thread.
pub(crate) fn thread_cpu() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// The shortest of several rounds of some work, in processor time of this thread; on the wall where the system does not
/// tell.
pub(crate) fn fastest(rounds: usize, mut work: impl FnMut()) -> Duration {
    (0..rounds)
        .map(|_| {
            let (wall, cpu) = (Instant::now(), thread_cpu());
            work();
            match (cpu, thread_cpu()) {
                (Some(before), Some(after)) => after.saturating_sub(before),
                _ => wall.elapsed(),
            }
        })
        .min()
        .unwrap_or_default()
}

/// Runs a program to its end; `None` when it cannot be started or fails.
pub(crate) fn run(command: &mut Command) -> Option<Cost> {
    let (before, started) = (children_cpu()?, Instant::now());
    let mut child = command.spawn().ok()?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(tree_memory(child.id()));
        if let Some(status) = child.try_wait().ok()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let cost = Cost { wall: started.elapsed(), cpu: children_cpu()?.saturating_sub(before), peak: peak >> 20 };
    status.success().then_some(cost)
}

/// Processor time of all ended children, in hundredths of a second.
fn children_cpu() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let field = |at: usize| after_name.split_whitespace().nth(at)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (field(13)? + field(14)?)))
}

/// Memory of a process and those that it started, each page counted once however many share it.
fn tree_memory(root: u32) -> u64 {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse::<u32>().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    let (mut tree, mut at) = (vec![root], 0);
    while let Some(process) = tree.get(at).copied() {
        tree.extend(parents.iter().filter(|(_, parent)| *parent == process).map(|(id, _)| *id));
        at += 1;
    }
    let share = |id: &u32| {
        let text = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with("Pss:")).unwrap_or("");
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) << 10
    };
    tree.iter().map(share).sum()
}
