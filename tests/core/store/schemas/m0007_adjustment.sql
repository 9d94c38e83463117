ALTER TABLE measure ADD COLUMN last_no INTEGER;
ALTER TABLE measure ADD COLUMN merged_into INTEGER REFERENCES measure(id);
CREATE TABLE adjustment (
    id INTEGER PRIMARY KEY,
    measure_id INTEGER NOT NULL REFERENCES measure(id),
    obligation_id INTEGER REFERENCES obligation(id),
    what TEXT NOT NULL,
    before TEXT NOT NULL CHECK (json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    basis TEXT NOT NULL CHECK (basis <> ''),
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL
) STRICT;
CREATE INDEX adjustment_measure ON adjustment(measure_id);
INSERT INTO measure (id, plan_id, no, label, text, source, to_verify, last_no, merged_into) VALUES
    (3, 1, -3, '（3）', '并入第一条的。', 'table', 0, 3, 1);
INSERT INTO adjustment VALUES (1, 1, NULL, 'deadline', '{"date": "2024-10-31"}', '{"date": "2024-12-31"}', '古法〔2024〕7号', '疫情', '2024-09-01T08:00:00+08:00', '经办人');
