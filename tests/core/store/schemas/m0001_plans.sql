CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    date TEXT,
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
CREATE TABLE section (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    no INTEGER NOT NULL,
    label TEXT NOT NULL,
    title TEXT NOT NULL,
    declared_count INTEGER,
    UNIQUE (plan_id, no)
) STRICT;
CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    no INTEGER NOT NULL,
    section_no INTEGER,
    label TEXT NOT NULL,
    title TEXT NOT NULL,
    UNIQUE (plan_id, no)
) STRICT;
CREATE TABLE measure (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    no INTEGER NOT NULL,
    label TEXT NOT NULL,
    section_no INTEGER,
    task_no INTEGER,
    text TEXT NOT NULL,
    division_raw TEXT,
    deadline_raw TEXT,
    source TEXT NOT NULL,
    to_verify INTEGER NOT NULL,
    note TEXT,
    UNIQUE (plan_id, no)
) STRICT;
CREATE TABLE deadline (
    measure_id INTEGER NOT NULL REFERENCES measure(id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    date TEXT,
    recur TEXT,
    scope TEXT,
    PRIMARY KEY (measure_id, position)
) STRICT;
CREATE TABLE target (
    measure_id INTEGER NOT NULL REFERENCES measure(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    metric TEXT,
    op TEXT,
    value REAL,
    unit TEXT,
    period TEXT,
    PRIMARY KEY (measure_id, position)
) STRICT;
CREATE TABLE plan_problem (
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    position INTEGER NOT NULL,
    place TEXT NOT NULL,
    severity TEXT NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (plan_id, position)
) STRICT;
INSERT INTO setting VALUES ('file_id', 'ab12'), ('office', '"古县司法局"');
INSERT INTO plan VALUES (1, 'p1', 0, '旧方案', '2024-03-01',
    '{"title": "旧方案", "number": "古法〔2024〕1号", "required_reports": [{"what": "终期总结", "due": "2025-12-31"}]}');
INSERT INTO section VALUES (1, 1, 1, '（一）', '着力提升能力', 2);
INSERT INTO task VALUES (1, 1, 1, 1, '1.', '着力提高政治能力');
INSERT INTO measure (id, plan_id, no, label, section_no, task_no, text, division_raw, deadline_raw, source, to_verify, note) VALUES
    (1, 1, 1, '（1）', 1, 1, '组织轮训，人均不少于60学时。', '财政局牵头，各乡镇落实', '2024年底前', 'table', 0, NULL),
    (2, 1, 2, '（2）', 1, NULL, '公开执法信息。', '各乡镇', '长期坚持', 'body', 1, '原件缺页');
INSERT INTO deadline VALUES (1, 0, 'by', '2024-12-31', NULL, NULL), (2, 0, 'ongoing', NULL, NULL, NULL);
INSERT INTO target VALUES (1, 0, '不少于60学时', '学时', '>=', 60.0, '学时', NULL);
INSERT INTO plan_problem VALUES (1, 0, '第 2 行', 'warning', '缺页');
