BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
"id" INTEGER PRIMARY KEY,
"migration_set" TEXT,
"name" TEXT,
"applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'taizhang','m0001_plans','2026-11-21 18:11:40.564852+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'taizhang','m0002_units','2026-11-21 18:11:40.565470+00:00');
CREATE TABLE deadline (
measure_id INTEGER NOT NULL REFERENCES measure(id),
position INTEGER NOT NULL,
kind TEXT NOT NULL,
date TEXT,
recur TEXT,
scope TEXT,
PRIMARY KEY (measure_id, position)
) STRICT;
INSERT INTO "deadline" VALUES(1,0,'by','2024-12-31',NULL,NULL);
INSERT INTO "deadline" VALUES(2,0,'ongoing',NULL,NULL,NULL);
CREATE TABLE division (
measure_id INTEGER NOT NULL REFERENCES measure(id),
role TEXT NOT NULL,
position INTEGER NOT NULL,
name TEXT NOT NULL,
PRIMARY KEY (measure_id, role, position)
) STRICT;
INSERT INTO "division" VALUES(1,'lead',0,'财政局');
INSERT INTO "division" VALUES(1,'responsible',0,'各乡镇');
INSERT INTO "division" VALUES(2,'responsible',0,'各乡镇');
CREATE TABLE group_member (
group_id INTEGER NOT NULL REFERENCES unit(id),
position INTEGER NOT NULL,
unit_id INTEGER NOT NULL REFERENCES unit(id),
PRIMARY KEY (group_id, unit_id)
) STRICT;
INSERT INTO "group_member" VALUES(3,0,2);
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
INSERT INTO "measure" VALUES(1,1,1,'（1）',1,1,'组织轮训，人均不少于60学时。','财政局牵头，各乡镇落实','2024年底前','table',0,NULL);
INSERT INTO "measure" VALUES(2,1,2,'（2）',1,NULL,'公开执法信息。','各乡镇','长期坚持','body',1,'原件缺页');
CREATE TABLE obligation (
id INTEGER PRIMARY KEY,
measure_id INTEGER NOT NULL REFERENCES measure(id),
unit_id INTEGER NOT NULL REFERENCES unit(id),
role TEXT NOT NULL,
is_group INTEGER NOT NULL,
via TEXT NOT NULL,
position INTEGER NOT NULL,
active INTEGER NOT NULL,
UNIQUE (measure_id, unit_id)
) STRICT;
INSERT INTO "obligation" VALUES(1,1,1,'lead',0,'[]',0,1);
INSERT INTO "obligation" VALUES(2,1,2,'responsible',0,'["各乡镇"]',1,1);
INSERT INTO "obligation" VALUES(3,1,3,'responsible',1,'[]',2,1);
INSERT INTO "obligation" VALUES(4,2,2,'responsible',0,'["各乡镇"]',0,1);
INSERT INTO "obligation" VALUES(5,2,3,'responsible',1,'[]',1,0);
CREATE TABLE plan (
id INTEGER PRIMARY KEY,
key TEXT NOT NULL UNIQUE,
position INTEGER NOT NULL,
title TEXT NOT NULL,
date TEXT,
document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
INSERT INTO "plan" VALUES(1,'p1',0,'旧方案','2024-03-01','{"title": "旧方案", "number": "古法〔2024〕1号", "required_reports": [{"what": "终期总结", "due": "2025-12-31"}]}');
CREATE TABLE plan_problem (
plan_id INTEGER NOT NULL REFERENCES plan(id),
position INTEGER NOT NULL,
place TEXT NOT NULL,
severity TEXT NOT NULL,
what TEXT NOT NULL,
PRIMARY KEY (plan_id, position)
) STRICT;
INSERT INTO "plan_problem" VALUES(1,0,'第 2 行','warning','缺页');
CREATE TABLE section (
id INTEGER PRIMARY KEY,
plan_id INTEGER NOT NULL REFERENCES plan(id),
no INTEGER NOT NULL,
label TEXT NOT NULL,
title TEXT NOT NULL,
declared_count INTEGER,
UNIQUE (plan_id, no)
) STRICT;
INSERT INTO "section" VALUES(1,1,1,'（一）','着力提升能力',2);
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "setting" VALUES('file_id','ab12');
INSERT INTO "setting" VALUES('office','"古县司法局"');
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
INSERT INTO "target" VALUES(1,0,'不少于60学时','学时','>=',60.0,'学时',NULL);
CREATE TABLE task (
id INTEGER PRIMARY KEY,
plan_id INTEGER NOT NULL REFERENCES plan(id),
no INTEGER NOT NULL,
section_no INTEGER,
label TEXT NOT NULL,
title TEXT NOT NULL,
UNIQUE (plan_id, no)
) STRICT;
INSERT INTO "task" VALUES(1,1,1,1,'1.','着力提高政治能力');
CREATE TABLE unit (
id INTEGER PRIMARY KEY,
position INTEGER NOT NULL,
name TEXT NOT NULL UNIQUE,
kind TEXT NOT NULL,
is_group INTEGER NOT NULL,
incomplete INTEGER NOT NULL,
to_verify INTEGER NOT NULL,
contact TEXT,
phone TEXT,
mail TEXT
) STRICT;
INSERT INTO "unit" VALUES(1,0,'财政局','部门',0,0,0,'张三','0357-1234567','a@example.cn');
INSERT INTO "unit" VALUES(2,1,'岳阳镇','乡镇',0,0,0,NULL,NULL,NULL);
INSERT INTO "unit" VALUES(3,2,'各乡镇','集合',1,1,0,NULL,NULL,NULL);
CREATE TABLE unit_alias (
alias TEXT PRIMARY KEY,
unit_id INTEGER NOT NULL REFERENCES unit(id)
) STRICT;
INSERT INTO "unit_alias" VALUES('县财政局',1);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX obligation_unit ON obligation(unit_id);
COMMIT;
