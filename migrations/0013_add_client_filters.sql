-- What the list of clients is sorted and narrowed by: rows so small that all of them can be looked through. What is only ever
-- sorted by stands apart. Triggers keep both as the tables beside them are; nothing else writes to them. `signed` is in seconds
-- since 1970, so that it takes a row little room.

CREATE TABLE client_list (
    client_id  INTEGER NOT NULL PRIMARY KEY,
    sort_name  TEXT    NOT NULL,
    place      TEXT    COLLATE NOCASE,
    state      TEXT    NOT NULL COLLATE NOCASE,
    mailable   INTEGER NOT NULL,
    detailed   INTEGER NOT NULL,
    signed     INTEGER,
    items      INTEGER NOT NULL,
    undisputed INTEGER NOT NULL
) STRICT;

CREATE TABLE client_contacts (
    client_id INTEGER NOT NULL PRIMARY KEY,
    email     TEXT    COLLATE NOCASE,
    phone     TEXT,
    ssn_end   TEXT
) STRICT;

-- Neither the portal nor an exclusion there says that anything was done about it; letters of this desk are not looked at.
ALTER TABLE negative_items ADD COLUMN undisputed INTEGER
    GENERATED ALWAYS AS (excluded = 0 AND is_disputed = 0 AND status IN ('new', 'not_processed')) VIRTUAL;

CREATE VIEW client_facts AS
    SELECT id AS client_id,
        sort_name,
        nullif(CASE WHEN city = '' THEN state ELSE city || ', ' || state END, '') AS place,
        trim(state) AS state,
        trim(street) <> '' AND trim(city) <> '' AND trim(state) <> '' AND trim(zip) <> '' AS mailable,
        details_walk > 0 AS detailed,
        nullif(email, '') AS email,
        nullif(replace(replace(replace(replace(replace(coalesce(phones ->> '$[0]', ''), '(', ''), ')', ''), '-', ''), ' ', ''), '+1', ''), '') AS phone,
        substr(ssn, -4) AS ssn_end
    FROM clients;

INSERT INTO client_list (client_id, sort_name, place, state, mailable, detailed, signed, items, undisputed)
    SELECT f.client_id, f.sort_name, f.place, f.state, f.mailable, f.detailed, a.signed, coalesce(i.items, 0),
        coalesce(i.undisputed, 0)
    FROM client_facts f
    LEFT JOIN (SELECT client_id, unixepoch(min(signed)) AS signed FROM agreements GROUP BY client_id) a
        ON a.client_id = f.client_id
    LEFT JOIN (SELECT client_id, count(*) AS items, sum(undisputed) AS undisputed FROM negative_items GROUP BY client_id) i
        ON i.client_id = f.client_id;
INSERT INTO client_contacts (client_id, email, phone, ssn_end) SELECT client_id, email, phone, ssn_end FROM client_facts;

-- The list was sorted by it until now.
DROP INDEX clients_by_name;
CREATE INDEX client_list_by_name ON client_list (sort_name, client_id);
CREATE INDEX client_list_by_place ON client_list (place, sort_name, client_id);
CREATE INDEX client_list_by_state ON client_list (state);

CREATE TRIGGER client_list_adds_client AFTER INSERT ON clients BEGIN
    INSERT INTO client_list (client_id, sort_name, place, state, mailable, detailed, signed, items, undisputed)
        SELECT client_id, sort_name, place, state, mailable, detailed,
            (SELECT unixepoch(min(signed)) FROM agreements WHERE client_id = new.id),
            (SELECT count(*) FROM negative_items WHERE client_id = new.id),
            (SELECT coalesce(sum(undisputed), 0) FROM negative_items WHERE client_id = new.id)
        FROM client_facts WHERE client_id = new.id;
    INSERT INTO client_contacts (client_id, email, phone, ssn_end)
        SELECT client_id, email, phone, ssn_end FROM client_facts WHERE client_id = new.id;
END;

CREATE TRIGGER client_list_changes_client AFTER UPDATE OF sort_name, street, city, state, zip, details_walk ON clients
    WHEN (old.sort_name, old.street, old.city, old.state, old.zip, old.details_walk > 0)
        IS NOT (new.sort_name, new.street, new.city, new.state, new.zip, new.details_walk > 0)
