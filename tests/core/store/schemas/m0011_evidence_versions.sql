ALTER TABLE evidence ADD COLUMN replaces INTEGER REFERENCES evidence(id);
ALTER TABLE evidence ADD COLUMN note TEXT NOT NULL DEFAULT '';
INSERT INTO evidence VALUES (2, '811923aa69bb26276c4f2855b577973bffc12f2c0b58a6562d7aebcf1ffeaf03', 6, '通知2.pdf', '培训通知', NULL, '文件', NULL, '2024-12-28', NULL, 1, '盖章后重报');
