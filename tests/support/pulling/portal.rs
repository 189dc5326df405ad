//! The modelled portal: lists that sort and page as the seed says, and answers that fail.

use super::records::{Kind, body};
use super::schedule::Bug;
use fastrand::Rng;
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use portal_api::model::{Answer, Asked, Model};
use portal_api::{ApiError, Operation};
use secrecy::ExposeSecret;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};

/// What the portal's clock shows at the beginning, seconds.
const EPOCH: i64 = 1_780_000_000;
/// Rows of a page that comes without anything about pages.
const BARE: usize = 100;

/// The portal. Cloning shares it.
#[derive(Clone)]
pub(super) struct ModelledPortal(Arc<Inner>);

struct Inner {
    seed: u64,
    bug: Option<Bug>,
    began: Instant,
    state: Mutex<State>,
}

struct State {
    tables: BTreeMap<Kind, Table>,
    next_key: i64,
    session: u64,
    /// Whether an ended session can be renewed.
    renews: bool,
    /// Whether lists move while they are read, and sessions end.
    stormy: bool,
    /// Of a thousand calls, those that something happens to.
    rage: u32,
    /// Operations that something happens to for some time.
    fits: Vec<(Operation, u64, Trouble)>,
    /// How often each call was made.
    made: BTreeMap<String, u64>,
    asked: Vec<Page>,
    /// At which call from now on the process dies.
    death: Option<(u64, oneshot::Sender<()>)>,
    calls: u64,
}

/// A page that was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub(super) operation: Operation,
    pub(super) number: usize,
    pub(super) newest_first: bool,
}

/// All rows of a kind there ever were.
pub(super) struct Table {
    pub(super) manner: Manner,
    pub(super) rows: BTreeMap<i64, Row>,
    /// Something was taken out of a pass so that nobody could tell.
    pub(super) slipped: bool,
    /// The pass under way, by client where there is one.
    passes: BTreeMap<i64, Pass>,
    /// The page that was said last, likewise.
    said: BTreeMap<i64, String>,
}

/// How a list is answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// `None` for all rows, with nothing about pages.
    pub(super) per_page: Option<usize>,
    tells_total: bool,
    pub(super) sorting: Sorting,
    /// Rows show when they were changed.
    pub(super) shows_changes: bool,
    /// Unless asked otherwise, rows come in no order.
    shuffled: bool,
    /// The account may never read it, or there is nothing at its route.
    pub(super) refused: Option<u16>,
}

/// What becomes of being asked to sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sorting {
    Obeyed,
    Ignored,
    Refused,
}

/// A row, as it was and is.
pub(super) struct Row {
    pub(super) client: i64,
    pub(super) odd: bool,
    pub(super) versions: Vec<Version>,
    /// When it was taken out, milliseconds.
    pub(super) gone: Option<u64>,
}

/// What a row was from some time on, milliseconds.
pub(super) struct Version {
    pub(super) since: u64,
    pub(super) changed: Timestamp,
    pub(super) body: String,
}

#[derive(Clone, Copy, Default)]
struct Pass {
    newest_first: bool,
    added: bool,
    taken: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Away,
    Lost,
    Status(u16, Option<u64>),
    Cut,
    NoJson,
    /// The page that was said last, once more, as from a cache between.
    Stuck,
}

impl ModelledPortal {
    pub(super) fn new(seed: u64, bug: Option<Bug>) -> Self {
        let mut dice = Rng::with_seed(seed);
        let tables = Kind::ALL.into_iter().map(|kind| (kind, Table::new(Manner::new(kind, &mut dice)))).collect();
        let state = State {
            tables,
            next_key: 1,
            session: 1,
            renews: true,
            stormy: false,
            rage: 0,
            fits: Vec::new(),
            made: BTreeMap::new(),
            asked: Vec::new(),
            death: None,
            calls: 0,
        };
        let portal = Self(Arc::new(Inner { seed, bug, began: Instant::now(), state: Mutex::new(state) }));
        for _ in 0..dice.u32(4..150) {
            portal.add_something(&mut dice);
        }
        portal
    }

