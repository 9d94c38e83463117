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
CREATE TABLE unit_alias (
    alias TEXT PRIMARY KEY,
    unit_id INTEGER NOT NULL REFERENCES unit(id)
) STRICT;
CREATE TABLE group_member (
    group_id INTEGER NOT NULL REFERENCES unit(id),
    position INTEGER NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit(id),
    PRIMARY KEY (group_id, unit_id)
) STRICT;
CREATE TABLE division (
    measure_id INTEGER NOT NULL REFERENCES measure(id),
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (measure_id, role, position)
) STRICT;
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
CREATE INDEX obligation_unit ON obligation(unit_id);
INSERT INTO unit (id, position, name, kind, is_group, incomplete, to_verify, contact, phone, mail) VALUES
    (1, 0, '财政局', '部门', 0, 0, 0, '张三', '0357-1234567', 'a@example.cn'),
    (2, 1, '岳阳镇', '乡镇', 0, 0, 0, NULL, NULL, NULL), (3, 2, '各乡镇', '集合', 1, 1, 0, NULL, NULL, NULL);
INSERT INTO unit_alias VALUES ('县财政局', 1);
INSERT INTO group_member VALUES (3, 0, 2);
INSERT INTO division VALUES (1, 'lead', 0, '财政局'), (1, 'responsible', 0, '各乡镇'), (2, 'responsible', 0, '各乡镇');
INSERT INTO obligation VALUES (1, 1, 1, 'lead', 0, '[]', 0, 1), (2, 1, 2, 'responsible', 0, '["各乡镇"]', 1, 1),
    (3, 1, 3, 'responsible', 1, '[]', 2, 1), (4, 2, 2, 'responsible', 0, '["各乡镇"]', 0, 1), (5, 2, 3, 'responsible', 1, '[]', 1, 0);
