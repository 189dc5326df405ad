-- Stored reports of clients ("master schemas"). Their contents are read one by one, kept for the newest of each bureau only,
-- and stand apart, so that a list never drags them along. All of it is filled by the next pull.

CREATE TABLE credit_reports (
    id        INTEGER NOT NULL PRIMARY KEY,
    client_id INTEGER NOT NULL,
    vendor    TEXT    NOT NULL,
    bureau    TEXT    NOT NULL,
    report    TEXT,
    reported  TEXT,
    modified  TEXT,
    body      TEXT    NOT NULL,
    walk      INTEGER NOT NULL,
    absences  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX credit_reports_by_client ON credit_reports (client_id);

-- `modified` is the report's own when its content was read: a later one means that the content is old.
CREATE TABLE credit_report_contents (
    report_id INTEGER NOT NULL PRIMARY KEY REFERENCES credit_reports (id) ON DELETE CASCADE,
    modified  TEXT,
    content   TEXT    NOT NULL
) STRICT;

-- What became of asking for a client's reports the last time.
CREATE TABLE credit_report_readings (
    client_id INTEGER NOT NULL PRIMARY KEY,
    outcome   TEXT    NOT NULL CHECK (outcome IN ('read', 'forbidden', 'missing'))
) STRICT;

-- When the portal made and last changed its header of a bureau's report.
ALTER TABLE client_reports ADD COLUMN created TEXT;
ALTER TABLE client_reports ADD COLUMN updated TEXT;
