CREATE TABLE meeting_member (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    position INTEGER NOT NULL,
    unit TEXT NOT NULL,
    person TEXT,
    post TEXT,
    liaison TEXT,
    phone TEXT,
    left_on TEXT
) STRICT;
CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    held_on TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    agenda TEXT NOT NULL,
    present TEXT NOT NULL,
    minutes_id INTEGER REFERENCES evidence(id)
) STRICT;
CREATE TABLE meeting_decision (
    id INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting(id),
    position INTEGER NOT NULL,
    measure_id INTEGER NOT NULL REFERENCES measure(id),
    text TEXT NOT NULL CHECK (text <> ''),
    due_on TEXT,
    withdrawn TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX meeting_decision_measure ON meeting_decision(measure_id);
INSERT INTO meeting_member VALUES (1, 1, 0, '财政局', '王五', '副局长', '张三', '0357-1234567', NULL);
INSERT INTO meeting VALUES (1, 1, '2024-07-01', '第一次会商', '三楼', '通报进度', '全体', 1);
INSERT INTO meeting_decision VALUES (1, 1, 0, 1, '加快轮训', '2024-09-30', '');
