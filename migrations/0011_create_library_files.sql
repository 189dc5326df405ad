-- The portal's stored files that templates and snippets show: they are kept here as long as one of these names them.

CREATE TABLE library_files (
    attachment_id INTEGER NOT NULL PRIMARY KEY
) STRICT;
