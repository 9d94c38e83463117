CREATE TABLE issued (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    plan_id INTEGER NOT NULL REFERENCES plan(id),
    period_id INTEGER REFERENCES period(id),
    unit_id INTEGER REFERENCES unit(id),
    as_of TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    recipient TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    files TEXT NOT NULL CHECK (json_valid(files)),
    content BLOB NOT NULL,
    made_at TEXT NOT NULL,
    who TEXT NOT NULL,
    signed_on TEXT,
    signed_by TEXT NOT NULL,
    withdrawn_on TEXT,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX issued_plan ON issued(plan_id);
CREATE UNIQUE INDEX issued_number ON issued(number) WHERE number <> '';
INSERT INTO issued VALUES (1, 'reminder', 1, 1, 1, '2024-12-31', '古法函〔2025〕1号', '关于报送进展情况的函', '县财政局', '2025-01-06',
    '[{"name": "函.pdf", "sha256": "c7225dbf105eeed5ba8d667dd1d85f7bbbc4c6befe31fb95ec976779c0c9b22e", "size": 6}]',
    x'789c3d8dbd0e82401084df656b1a5a5ec5581cb0928beb9db9e33486d05998684167b433d65a18e31faf03286fe11289ddccecec37198c64e20c5a0806198c710101c45a2178402244625bdf2ff579d3ac0ace66821c72e6b3368e3ad96c6fedae680fcfea71fa57dffb253774483211a9d4aac3fb430f26286cbfc62e14167f2ad24ea51833ee733d566559bdd64c849c4f46cffbbac5a86341a01c115b374523b5e127c8bf8c7c520e',
    '2025-01-06T08:00:00+08:00', '经办人', '2025-01-07', '张三', NULL, '');
