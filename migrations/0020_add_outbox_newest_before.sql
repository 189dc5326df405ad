-- The newest correspondence that was known when a row was first sent: a message that is listed and not newer is not the row's.
ALTER TABLE outbox ADD COLUMN newest_before INTEGER;
