-- The cache: server rows with the columns that are searched, sorted, joined or shown, plus the whole JSON body.
-- Dates are ISO text, instants RFC 3339 UTC, amounts plain decimals, booleans 0/1. NULL means unknown.
-- `walk` is the pull that last saw a row; `absences` counts complete pulls that did not.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE clients (
    id            INTEGER NOT NULL PRIMARY KEY,
    client_key    TEXT,
    first_name    TEXT    NOT NULL,
    middle_name   TEXT    NOT NULL,
    last_name     TEXT    NOT NULL,
    sort_name     TEXT    NOT NULL,
    email         TEXT,
    phones        TEXT    NOT NULL,
    ssn           TEXT,
    birth_date    TEXT,
    street        TEXT    NOT NULL,
    city          TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    zip           TEXT    NOT NULL,
    attributes    TEXT    NOT NULL,
    body          TEXT    NOT NULL,
    details_walk  INTEGER NOT NULL DEFAULT 0,
    walk          INTEGER NOT NULL,
    absences      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX clients_by_name ON clients (sort_name, id);
CREATE INDEX clients_by_details ON clients (details_walk);

-- Folded words of name, e-mail and digits (phones, id, last four of the SSN); rowid is the client's id.
CREATE VIRTUAL TABLE client_words USING fts5 (
    name, email, digits,
    content = '', contentless_delete = 1, prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE negative_items (
    id             TEXT    NOT NULL PRIMARY KEY,
    client_id      INTEGER NOT NULL,
    bureau         TEXT,
    report_id      INTEGER,
    account_name   TEXT    NOT NULL,
    account_number TEXT    NOT NULL,
    account_type   TEXT    NOT NULL,
    account_status TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    excluded       INTEGER NOT NULL,
    is_negative    INTEGER NOT NULL,
    is_collection  INTEGER NOT NULL,
    is_charge_off  INTEGER NOT NULL,
    is_closed      INTEGER NOT NULL,
    is_disputed    INTEGER NOT NULL,
    late_30        INTEGER NOT NULL,
    late_60        INTEGER NOT NULL,
    late_90        INTEGER NOT NULL,
    balance        TEXT,
    past_due       TEXT,
    high_balance   TEXT,
    opened         TEXT,
    reported       TEXT,
    last_activity  TEXT,
    charged_off    TEXT,
    collected      TEXT,
    body           TEXT    NOT NULL,
    walk           INTEGER NOT NULL,
    absences       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX negative_items_by_client ON negative_items (client_id);

-- Negative items name a report; only the report names its bureau.
CREATE TABLE client_reports (
    id        INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    bureau    TEXT,
    body      TEXT    NOT NULL,
    walk      INTEGER NOT NULL,
    absences  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX client_reports_by_client ON client_reports (client_id);

CREATE TABLE agreements (
    id        INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    signed    TEXT,
    body      TEXT    NOT NULL,
    walk      INTEGER NOT NULL,
    absences  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX agreements_by_client ON agreements (client_id);

CREATE TABLE documents (
    id            TEXT    NOT NULL PRIMARY KEY,
    client_id     INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    subkind       TEXT    NOT NULL,
    attachment_id INTEGER,
    caption       TEXT    NOT NULL,
    extension     TEXT    NOT NULL,
    size          INTEGER NOT NULL,
    created       TEXT,
    body          TEXT    NOT NULL,
    walk          INTEGER NOT NULL,
    absences      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX documents_by_client ON documents (client_id);

CREATE TABLE notes (
    id        INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    text      TEXT    NOT NULL,
    author    TEXT    NOT NULL,
    created   TEXT,
    body      TEXT    NOT NULL,
    walk      INTEGER NOT NULL,
    absences  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX notes_by_client ON notes (client_id);

CREATE TABLE correspondences (
    id        INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    channel   TEXT    NOT NULL,
    item_id   TEXT,
    run_by    TEXT    NOT NULL,
    created   TEXT,
    body      TEXT    NOT NULL,
    walk      INTEGER NOT NULL,
    absences  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX correspondences_by_client ON correspondences (client_id);

CREATE TABLE bureau_addresses (
    id         INTEGER NOT NULL PRIMARY KEY,
    bureau     TEXT,
    title      TEXT    NOT NULL,
    street     TEXT    NOT NULL,
    city       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    zip        TEXT    NOT NULL,
    fax_number TEXT,
    is_default INTEGER NOT NULL,
    body       TEXT    NOT NULL,
    walk       INTEGER NOT NULL,
    absences   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE furnishers (
    id         INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    sort_name  TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    fax_number TEXT,
    body       TEXT    NOT NULL,
    walk       INTEGER NOT NULL,
    absences   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX furnishers_by_name ON furnishers (sort_name, id);

-- The server keeps no postal address of a furnisher: the one an agent typed here, by the furnisher's key.
CREATE TABLE furnisher_addresses (
    furnisher_id INTEGER NOT NULL PRIMARY KEY,
    street       TEXT    NOT NULL,
    city         TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    zip          TEXT    NOT NULL
) STRICT;

CREATE TABLE templates (
    id         INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    is_dispute INTEGER NOT NULL,
    category   TEXT,
    contents   TEXT    NOT NULL,
    body       TEXT    NOT NULL,
    walk       INTEGER NOT NULL,
    absences   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE snippets (
    id       INTEGER NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL,
    html     TEXT    NOT NULL,
    state    TEXT,
    body     TEXT    NOT NULL,
    walk     INTEGER NOT NULL,
    absences INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE reasons (
    id             INTEGER NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    position       INTEGER NOT NULL,
    claim_code     TEXT,
    creditor_types TEXT    NOT NULL,
    body           TEXT    NOT NULL,
    walk           INTEGER NOT NULL,
    absences       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Rows of a shape this build cannot read: kept as sent, counted, never dropped silently.
CREATE TABLE parked (
    id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    resource TEXT    NOT NULL,
    walk     INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    body     TEXT    NOT NULL
) STRICT;
CREATE INDEX parked_by_resource ON parked (resource, walk);

-- Where the pull stands, by resource: enough to go on after a kill.
CREATE TABLE pulls (
    resource  TEXT    NOT NULL PRIMARY KEY,
    walk      INTEGER NOT NULL,
    next_page INTEGER NOT NULL,
    received  INTEGER NOT NULL,
    total     INTEGER,
    done      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
