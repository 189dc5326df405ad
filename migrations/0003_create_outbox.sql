-- What is to be sent. Rows are never deleted, by no migration: a row of a kind that a build does not know stays as it is.
-- `revision` counts changes; every change is compared and swapped on it. A client's rows go in the order of `seq`.

CREATE TABLE outbox (
    seq           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id            TEXT    NOT NULL UNIQUE,
    client_id     INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    payload       TEXT    NOT NULL,
    file_hash     TEXT,
    letter_id     TEXT,
    state         TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'rejected', 'unknown', 'cancelled')),
    step          TEXT    NOT NULL CHECK (step IN ('upload', 'act')),
    attachment_id INTEGER,
    server_id     TEXT,
    revision      INTEGER NOT NULL,
    created       TEXT    NOT NULL,
    sent          TEXT,
    attempts      INTEGER NOT NULL,
    unreached     INTEGER NOT NULL,
    next          TEXT,
    absences      INTEGER NOT NULL,
    trouble       TEXT,
    evidence      TEXT    NOT NULL,
    decision      TEXT,
    decided       TEXT,
    over          INTEGER NOT NULL GENERATED ALWAYS AS (state IN ('done', 'cancelled')) STORED
) STRICT;
CREATE INDEX outbox_by_lane ON outbox (client_id, seq) WHERE NOT over;
CREATE INDEX outbox_by_letter ON outbox (letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX outbox_by_file ON outbox (file_hash) WHERE file_hash IS NOT NULL;
CREATE INDEX outbox_by_client ON outbox (client_id, seq);

-- The bytes of what is to be sent, in pieces, by the SHA-256 of the whole. They go when no waiting row needs them.
CREATE TABLE outbox_pieces (
    hash     TEXT    NOT NULL,
    position INTEGER NOT NULL,
    bytes    BLOB    NOT NULL,
    PRIMARY KEY (hash, position)
) STRICT, WITHOUT ROWID;
