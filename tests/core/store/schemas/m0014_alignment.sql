CREATE TABLE alignment (
    id INTEGER PRIMARY KEY,
    own_measure_id INTEGER NOT NULL REFERENCES measure(id),
    superior_measure_id INTEGER REFERENCES measure(id),
    bundled_key TEXT,
    bundled_no INTEGER,
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'added', 'rejected')),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    CHECK ((superior_measure_id IS NULL) = (bundled_no IS NOT NULL)),
    CHECK ((bundled_key IS NULL) = (bundled_no IS NULL))
) STRICT;
CREATE UNIQUE INDEX alignment_in_file ON alignment(own_measure_id, superior_measure_id);
CREATE UNIQUE INDEX alignment_bundled ON alignment(own_measure_id, bundled_key, bundled_no);
INSERT INTO alignment VALUES (1, 1, NULL, 'dingxi', 4, 'accepted', '2025-01-05T08:00:00+08:00', '经办人');
