-- The gate before any output, print runs, and answers that are awaited. All of it is this desk's own record.

-- What a letter's wording is recognised by; of letters written before this, nothing is known.
ALTER TABLE letters ADD COLUMN fingerprint BLOB;
-- SHA-256 of what the letter says of the item, and what became of it.
ALTER TABLE letter_items ADD COLUMN facts_hash TEXT;
ALTER TABLE letter_items ADD COLUMN outcome TEXT
    CHECK (outcome IN ('deleted', 'updated', 'verified', 'frivolous', 'no_response', 'reinserted'));
ALTER TABLE letter_items ADD COLUMN outcome_at TEXT;
ALTER TABLE letter_items ADD COLUMN outcome_by TEXT;

UPDATE letters SET findings = (
    SELECT json_group_array(json_object('rule', 'wording', 'message', value)) FROM json_each(letters.findings)
);

CREATE TABLE letter_reviews (
    letter_id TEXT NOT NULL PRIMARY KEY REFERENCES letters (id) ON DELETE CASCADE,
    channel   TEXT NOT NULL,
    reviewed  TEXT NOT NULL,
    recorded  TEXT NOT NULL,
    author    TEXT NOT NULL
) STRICT;

CREATE TABLE letter_overrides (
    letter_id TEXT NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
    rule      TEXT NOT NULL,
    subject   TEXT NOT NULL,
    reason    TEXT NOT NULL,
    recorded  TEXT NOT NULL,
    author    TEXT NOT NULL,
    PRIMARY KEY (letter_id, rule, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE exclusions (
    id        TEXT    NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('item', 'late_payment', 'bureau', 'creditor')),
    about     TEXT    NOT NULL,
    payment   TEXT,
    reason    TEXT    NOT NULL,
    recorded  TEXT    NOT NULL,
    author    TEXT    NOT NULL
) STRICT;
CREATE INDEX exclusions_by_client ON exclusions (client_id);

CREATE TABLE follow_ups (
    letter_id TEXT    NOT NULL PRIMARY KEY REFERENCES letters (id) ON DELETE CASCADE,
    sent_by   TEXT    NOT NULL CHECK (sent_by IN ('mail', 'fax')),
    sent      TEXT    NOT NULL,
    received  TEXT,
    extended  INTEGER NOT NULL DEFAULT 0,
    opened    TEXT    NOT NULL
) STRICT;

CREATE TABLE print_runs (
    id         TEXT    NOT NULL PRIMARY KEY,
    number     INTEGER NOT NULL UNIQUE,
    reprint_of TEXT    REFERENCES print_runs (id),
    printer    TEXT    NOT NULL,
    tray       TEXT,
    duplex     INTEGER NOT NULL,
    copies     INTEGER NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('printing', 'printed', 'failed', 'cancelled', 'confirmed')),
    job        TEXT,
    failure    TEXT,
    started    TEXT    NOT NULL,
    author     TEXT    NOT NULL
) STRICT;

CREATE TABLE print_run_letters (
    run_id    TEXT    NOT NULL REFERENCES print_runs (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    letter_id TEXT    NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
    pages     INTEGER NOT NULL,
    came_out  INTEGER,
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX print_run_letters_by_letter ON print_run_letters (letter_id);
