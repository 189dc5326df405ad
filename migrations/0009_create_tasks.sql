-- Tasks about clients, what clients bought, and what an agreement says beside its signature. All of it is filled by the
-- next pull.

CREATE TABLE client_tasks (
    id          INTEGER NOT NULL PRIMARY KEY,
    client_id   INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    description TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
    due         TEXT,
    item_id     TEXT,
    author      TEXT    NOT NULL,
    created     TEXT,
    body        TEXT    NOT NULL,
    walk        INTEGER NOT NULL,
    absences    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX client_tasks_by_client ON client_tasks (client_id);
CREATE INDEX client_tasks_open ON client_tasks (due) WHERE state = 'open';

-- The key is text: the documented record has none.
CREATE TABLE client_products (
    id              TEXT    NOT NULL PRIMARY KEY,
    client_id       INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    code            TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    initial_fee     TEXT,
    charged_monthly TEXT,
    created         TEXT,
    body            TEXT    NOT NULL,
    walk            INTEGER NOT NULL,
    absences        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX client_products_by_client ON client_products (client_id);

ALTER TABLE agreements ADD COLUMN created TEXT;
ALTER TABLE agreements ADD COLUMN attachment_id INTEGER;
ALTER TABLE agreements ADD COLUMN caption TEXT NOT NULL DEFAULT '';
ALTER TABLE agreements ADD COLUMN extension TEXT NOT NULL DEFAULT '';
ALTER TABLE agreements ADD COLUMN size INTEGER NOT NULL DEFAULT 0;

-- What became of asking for a client's records of one kind the last time; of stored reports it was kept apart.
CREATE TABLE detail_readings (
    client_id INTEGER NOT NULL,
    detail    TEXT    NOT NULL,
    outcome   TEXT    NOT NULL CHECK (outcome IN ('read', 'forbidden', 'missing')),
    PRIMARY KEY (client_id, detail)
) STRICT, WITHOUT ROWID;
INSERT INTO detail_readings (client_id, detail, outcome)
    SELECT client_id, 'credit_reports', outcome FROM credit_report_readings;
DROP TABLE credit_report_readings;
