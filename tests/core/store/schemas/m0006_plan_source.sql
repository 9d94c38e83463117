CREATE TABLE plan_source (
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    read_at TEXT NOT NULL,
    PRIMARY KEY (plan_id, sha256)
) STRICT;
INSERT INTO plan_source VALUES (1, 'c7225dbf105eeed5ba8d667dd1d85f7bbbc4c6befe31fb95ec976779c0c9b22e', 6, '方案.docx', '2024-04-01T08:00:00+08:00');
