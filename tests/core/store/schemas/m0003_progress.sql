CREATE TABLE period (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    cut_off TEXT NOT NULL
) STRICT;
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
    saved_at TEXT NOT NULL,
    UNIQUE (obligation_id, period_id, part)
) STRICT;
CREATE TABLE draft (
    obligation_id INTEGER NOT NULL REFERENCES obligation(id),
    period_key TEXT NOT NULL,
    part TEXT NOT NULL,
    value TEXT NOT NULL CHECK (json_valid(value)),
    kept_at TEXT NOT NULL,
    PRIMARY KEY (obligation_id, period_key, part)
) STRICT;
INSERT INTO period (id, key, title, first_day, last_day, cut_off) VALUES
    (1, '2024Q4', '2024年第四季度', '2024-10-01', '2024-12-31', '2024-12-31');
INSERT INTO progress (id, obligation_id, period_id, part, state, done_on, text, problems, next_steps, reason, review, saved_at) VALUES
    (1, 1, 1, '', '已完成', '2024-12-01', '轮训完成。', '师资少', '巩固', '', '通过', '2024-12-20T09:30:00+08:00'),
    (2, 2, 1, '', '推进中', NULL, '在办。', '', '', '', '待审', '2024-12-21T10:00:00+08:00'),
    (3, 4, 1, '', '不涉及', NULL, '', '', '', '没有执法职能', '退回', '2024-12-22T10:00:00+08:00');
INSERT INTO draft VALUES (4, '2024Q4', '', '{"text": "没写完"}', '2024-12-23T10:00:00+08:00');
