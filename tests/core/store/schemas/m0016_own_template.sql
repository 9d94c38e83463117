CREATE TABLE own_template (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    added_on TEXT NOT NULL,
    is_used INTEGER NOT NULL CHECK (is_used IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX own_template_used ON own_template(kind) WHERE is_used;
INSERT INTO own_template VALUES (1, 'reminder', '函模板.docx', 'c7225dbf105eeed5ba8d667dd1d85f7bbbc4c6befe31fb95ec976779c0c9b22e', 6, '2025-01-04', 1);
