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
) STRICT;
CREATE TABLE progress_evidence (
    progress_id INTEGER NOT NULL REFERENCES progress(id),
    evidence_id INTEGER NOT NULL REFERENCES evidence(id),
    position INTEGER NOT NULL,
    PRIMARY KEY (progress_id, evidence_id)
) STRICT;
CREATE INDEX progress_evidence_file ON progress_evidence(evidence_id);
INSERT INTO evidence (id, sha256, size, name, title, number, category, proves_on, received_on, pages) VALUES
    (1, 'c7225dbf105eeed5ba8d667dd1d85f7bbbc4c6befe31fb95ec976779c0c9b22e', 6, '通知.pdf', '培训通知', '古财〔2024〕9号', '文件', '2024-11-02', '2024-12-20', 1);
INSERT INTO progress_evidence VALUES (1, 1, 0);