    /// Milliseconds since the beginning.
    pub(super) fn now(&self) -> u64 {
        u64::try_from(self.0.began.elapsed().as_millis()).unwrap()
    }

    /// What a clock that nobody set shows.
    pub(super) fn clock(&self) -> Timestamp {
        Timestamp::from_second(EPOCH).unwrap() + SignedDuration::from_millis(self.now().try_into().unwrap())
    }

    /// The token of a session that begins now.
    pub(super) fn token(&self) -> String {
        format!("session {}", self.state().session)
    }

    /// How many calls were made.
    pub(super) fn calls(&self) -> u64 {
        self.state().calls
    }

    /// The pages of lists that were asked for since this was called.
    pub(super) fn asked(&self) -> Vec<Page> {
        std::mem::take(&mut self.state().asked)
    }

    /// From now on things move, and something happens to so many of a thousand calls.
    pub(super) fn storm(&self, per_mille: u32) {
        let mut state = self.state();
        (state.stormy, state.rage) = (true, per_mille);
    }

    /// From now on nothing goes wrong.
    pub(super) fn calm(&self) {
        let mut state = self.state();
        (state.stormy, state.rage, state.renews) = (false, 0, true);
        state.fits.clear();
    }

    /// Resolves at this call from now on; never with none.
    pub(super) fn death(&self, call: Option<u64>) -> impl Future<Output = ()> + use<> {
        let (dies, death) = oneshot::channel();
        self.state().death = call.map(|call| (call, dies));
        async {
            if death.await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// What a kind is on the portal.
    pub(super) fn table<T>(&self, kind: Kind, read: impl FnOnce(&Table) -> T) -> T {
        read(&self.state().tables[&kind])
    }

    /// Something that somebody, or the portal, does: rather takes out than adds, or the other way round.
    pub(super) fn meddle(&self, dice: &mut Rng, takes: bool) {
        match dice.u8(..20) {
            0 => self.add_something(dice),
            1..8 if takes => self.take_something(dice),
            1..8 => self.add_something(dice),
            8..15 => self.change_something(dice),
            15 => self.take_something(dice),
            16 => self.take_a_client(dice),
            17 if dice.u8(..6) == 0 => {
                let mut state = self.state();
                state.session += 1;
                state.renews = dice.u8(..2) > 0;
            }
            18 if dice.u8(..6) == 0 => {
                let operation = Kind::ALL[dice.usize(..Kind::ALL.len())].operation();
                let until = self.now() + dice.u64(..90_000_000);
                self.state().fits.push((operation, until, Trouble::lasting(dice)));
            }
            _ => {}
        }
    }

    pub(super) fn add_something(&self, dice: &mut Rng) {
        let kind = self.some_kind(dice);
        let (now, clock) = (self.now(), self.clock());
        let mut state = self.state();
        let client = if kind.has_client() {
            let Some(client) = state.tables[&Kind::Clients].any(dice) else { return };
            client
        } else {
            0
        };
        let key = state.next_key;
        let table = state.tables.get_mut(&kind).unwrap();
        if table.live(client).count() >= kind.most() || !table.may_add(client, dice) {
            return;
        }
        let odd = !matches!(kind, Kind::Clients | Kind::Goals) && dice.u8(..12) == 0;
        let changed = floor(clock);
        let body = body(kind, key, client, 0, changed, table.manner.shows_changes, odd);
        let versions = vec![Version { since: now, changed, body }];
        table.rows.insert(key, Row { client, odd, versions, gone: None });
        state.next_key += 1;
    }

    pub(super) fn change_something(&self, dice: &mut Rng) {
        let kind = self.some_kind(dice);
        let (now, clock) = (self.now(), self.clock());
        let mut state = self.state();
        let table = state.tables.get_mut(&kind).unwrap();
        let Some(key) = table.any(dice) else { return };
        let shows = table.manner.shows_changes;
        let row = table.rows.get_mut(&key).unwrap();
        let changed = floor(clock);
        let body = body(kind, key, row.client, row.versions.len(), changed, shows, row.odd);
        row.versions.push(Version { since: now, changed, body });
    }

    /// Most of what happens, happens to a few kinds.
    fn some_kind(&self, dice: &mut Rng) -> Kind {
        let busy = Rng::with_seed(self.0.seed).usize(..Kind::ALL.len());
        let among = if dice.bool() { dice.usize(..2) } else { dice.usize(..Kind::ALL.len()) };
        Kind::ALL[(busy + among) % Kind::ALL.len()]
    }

    fn take_something(&self, dice: &mut Rng) {
        let kind = self.some_kind(dice);
        let now = self.now();
        let mut state = self.state();
        let table = state.tables.get_mut(&kind).unwrap();
        if kind == Kind::Clients {
            return;
        }
        let Some(key) = table.any(dice) else { return };
        if table.may_take(table.rows[&key].client, dice) {
            table.rows.get_mut(&key).unwrap().gone = Some(now);
        }
    }

    /// Takes out a row that stood before those of the page that is asked for.
    fn shift(&self, operation: Operation) {
        let Some(kind) = Kind::of(operation).filter(|kind| kind.is_list() && *kind != Kind::Clients) else { return };
        let now = self.now();
        let mut state = self.state();
        let table = state.tables.get_mut(&kind).unwrap();
        let first = table.live(0).next().map(|(key, _)| key);
        if let Some(key) = first.filter(|_| table.would_be_told(0)) {
            table.note(0, |pass| pass.taken = true);
            table.rows.get_mut(&key).unwrap().gone = Some(now);
        }
    }

    /// A client leaves with all that is theirs.
    fn take_a_client(&self, dice: &mut Rng) {
        let now = self.now();
        let mut state = self.state();
        let Some(client) = state.tables[&Kind::Clients].any(dice) else { return };
        let whose = |kind: Kind| if kind == Kind::Clients { 0 } else { client };
        let kinds = || Kind::ALL.into_iter().filter(|kind| kind.has_client() || *kind == Kind::Clients);
        if !kinds().all(|kind| state.tables[&kind].would_be_told(whose(kind))) {
            return;
        }
        for kind in kinds() {
            let table = state.tables.get_mut(&kind).unwrap();
            let keys: Vec<i64> = table.live(client).map(|(key, _)| key).collect();
            for key in keys {
                if kind != Kind::Clients || key == client {
                    table.rows.get_mut(&key).unwrap().gone = Some(now);
                }
            }
            table.note(whose(kind), |pass| pass.taken = true);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap()
    }

    /// Takes a call in: how long its answer takes, and what happens to it. Both follow from the call and how often it was made
    /// alone, so that it does not matter which of two calls of the same moment comes first.
    fn arrive(&self, asked: &Asked) -> (Duration, Option<Trouble>, bool) {
        let now = self.now();
        let mut state = self.state();
        let mut call = asked.operation.id().to_owned();
        for value in asked.path.iter().chain(asked.query.iter().map(|(_, value)| value)) {
            write!(call, " {value}").unwrap();
        }
        let times = state.made.entry(call.clone()).or_default();
        *times += 1;
        let mut dice = Rng::with_seed(mixed(self.0.seed, &call, *times));
        let number = number_of(asked);
        let newest_first = asked.query("sort_direction") == Some("desc");
        state.asked.push(Page { operation: asked.operation, number, newest_first });
        state.calls += 1;
        if let Some((left, _)) = &mut state.death {
            *left -= 1;
        }
        if let Some((_, dies)) = state.death.take_if(|(left, _)| *left == 0) {
            let _ = dies.send(());
        }
        // What others do happens at odd milliseconds: nothing of it is of the same moment as an answer.
        let wait = Duration::from_millis(2 * dice.u64(5..300));
        let fit = state.fits.iter().find(|(operation, until, _)| *operation == asked.operation && now < *until);
        let trouble = match fit {
            Some((_, _, trouble)) => Some(*trouble),
            None => (dice.u32(..1000) < state.rage).then(|| Trouble::any(&mut dice)),
        };
        (wait, trouble, state.stormy && number > 1 && dice.u8(..10) == 0)
    }

    /// The answer as of now.
    fn say(&self, asked: &Asked, stuck: bool) -> Answer {
        let mut state = self.state();
        let token = format!("session {}", state.session);
        if asked.operation == Operation::RefreshToken {
            let user = json!({"id": 1, "name": "Dana", "email": "dana@example.com"});
            return match state.renews {
                true => Answer::ok(json!({"data": {"token": token, "user": user}}).to_string()),
                false => Answer::refusal(401, None),
            };
        }
        if asked.token.as_ref().is_none_or(|known| known.expose_secret() != token) {
            return Answer::refusal(401, None);
        }
        let key = || asked.path.first().or(asked.query("client_id").map(str::to_owned).as_ref())?.parse::<i64>().ok();
        let newest = |kind: Kind, key: i64| {
            let row = state.tables[&kind].rows.get(&key).filter(|row| row.gone.is_none())?;
            Some(row.versions.last().unwrap().body.clone())
        };
        match asked.operation {
            Operation::GetClient => key().and_then(|key| newest(Kind::Clients, key)).map_or(gone(), Answer::ok),
            Operation::GetCreditReportMasterSchema => {
                let content = |body: String| body.replacen('{', &format!("{{\"content\":{body},"), 1);
                key().and_then(|key| newest(Kind::CreditReports, key)).map(content).map_or(gone(), Answer::ok)
            }
            Operation::ListFaxSettings => Answer::ok(r#"{"data":[{"id":1,"reattempt_count":3}]}"#.into()),
            Operation::ListGoals => Answer::ok(r#"{"data":[{"id":1,"name":"Buy a home"}]}"#.into()),
            Operation::ListSegments => {
                Answer::ok(r#"{"data":[{"id":1,"name":"New","type":"client","is_active":true}]}"#.into())
            }
            operation => {
                let Some(kind) = Kind::of(operation) else { return gone() };
                let client = if kind.is_list() { 0 } else { key().unwrap_or_default() };
                if client != 0 && newest(Kind::Clients, client).is_none() {
                    return gone();
                }
                let table = state.tables.get_mut(&kind).unwrap();
                match table.said.get(&client).filter(|_| stuck && number_of(asked) > 1) {
                    Some(page) => Answer::ok(page.clone()),
                    None => table.page(client, asked, self.0.bug),
                }
            }
        }
    }
}

impl Model for ModelledPortal {
    fn answer(&self, asked: Asked) -> BoxFuture<'_, Result<Answer, ApiError>> {
        Box::pin(async move {
            let no_answer = |reason, nothing_sent| ApiError::Unreachable { reason, nothing_sent, source: None };
            let (wait, trouble, shifts) = self.arrive(&asked);
            sleep(wait).await;
            if shifts {
                self.shift(asked.operation);
            }
            match trouble {
                Some(Trouble::Away) => Err(no_answer("connection refused or host not found", true)),
                Some(Trouble::Lost) => Err(no_answer("connection lost", false)),
                Some(Trouble::Status(403, _)) if self.0.bug == Some(Bug::TakesARefusalForNothing) => {
                    Ok(Answer::ok(r#"{"data":[]}"#.into()))
                }
                Some(Trouble::Status(status, retry_after)) => Ok(Answer::refusal(status, retry_after)),
                Some(Trouble::NoJson) => Ok(Answer::ok("<p>Please sign in to this network.</p>".into())),
                Some(Trouble::Cut) => {
                    let Answer { mut body, .. } = self.say(&asked, false);
                    body.truncate(body.len() / 2);
                    Ok(Answer::ok(body))
                }
                Some(Trouble::Stuck) => Ok(self.say(&asked, true)),
                None => Ok(self.say(&asked, false)),
            }
        })
    }
}

impl Table {
    fn new(manner: Manner) -> Self {
        Self { manner, rows: BTreeMap::new(), slipped: false, passes: BTreeMap::new(), said: BTreeMap::new() }
    }

    /// Rows that are there, of a client or (0) of all.
    pub(super) fn live(&self, client: i64) -> impl Iterator<Item = (i64, &Row)> {
        let wanted = move |row: &Row| row.gone.is_none() && (client == 0 || row.client == 0 || row.client == client);
        self.rows.iter().filter(move |(_, row)| wanted(row)).map(|(key, row)| (*key, row))
    }

    fn any(&self, dice: &mut Rng) -> Option<i64> {
        let keys: Vec<i64> = self.live(0).map(|(key, _)| key).collect();
        (!keys.is_empty()).then(|| keys[dice.usize(..keys.len())])
    }

    /// The passes that a row of a client's is in.
    fn passes_of(&self, client: i64) -> impl Iterator<Item = &Pass> {
        self.passes.iter().filter(move |(of, _)| **of == 0 || **of == client).map(|(_, pass)| pass)
    }

    fn note(&mut self, client: i64, note: impl Fn(&mut Pass)) {
        self.passes.iter_mut().filter(|(of, _)| **of == 0 || **of == client).for_each(|(_, pass)| note(pass));
    }

    fn may_add(&mut self, client: i64, dice: &mut Rng) -> bool {
        let slips = self.passes_of(client).any(|pass| pass.taken);
        let may = !slips || self.may_slip(client, dice);
        if may {
            self.note(client, |pass| pass.added = true);
        }
        may
    }

    fn may_take(&mut self, client: i64, dice: &mut Rng) -> bool {
        let may = self.would_be_told(client) || self.may_slip(client, dice);
        if may {
            self.note(client, |pass| pass.taken = true);
        }
        may
    }

    /// Whether it would be told by the total that a row was taken out.
    fn would_be_told(&self, client: i64) -> bool {
        self.passes_of(client).all(|pass| self.manner.tells_total && !pass.added)
    }

    fn may_slip(&mut self, client: i64, dice: &mut Rng) -> bool {
        let may = !self.slipped && !self.passes_of(client).any(|pass| pass.newest_first) && dice.u8(..4) == 0;
        self.slipped |= may;
        may
    }

    fn page(&mut self, client: i64, asked: &Asked, bug: Option<Bug>) -> Answer {
        let number = number_of(asked);
        if let Some(status) = self.manner.refused {
            let nothing = status == 403 && bug == Some(Bug::TakesARefusalForNothing);
            return if nothing { Answer::ok(r#"{"data":[]}"#.into()) } else { Answer::refusal(status, None) };
        }
        let by = asked.query("sort_by").filter(|_| self.manner.sorting != Sorting::Ignored);
        if by.is_some() && self.manner.sorting == Sorting::Refused {
            return Answer::refusal(422, None);
        }
        let newest_first = asked.query("sort_direction") == Some("desc");
        let mut rows: Vec<(i64, &Version)> =
            self.live(client).map(|(key, row)| (key, row.versions.last().unwrap())).collect();
        match by {
            Some("id") => {}
            Some(_) => rows.sort_by_key(|(key, version)| (version.changed, *key)),
            None if self.manner.shuffled => rows.sort_by_key(|(key, _)| mixed(7, "", key.unsigned_abs())),
            None => {}
        }
        if by.is_some() && newest_first {
            rows.reverse();
        }
        let total = rows.len();
        let per_page = self.manner.per_page.unwrap_or(BARE);
        let last = match newest_first && bug == Some(Bug::ReadsOnePageOfChanges) {
            true => 1,
            false => total.div_ceil(per_page).max(1),
        };
        let of_page = rows.into_iter().skip((number - 1) * per_page).take(per_page);
        let rows: Vec<&str> = of_page.map(|(_, version)| version.body.as_str()).collect();
        let rows = rows.join(",");
        let tells = self.manner.tells_total && bug != Some(Bug::OverlooksThatATotalShrank);
        let meta = if tells { format!(r#","total":{total}"#) } else { String::new() };
        let body = match self.manner.per_page {
            Some(_) => format!(r#"{{"data":[{rows}],"meta":{{"last_page":{last}{meta}}}}}"#),
            None => format!("[{rows}]"),
        };
        if number == 1 {
            self.passes.insert(client, Pass { newest_first, ..Pass::default() });
        }
        if number >= last {
            self.passes.remove(&client);
        }
        self.said.insert(client, body.clone());
        Answer::ok(body)
    }
}

impl Manner {
    fn new(kind: Kind, dice: &mut Rng) -> Self {
        let per_page = (kind.has_pages() && dice.u8(..6) > 0).then(|| dice.usize(2..7));
        let sorting = match dice.u8(..10) {
            0 if kind.is_list() => Sorting::Refused,
            1 | 2 => Sorting::Ignored,
            _ => Sorting::Obeyed,
        };
        let refused = match (kind, dice.u8(..25)) {
            (Kind::Clients, _) => None,
            (_, 0) => Some(403),
            (Kind::CreditReports | Kind::Tasks | Kind::Goals, 1) => Some(404),
            _ => None,
        };
        Self {
            per_page,
            tells_total: per_page.is_some() && dice.u8(..6) > 0,
            sorting,
            shows_changes: dice.u8(..6) > 0,
            shuffled: kind == Kind::BureauAddresses || kind == Kind::Documents || sorting != Sorting::Obeyed,
            refused,
        }
    }
}

impl Trouble {
    /// What keeps one list from being read and lets the pull go on.
    fn lasting(dice: &mut Rng) -> Self {
        match dice.u8(..8) {
            0..3 => Trouble::Status(403, None),
            3 => Trouble::Status(404, None),
            4 => Trouble::Status(422, None),
            5 => Trouble::Status(500, None),
            6 => Trouble::Cut,
            _ => Trouble::Stuck,
        }
    }

    fn any(dice: &mut Rng) -> Self {
        match dice.u8(..16) {
            0 => Trouble::Away,
            1 => Trouble::Lost,
            2 => Trouble::Status(429, Some(dice.u64(..4))),
            3 => Trouble::Status(429, None),
            4 if dice.bool() => Trouble::Status(429, Some(dice.u64(4..400))),
            5 => Trouble::Status(503, Some(dice.u64(..10))),
            6 | 7 => Trouble::Cut,
            8 => Trouble::NoJson,
            9 => Trouble::Status(403, None),
            10 => Trouble::Status(404, None),
            11 => Trouble::Status(422, None),
            12 | 13 => Trouble::Stuck,
            _ => Trouble::Status(dice.u16(500..505), None),
        }
    }
}

/// Answers as the model makes them.
trait Made {
    fn ok(body: String) -> Self;
    fn refusal(status: u16, retry_after: Option<u64>) -> Self;
}

impl Made for Answer {
    fn ok(body: String) -> Self {
        Self { status: 200, retry_after: None, body }
    }

    fn refusal(status: u16, retry_after: Option<u64>) -> Self {
        Self { status, retry_after, body: r#"{"message":"no"}"#.into() }
    }
}

fn gone() -> Answer {
    Answer::refusal(404, None)
}

fn number_of(asked: &Asked) -> usize {
    asked.query("page").and_then(|number| number.parse().ok()).unwrap_or(1)
}

/// Times of a portal have no parts of a second.
fn floor(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap()
}

/// A number that follows from these, on every machine the same.
fn mixed(seed: u64, text: &str, number: u64) -> u64 {
    let bytes = text.bytes().chain(number.to_le_bytes());
    bytes.fold(seed ^ 0xcbf2_9ce4_8422_2325, |mixed, byte| (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
