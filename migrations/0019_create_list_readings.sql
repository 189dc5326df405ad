-- What became of asking for a list the last time: whether its emptiness means anything.
CREATE TABLE list_readings (
    resource TEXT NOT NULL PRIMARY KEY,
    outcome  TEXT NOT NULL CHECK (outcome IN ('read', 'forbidden', 'missing'))
) STRICT, WITHOUT ROWID;
