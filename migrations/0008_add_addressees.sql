-- Letters to anyone: a name and an address typed on this desk. One is kept for each name, so that letters to it are known
-- to go to the same party. One that was forgotten stays as the reference of its letters.
CREATE TABLE addressees (
    id         INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    sort_name  TEXT    NOT NULL UNIQUE,
    street     TEXT    NOT NULL,
    city       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    zip        TEXT    NOT NULL,
    fax_number TEXT,
    forgotten  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A check cannot be widened, and a table that others refer to is not made anew: the column is. Its default is for the rows
-- that are here, and only until the next line.
ALTER TABLE letters ADD COLUMN party TEXT NOT NULL DEFAULT 'bureau'
    CHECK (party IN ('bureau', 'furnisher', 'addressee'));
UPDATE letters SET party = recipient_kind;
ALTER TABLE letters DROP COLUMN recipient_kind;
ALTER TABLE letters RENAME COLUMN party TO recipient_kind;
