-- What a list shows of a client, beside whoever comes next by name: a page of them lies on a few pages of the file, while the
-- clients themselves, with all that the portal says of them, lie on one each. Triggers keep it; nothing else writes to it.

CREATE TABLE client_cards (
    sort_name   TEXT    NOT NULL,
    client_id   INTEGER NOT NULL,
    client_key  TEXT,
    first_name  TEXT    NOT NULL,
    middle_name TEXT    NOT NULL,
    last_name   TEXT    NOT NULL,
    email       TEXT,
    phones      TEXT    NOT NULL,
    ssn         TEXT,
    birth_date  TEXT,
    street      TEXT    NOT NULL,
    city        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    zip         TEXT    NOT NULL,
    PRIMARY KEY (sort_name, client_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW client_card_facts AS
    SELECT sort_name, id AS client_id, client_key, first_name, middle_name, last_name, email, phones, ssn, birth_date, street, city,
        state, zip
    FROM clients;

INSERT INTO client_cards SELECT * FROM client_card_facts ORDER BY sort_name, client_id;

CREATE TRIGGER client_cards_adds_client AFTER INSERT ON clients BEGIN
    INSERT INTO client_cards SELECT * FROM client_card_facts WHERE client_id = new.id;
END;

CREATE TRIGGER client_cards_changes_client AFTER UPDATE OF sort_name, client_key, first_name, middle_name, last_name, email, phones,
    ssn, birth_date, street, city, state, zip ON clients
    WHEN (old.sort_name, old.client_key, old.first_name, old.middle_name, old.last_name, old.email, old.phones, old.ssn,
            old.birth_date, old.street, old.city, old.state, old.zip)
        IS NOT (new.sort_name, new.client_key, new.first_name, new.middle_name, new.last_name, new.email, new.phones, new.ssn,
            new.birth_date, new.street, new.city, new.state, new.zip)
BEGIN
    DELETE FROM client_cards WHERE sort_name = old.sort_name AND client_id = old.id;
    INSERT INTO client_cards SELECT * FROM client_card_facts WHERE client_id = new.id;
END;

CREATE TRIGGER client_cards_drops_client AFTER DELETE ON clients BEGIN
    DELETE FROM client_cards WHERE sort_name = old.sort_name AND client_id = old.id;
END;
