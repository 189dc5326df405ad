//! The child: a desk that queues and sends what it was ordered to, and says what is durable.

use super::PACE;
use crate::work::Work;
use crate::{Office, TestDialogs, TestKeychain, TestPrinters};
use desk::contract::{DeskEvent, Empty, OutboxQuery, SessionStage};
use desk::{Desk, DeskFolder, NoBrowser, Ports, PracticeSize, SystemClock};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// What the child is told, in one line of its standard input.
#[derive(Serialize, Deserialize)]
pub struct Order {
    folder: PathBuf,
    keychain: BTreeMap<String, Vec<u8>>,
    works: Vec<Work>,
    /// Rows that may wait at once.
    waiting: u32,
}

impl Order {
    /// The order for this office.
    pub(super) fn new(office: &Office, works: &[Work], waiting: u32) -> Self {
        let keychain = office.keychain.entries().clone().into_iter().collect();
        Self { folder: office.data(), keychain, works: works.to_vec(), waiting }
    }
}

/// Queues and sends; `say` is told each line, and the desk stays open until `closed`.
///
/// # Panics
/// When the desk fails in a way that it must not.
pub async fn send(order: Order, say: impl Fn(String), closed: impl Future<Output = ()>) {
    let started = Instant::now();
    let keychain = TestKeychain::default();
    keychain.entries().extend(order.keychain);
    let ports = Ports {
        keychain: Arc::new(keychain),
        printers: Arc::new(TestPrinters::default()),
        dialogs: Arc::new(TestDialogs::default()),
        browser: Arc::new(NoBrowser),
        clock: Arc::new(SystemClock),
        pace: PACE,
    };
    let desk = Desk::open(DeskFolder::new(order.folder), ports, PracticeSize::default()).await.unwrap();
    let mut events = desk.events();
    let session = desk.session_get(Empty {}).await.unwrap();
    if session.stage != SessionStage::Ready {
        say(format!("failed the cache did not open: {:?}", session.problem));
        return;
    }
    desk.outbox_status(Empty {}).await.unwrap();
    say(format!("opened {}", started.elapsed().as_millis()));
    let (there, mut left) = split(&desk, &order.works).await;
    // An earlier life may have died before it could say so.
    say(format!("queued {}", there.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")));
    left.reverse();
    loop {
        let status = desk.outbox_status(Empty {}).await.unwrap();
        if status.waiting < order.waiting
            && let Some(number) = left.pop()
        {
            order.works[number].queue(&desk).await;
            say(format!("queued {number}"));
            continue;
        }
        if status.waiting == 0 && left.is_empty() {
            break;
        }
        // Whatever is told, the rows are counted again.
        if let Ok(DeskEvent::Outbox(status)) = events.recv().await {
            say(format!("waiting {} trouble {}", status.waiting, status.trouble));
        }
    }
    say("quiet".to_owned());
    closed.await;
    desk.close().await;
}

/// The works, by their places, that are in the outbox, and those that are not.
async fn split(desk: &Desk, works: &[Work]) -> (Vec<usize>, Vec<usize>) {
    let mut rows = Vec::new();
    for client in works.iter().map(Work::client).collect::<BTreeSet<_>>() {
        let query = OutboxQuery { client_id: Some(client.to_owned()), over: true };
        rows.extend(desk.outbox_list(query).await.unwrap());
    }
    (0..works.len()).partition(|number| rows.iter().any(|row| works[*number].is(row)))
}
