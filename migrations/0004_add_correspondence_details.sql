-- What the timeline shows of a piece of correspondence. Filled by the next pull.

ALTER TABLE correspondences ADD COLUMN attributes TEXT NOT NULL DEFAULT '{}';
ALTER TABLE correspondences ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
