-- When a payment of a negative item was late, or worse, last: what the end of its time on a report is reckoned from. Items that are
-- here already have it in what the portal sent; what is no day stays unknown.
ALTER TABLE negative_items ADD COLUMN last_adverse TEXT;

UPDATE negative_items SET last_adverse = told.day
FROM (
    SELECT id, substr(CASE WHEN json_valid(body) THEN body ->> 'most_recent_adverse_rating_date' END, 1, 10) AS day
    FROM negative_items
) told
WHERE told.id = negative_items.id AND date(told.day) = told.day;
