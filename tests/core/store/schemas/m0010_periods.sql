ALTER TABLE period ADD COLUMN asks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(asks));
CREATE TABLE frozen_period (
    id INTEGER PRIMARY KEY,
    period_id INTEGER NOT NULL REFERENCES period(id),
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    as_of TEXT NOT NULL,
    frozen_at TEXT NOT NULL,
    who TEXT NOT NULL,
    figures TEXT NOT NULL CHECK (json_valid(figures))
) STRICT;
CREATE INDEX frozen_period_of ON frozen_period(period_id, plan_id);
CREATE TABLE upward_report (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    position INTEGER NOT NULL,
    what TEXT NOT NULL,
    who TEXT,
    due_on TEXT,
    due_text TEXT,
    addressee TEXT,
    period_id INTEGER REFERENCES period(id),
    sent_on TEXT,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE holiday (
    day TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    is_workday INTEGER NOT NULL
) STRICT;
UPDATE period SET asks = '["p1"]' WHERE id = 1;
INSERT INTO frozen_period VALUES (1, 1, 1, '2024-12-31', '2025-01-02T08:00:00+08:00', '经办人', '{"measures": {"total": 2}}');
INSERT INTO upward_report VALUES (1, 1, 0, '终期总结', '司法局', '2025-12-31', '2025年底前', '市局', NULL, NULL, '');
INSERT INTO holiday VALUES ('2024-10-01', '国庆节', 0);
