-- What letters enclose, and the portal's stored files that were brought here for it.

CREATE TABLE stored_files (
    attachment_id INTEGER NOT NULL PRIMARY KEY,
    hash          TEXT    NOT NULL,
    bytes         BLOB    NOT NULL,
    kept          TEXT    NOT NULL
) STRICT;

CREATE TABLE letter_enclosures (
    letter_id   TEXT    NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    document_id TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    hash        TEXT    NOT NULL,
    PRIMARY KEY (letter_id, position)
) STRICT, WITHOUT ROWID;
