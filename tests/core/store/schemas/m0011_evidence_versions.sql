BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
"id" INTEGER PRIMARY KEY,
"migration_set" TEXT,
"name" TEXT,
"applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'taizhang','m0001_plans','2026-11-21 18:11:40.744918+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'taizhang','m0002_units','2026-11-21 18:11:40.745528+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'taizhang','m0003_progress','2026-11-21 18:11:40.745935+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'taizhang','m0004_evidence','2026-11-21 18:11:40.748477+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'taizhang','m0005_journal','2026-11-21 18:11:40.749046+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'taizhang','m0006_plan_source','2026-11-21 18:11:40.750698+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'taizhang','m0007_adjustment','2026-11-21 18:11:40.752028+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'taizhang','m0008_review','2026-11-21 18:11:40.756827+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'taizhang','m0009_units_over_time','2026-11-21 18:11:40.761462+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'taizhang','m0010_periods','2026-11-21 18:11:40.763796+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'taizhang','m0011_evidence_versions','2026-11-21 18:11:40.764816+00:00');
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
INSERT INTO "adjustment" VALUES(1,1,NULL,'deadline','{"date": "2024-10-31"}','{"date": "2024-12-31"}','古法〔2024〕7号','疫情','2024-09-01T08:00:00+08:00','经办人');
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
CREATE TABLE draft (
obligation_id INTEGER NOT NULL REFERENCES obligation(id),
period_key TEXT NOT NULL,
part TEXT NOT NULL,
value TEXT NOT NULL CHECK (json_valid(value)),
kept_at TEXT NOT NULL,
PRIMARY KEY (obligation_id, period_key, part)
) STRICT;
INSERT INTO "draft" VALUES(4,'2024Q4','','{"text": "没写完"}','2024-12-23T10:00:00+08:00');
CREATE TABLE evidence (
id INTEGER PRIMARY KEY,
sha256 TEXT NOT NULL UNIQUE,
size INTEGER NOT NULL,
name TEXT NOT NULL,
title TEXT NOT NULL,
number TEXT,
category TEXT NOT NULL,
proves_on TEXT,
received_on TEXT NOT NULL,
pages INTEGER
, replaces INTEGER REFERENCES evidence(id), note TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "evidence" VALUES(1,'c7225dbf105eeed5ba8d667dd1d85f7bbbc4c6befe31fb95ec976779c0c9b22e',6,'通知.pdf','培训通知','古财〔2024〕9号','文件','2024-11-02','2024-12-20',1,NULL,'');
INSERT INTO "evidence" VALUES(2,'811923aa69bb26276c4f2855b577973bffc12f2c0b58a6562d7aebcf1ffeaf03',6,'通知2.pdf','培训通知',NULL,'文件',NULL,'2024-12-28',NULL,1,'盖章后重报');
CREATE TABLE frozen_period (
id INTEGER PRIMARY KEY,
period_id INTEGER NOT NULL REFERENCES period(id),
plan_id INTEGER NOT NULL REFERENCES plan(id),
as_of TEXT NOT NULL,
frozen_at TEXT NOT NULL,
who TEXT NOT NULL,
figures TEXT NOT NULL CHECK (json_valid(figures))
) STRICT;
INSERT INTO "frozen_period" VALUES(1,1,1,'2024-12-31','2025-01-02T08:00:00+08:00','经办人','{"measures": {"total": 2}}');
CREATE TABLE group_exception (
group_id INTEGER NOT NULL REFERENCES unit(id),
position INTEGER NOT NULL,
unit_id INTEGER NOT NULL REFERENCES unit(id),
reason TEXT NOT NULL,
PRIMARY KEY (group_id, unit_id)
) STRICT;
INSERT INTO "group_exception" VALUES(3,0,2,'无执法权');
CREATE TABLE group_member (
group_id INTEGER NOT NULL REFERENCES unit(id),
position INTEGER NOT NULL,
unit_id INTEGER NOT NULL REFERENCES unit(id),
PRIMARY KEY (group_id, unit_id)
) STRICT;
INSERT INTO "group_member" VALUES(3,0,2);
CREATE TABLE holiday (
day TEXT PRIMARY KEY,
name TEXT NOT NULL,
is_workday INTEGER NOT NULL
) STRICT;
INSERT INTO "holiday" VALUES('2024-10-01','国庆节',0);
CREATE TABLE journal (
id INTEGER PRIMARY KEY,
at TEXT NOT NULL,
who TEXT NOT NULL,
action TEXT NOT NULL,
subject TEXT NOT NULL,
measure_id INTEGER REFERENCES measure(id),
before TEXT,
after TEXT,
reason TEXT,
previous TEXT NOT NULL,
hash TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "journal" VALUES(1,'2026-11-21T18:11:40+00:00','经办人','新建台账','旧方案',NULL,NULL,'{"措施": 2}',NULL,'','9d89e49a3889af0dfae5be1a997a831a06d60b40454c054cd1781ff99a7bb82b');
INSERT INTO "journal" VALUES(2,'2026-11-21T18:11:40+00:00','经办人','保存进展','（1）财政局：2024年第四季度',1,'{"状态": "未启动"}',NULL,NULL,'9d89e49a3889af0dfae5be1a997a831a06d60b40454c054cd1781ff99a7bb82b','0030f302639ae9a175fbb872cca1806ce542fe7a4c4f626235ab407d8aa08de3');
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
note TEXT, last_no INTEGER, merged_into INTEGER REFERENCES measure(id),
UNIQUE (plan_id, no)
) STRICT;
INSERT INTO "measure" VALUES(1,1,1,'（1）',1,1,'组织轮训，人均不少于60学时。','财政局牵头，各乡镇落实','2024年底前','table',0,NULL,NULL,NULL);
INSERT INTO "measure" VALUES(2,1,2,'（2）',1,NULL,'公开执法信息。','各乡镇','长期坚持','body',1,'原件缺页',NULL,NULL);
INSERT INTO "measure" VALUES(3,1,-3,'（3）',NULL,NULL,'并入第一条的。',NULL,NULL,'table',0,NULL,3,1);
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
INSERT INTO "objection" VALUES(1,2,'责任','不归我们','2024-11-11','仍由你镇负责','维持','2024-11-20');
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
CREATE TABLE period (
id INTEGER PRIMARY KEY,
key TEXT NOT NULL UNIQUE,
title TEXT NOT NULL,
first_day TEXT NOT NULL,
last_day TEXT NOT NULL,
cut_off TEXT NOT NULL
, asks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(asks))) STRICT;
INSERT INTO "period" VALUES(1,'2024Q4','2024年第四季度','2024-10-01','2024-12-31','2024-12-31','["p1"]');
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
CREATE TABLE plan_source (
plan_id INTEGER NOT NULL REFERENCES plan(id),
sha256 TEXT NOT NULL,
size INTEGER NOT NULL,
name TEXT NOT NULL,
read_at TEXT NOT NULL,
PRIMARY KEY (plan_id, sha256)
) STRICT;
INSERT INTO "plan_source" VALUES(1,'c7225dbf105eeed5ba8d667dd1d85f7bbbc4c6befe31fb95ec976779c0c9b22e',6,'方案.docx','2024-04-01T08:00:00+08:00');
CREATE TABLE progress (
id INTEGER PRIMARY KEY,
obligation_id INTEGER NOT NULL REFERENCES obligation(id),
period_id INTEGER NOT NULL REFERENCES period(id),
part TEXT NOT NULL,
state TEXT NOT NULL,
done_on TEXT,
text TEXT NOT NULL,
problems TEXT NOT NULL,
next_steps TEXT NOT NULL,
reason TEXT NOT NULL,
review TEXT NOT NULL,
saved_at TEXT NOT NULL, said_by TEXT, came_by TEXT NOT NULL DEFAULT '填报', received_on TEXT, reviewed_at TEXT, reviewed_by TEXT, review_reason TEXT, times_returned INTEGER NOT NULL DEFAULT 0,
UNIQUE (obligation_id, period_id, part)
) STRICT;
INSERT INTO "progress" VALUES(1,1,1,'','已完成','2024-12-01','轮训完成。','师资少','巩固','','通过','2024-12-20T09:30:00+08:00',NULL,'填报',NULL,NULL,NULL,NULL,0);
INSERT INTO "progress" VALUES(2,2,1,'','推进中',NULL,'在办。','','','','待审','2024-12-21T10:00:00+08:00',NULL,'填报',NULL,NULL,NULL,NULL,0);
INSERT INTO "progress" VALUES(3,4,1,'','不涉及',NULL,'','','','没有执法职能','退回','2024-12-22T10:00:00+08:00','李四','填报表','2024-12-19','2024-12-25T10:00:00+08:00','经办人','缺日期',1);
CREATE TABLE progress_evidence (
progress_id INTEGER NOT NULL REFERENCES progress(id),
evidence_id INTEGER NOT NULL REFERENCES evidence(id),
position INTEGER NOT NULL,
PRIMARY KEY (progress_id, evidence_id)
) STRICT;
INSERT INTO "progress_evidence" VALUES(1,1,0);
CREATE TABLE progress_target (
progress_id INTEGER NOT NULL REFERENCES progress(id),
position INTEGER NOT NULL,
target TEXT NOT NULL,
value REAL,
note TEXT NOT NULL,
PRIMARY KEY (progress_id, position)
) STRICT;
INSERT INTO "progress_target" VALUES(1,0,'不少于60学时',64.5,'');
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
, full_name TEXT, left_on TEXT, left_reason TEXT NOT NULL DEFAULT '', merged_into INTEGER REFERENCES unit(id)) STRICT;
INSERT INTO "unit" VALUES(1,0,'财政局','部门',0,0,0,'张三','0357-1234567','a@example.cn',NULL,NULL,'',NULL);
INSERT INTO "unit" VALUES(2,1,'岳阳镇','乡镇',0,0,0,NULL,NULL,NULL,NULL,NULL,'',NULL);
INSERT INTO "unit" VALUES(3,2,'各乡镇','集合',1,1,0,NULL,NULL,NULL,NULL,NULL,'',NULL);
INSERT INTO "unit" VALUES(4,3,'物价局','部门',0,0,0,NULL,NULL,NULL,'古县物价局','2024-06-30','机构改革',1);
CREATE TABLE unit_alias (
alias TEXT PRIMARY KEY,
unit_id INTEGER NOT NULL REFERENCES unit(id)
) STRICT;
INSERT INTO "unit_alias" VALUES('县财政局',1);
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
INSERT INTO "upward_report" VALUES(1,1,0,'终期总结','司法局','2025-12-31','2025年底前','市局',NULL,NULL,'');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX obligation_unit ON obligation(unit_id);
CREATE INDEX progress_evidence_file ON progress_evidence(evidence_id);
CREATE INDEX journal_measure ON journal(measure_id);
CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_text BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE INDEX adjustment_measure ON adjustment(measure_id);
CREATE INDEX progress_unsettled ON progress(review, saved_at) WHERE review <> '通过';
CREATE INDEX objection_obligation ON objection(obligation_id);
CREATE INDEX frozen_period_of ON frozen_period(period_id, plan_id);
COMMIT;
