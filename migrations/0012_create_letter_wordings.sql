-- What a letter said when it was made, and what somebody changed it to by hand: HTML that the letter engine wrote.

CREATE TABLE letter_wordings (
    letter_id  TEXT NOT NULL PRIMARY KEY REFERENCES letters (id) ON DELETE CASCADE,
    made       TEXT NOT NULL,
    -- What the engine found in it then.
    findings   TEXT NOT NULL,
    changed    TEXT,
    changed_at TEXT,
    author     TEXT,
    CHECK ((changed IS NULL) = (changed_at IS NULL) AND (changed IS NULL) = (author IS NULL))
) STRICT;
