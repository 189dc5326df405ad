-- What a letter says of its client, as a hash: the client may be changed after it was made. Nothing is known of older letters.
ALTER TABLE letters ADD COLUMN client_hash TEXT;
