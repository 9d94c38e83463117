ALTER TABLE progress ADD COLUMN said_by TEXT;
ALTER TABLE progress ADD COLUMN came_by TEXT NOT NULL DEFAULT '填报';
ALTER TABLE progress ADD COLUMN received_on TEXT;
ALTER TABLE progress ADD COLUMN reviewed_at TEXT;
ALTER TABLE progress ADD COLUMN reviewed_by TEXT;
ALTER TABLE progress ADD COLUMN review_reason TEXT;
ALTER TABLE progress ADD COLUMN times_returned INTEGER NOT NULL DEFAULT 0;
UPDATE progress SET received_on = substr(saved_at, 1, 10);
CREATE INDEX progress_unsettled ON progress(review, saved_at) WHERE review <> '通过';
CREATE TABLE progress_target (
    progress_id INTEGER NOT NULL REFERENCES progress(id),
    position INTEGER NOT NULL,
    target TEXT NOT NULL,
    value REAL,
    note TEXT NOT NULL,
    PRIMARY KEY (progress_id, position)
) STRICT;
CREATE TABLE objection (
    id INTEGER PRIMARY KEY,
    obligation_id INTEGER NOT NULL REFERENCES obligation(id),
    kind TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    raised_on TEXT NOT NULL,
    answer TEXT,
    outcome TEXT,
    answered_on TEXT
) STRICT;
CREATE INDEX objection_obligation ON objection(obligation_id);
UPDATE progress SET said_by = '李四', came_by = '填报表', received_on = '2024-12-19',
    reviewed_at = '2024-12-25T10:00:00+08:00', reviewed_by = '经办人', review_reason = '缺日期', times_returned = 1 WHERE id = 3;
INSERT INTO progress_target VALUES (1, 0, '不少于60学时', 64.5, '');
INSERT INTO objection VALUES (1, 2, '责任', '不归我们', '2024-11-11', '仍由你镇负责', '维持', '2024-11-20');
