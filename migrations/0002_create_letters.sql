-- Letters prepared on this desk. What a letter said when it was made is copied here: it must not change with the cache.

CREATE TABLE letters (
    id                TEXT    NOT NULL PRIMARY KEY,
    client_id         INTEGER NOT NULL,
    client_name       TEXT    NOT NULL,
    recipient_kind    TEXT    NOT NULL CHECK (recipient_kind IN ('bureau', 'furnisher')),
    recipient_ref     TEXT    NOT NULL,
    recipient_name    TEXT    NOT NULL,
    street            TEXT,
    city              TEXT,
    state             TEXT,
    zip               TEXT,
    fax_number        TEXT,
    dated             TEXT    NOT NULL,
    pages             INTEGER NOT NULL,
    stage             TEXT    NOT NULL CHECK (stage IN ('prepared', 'printed', 'discarded')),
    prepared          TEXT    NOT NULL,
    printed           TEXT,
    saved             TEXT,
    template_id       INTEGER NOT NULL,
    template_name     TEXT    NOT NULL,
    template_hash     TEXT    NOT NULL,
    seed              TEXT    NOT NULL,
    data_hash         TEXT    NOT NULL,
    engine            TEXT    NOT NULL,
    pdf_hash          TEXT    NOT NULL,
    author            TEXT    NOT NULL,
    unsigned_override TEXT,
    window_area       TEXT,
    findings          TEXT    NOT NULL
) STRICT;
CREATE INDEX letters_by_client ON letters (client_id, prepared);
CREATE INDEX letters_by_time ON letters (prepared);

CREATE TABLE letter_items (
    letter_id      TEXT    NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    item_id        TEXT    NOT NULL,
    instruction_id INTEGER NOT NULL,
    account_name   TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    PRIMARY KEY (letter_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_items_by_item ON letter_items (item_id);

CREATE TABLE letter_pdfs (
    letter_id TEXT NOT NULL PRIMARY KEY REFERENCES letters (id) ON DELETE CASCADE,
    pdf       BLOB NOT NULL
) STRICT;
