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
CREATE INDEX journal_measure ON journal(measure_id);
CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_text BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
INSERT INTO "journal" VALUES(1,'2026-11-21T18:11:40+00:00','经办人','新建台账','旧方案',NULL,NULL,'{"措施": 2}',NULL,'','9d89e49a3889af0dfae5be1a997a831a06d60b40454c054cd1781ff99a7bb82b');
INSERT INTO "journal" VALUES(2,'2026-11-21T18:11:40+00:00','经办人','保存进展','（1）财政局：2024年第四季度',1,'{"状态": "未启动"}',NULL,NULL,'9d89e49a3889af0dfae5be1a997a831a06d60b40454c054cd1781ff99a7bb82b','0030f302639ae9a175fbb872cca1806ce542fe7a4c4f626235ab407d8aa08de3');
