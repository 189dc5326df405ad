-- A row that the agent paused waits until it is resumed. That nothing at all is sent stands in `meta`, as `outbox.paused`.

ALTER TABLE outbox ADD COLUMN paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1));