BEGIN
    UPDATE client_list SET (sort_name, place, state, mailable, detailed) =
        (SELECT sort_name, place, state, mailable, detailed FROM client_facts WHERE client_id = new.id)
        WHERE client_id = new.id;
END;

CREATE TRIGGER client_list_changes_contacts AFTER UPDATE OF email, phones, ssn ON clients
    WHEN (old.email, old.phones, old.ssn) IS NOT (new.email, new.phones, new.ssn)
BEGIN
    UPDATE client_contacts SET (email, phone, ssn_end) =
        (SELECT email, phone, ssn_end FROM client_facts WHERE client_id = new.id)
        WHERE client_id = new.id;
END;

CREATE TRIGGER client_list_drops_client AFTER DELETE ON clients BEGIN
    DELETE FROM client_list WHERE client_id = old.id;
    DELETE FROM client_contacts WHERE client_id = old.id;
END;

CREATE TRIGGER client_list_adds_item AFTER INSERT ON negative_items BEGIN
    UPDATE client_list SET items = items + 1, undisputed = undisputed + new.undisputed WHERE client_id = new.client_id;
END;

CREATE TRIGGER client_list_changes_item AFTER UPDATE OF client_id, status, excluded, is_disputed ON negative_items
    WHEN (old.client_id, old.undisputed) IS NOT (new.client_id, new.undisputed)
BEGIN
    UPDATE client_list SET items = items - 1, undisputed = undisputed - old.undisputed WHERE client_id = old.client_id;
    UPDATE client_list SET items = items + 1, undisputed = undisputed + new.undisputed WHERE client_id = new.client_id;
END;

CREATE TRIGGER client_list_drops_item AFTER DELETE ON negative_items BEGIN
    UPDATE client_list SET items = items - 1, undisputed = undisputed - old.undisputed WHERE client_id = old.client_id;
END;

CREATE TRIGGER client_list_adds_agreement AFTER INSERT ON agreements WHEN new.signed IS NOT NULL BEGIN
    UPDATE client_list SET signed = (SELECT unixepoch(min(signed)) FROM agreements WHERE client_id = new.client_id)
        WHERE client_id = new.client_id;
END;

CREATE TRIGGER client_list_changes_agreement AFTER UPDATE OF client_id, signed ON agreements
    WHEN (old.client_id, old.signed) IS NOT (new.client_id, new.signed)
BEGIN
    UPDATE client_list SET signed = (SELECT unixepoch(min(signed)) FROM agreements a WHERE a.client_id = client_list.client_id)
        WHERE client_id IN (old.client_id, new.client_id);
END;

CREATE TRIGGER client_list_drops_agreement AFTER DELETE ON agreements WHEN old.signed IS NOT NULL BEGIN
    UPDATE client_list SET signed = (SELECT unixepoch(min(signed)) FROM agreements WHERE client_id = old.client_id)
        WHERE client_id = old.client_id;
END;

-- Who bought what.
CREATE INDEX client_products_by_name ON client_products (name, client_id);

-- Filters that an agent keeps by a name. What they ask for is the desk's own writing.
CREATE TABLE client_filters (
    id        TEXT NOT NULL PRIMARY KEY,
    name      TEXT NOT NULL,
    sort_name TEXT NOT NULL UNIQUE,
    criteria  TEXT NOT NULL,
    saved     TEXT NOT NULL
) STRICT;

-- The portal's segments of clients, as the last pull that could read them found them. Who is in one is read when an agent
-- chooses it, and stays with the time it was read.
CREATE TABLE segments (
    id          INTEGER NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    description TEXT    NOT NULL,
    clients     INTEGER,
    body        TEXT    NOT NULL
) STRICT;

CREATE TABLE segment_readings (
    segment_id INTEGER NOT NULL PRIMARY KEY REFERENCES segments (id) ON DELETE CASCADE,
    read       TEXT    NOT NULL
) STRICT;

CREATE TABLE segment_members (
    segment_id INTEGER NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    client_id  INTEGER NOT NULL,
    PRIMARY KEY (segment_id, client_id)
) STRICT, WITHOUT ROWID;
