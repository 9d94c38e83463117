CREATE TABLE dispatch (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    period_id INTEGER NOT NULL REFERENCES period(id),
    unit_id INTEGER NOT NULL REFERENCES unit(id),
    version INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    file_name TEXT NOT NULL,
    signed_by TEXT,
    signed_on TEXT,
    UNIQUE (plan_id, period_id, unit_id, version)
) STRICT;
CREATE TABLE received_file (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    received_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    plan_id INTEGER REFERENCES plan(id),
    period_id INTEGER REFERENCES period(id),
    unit_id INTEGER REFERENCES unit(id),
    verdict TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (json_valid(outcome)),
    is_settled INTEGER NOT NULL
) STRICT;
CREATE INDEX received_file_sha ON received_file(sha256);
CREATE TABLE reminder (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    period_id INTEGER REFERENCES period(id),
    unit_id INTEGER NOT NULL REFERENCES unit(id),
    at TEXT NOT NULL,
    way TEXT NOT NULL,
    person TEXT NOT NULL,
    text TEXT NOT NULL,
    answer TEXT NOT NULL,
    promised_on TEXT
) STRICT;
CREATE INDEX reminder_unit ON reminder(unit_id);
CREATE TABLE template_mapping (
    id INTEGER PRIMARY KEY,
    signature TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    mapping TEXT NOT NULL CHECK (json_valid(mapping))
) STRICT;
CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    period_id INTEGER NOT NULL REFERENCES period(id),
    made_at TEXT NOT NULL,
    as_of TEXT NOT NULL,
    name TEXT NOT NULL,
    manifest TEXT NOT NULL CHECK (json_valid(manifest)),
    sent_on TEXT,
    sent_by TEXT NOT NULL
) STRICT;
INSERT INTO dispatch VALUES (1, 1, 1, 1, 1, '2024-12-01T08:00:00+08:00', 'aa', 'bb', '财政局.xlsx', NULL, NULL);
INSERT INTO received_file VALUES (1, 'c7225dbf105eeed5ba8d667dd1d85f7bbbc4c6befe31fb95ec976779c0c9b22e', 6, '财政局.xlsx', '回收', '2024-12-20T08:00:00+08:00', 'sheet', 1, 1, 1, 'ok', '{}', 1);
INSERT INTO reminder VALUES (1, 1, 1, 2, '2024-12-29T08:00:00+08:00', '电话', '赵六', '请尽快', '明天', '2024-12-30');
INSERT INTO template_mapping VALUES (1, 'sig', '上级表', '{"sheet": "表", "header": [1, 1], "fields": {}}');
INSERT INTO submission VALUES (1, 1, 1, '2025-01-03T08:00:00+08:00', '2024-12-31', '上报', '{"files": []}', NULL, '');
