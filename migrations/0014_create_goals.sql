-- The goals there are, and those of each client; filled by the next pull. Each list comes in one answer, and is replaced whole.

CREATE TABLE goals (
    id   INTEGER NOT NULL PRIMARY KEY,
    name TEXT    NOT NULL,
    body TEXT    NOT NULL
) STRICT;

CREATE TABLE client_goals (
    client_id INTEGER NOT NULL,
    goal_id   INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    PRIMARY KEY (client_id, goal_id)
) STRICT, WITHOUT ROWID;

-- What came of proving a client's identity from this desk, the last time with each provider. The portal does not tell it
-- again, so what is not here is not known.
CREATE TABLE identity_proofs (
    client_id INTEGER NOT NULL,
    provider  TEXT    NOT NULL,
    outcome   TEXT    NOT NULL CHECK (outcome IN ('proven', 'skipped', 'refused')),
    at        TEXT    NOT NULL,
    author    TEXT    NOT NULL,
    PRIMARY KEY (client_id, provider)
) STRICT, WITHOUT ROWID;

-- Everyone's tasks in the order of their page: open ones by the moment they are due, then the others, newest first.
CREATE INDEX client_tasks_by_day ON client_tasks (due IS NULL, due, id, author) WHERE state = 'open';
CREATE INDEX client_tasks_over ON client_tasks (due IS NULL, due DESC, id DESC, author) WHERE state <> 'open';
