-- Who let a letter go, which way, and when: the approval that stands beside its review and its overrides.

CREATE TABLE letter_releases (
    letter_id TEXT NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
    way       TEXT NOT NULL CHECK (way IN ('print', 'fax')),
    released  TEXT NOT NULL,
    author    TEXT NOT NULL
) STRICT;
CREATE INDEX letter_releases_by_letter ON letter_releases (letter_id);
