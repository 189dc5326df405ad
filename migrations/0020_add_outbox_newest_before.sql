-- The newest correspondence that was known before the first call of a row that may have been taken: a message that is listed and not
-- newer is not the row's.
ALTER TABLE outbox ADD COLUMN newest_before INTEGER;
