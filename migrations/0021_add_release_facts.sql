-- What a letter rested on when somebody let it go: by what it is, a hash. Nothing is known of older approvals.
ALTER TABLE letter_releases ADD COLUMN facts TEXT;
