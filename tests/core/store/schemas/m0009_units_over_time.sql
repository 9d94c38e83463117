ALTER TABLE unit ADD COLUMN full_name TEXT;
ALTER TABLE unit ADD COLUMN left_on TEXT;
ALTER TABLE unit ADD COLUMN left_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN merged_into INTEGER REFERENCES unit(id);
CREATE TABLE group_exception (
    group_id INTEGER NOT NULL REFERENCES unit(id),
    position INTEGER NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit(id),
    reason TEXT NOT NULL,
    PRIMARY KEY (group_id, unit_id)
) STRICT;
INSERT INTO unit (id, position, name, kind, is_group, incomplete, to_verify, full_name, left_on, left_reason, merged_into) VALUES
    (4, 3, '物价局', '部门', 0, 0, 0, '古县物价局', '2024-06-30', '机构改革', 1);
INSERT INTO group_exception VALUES (3, 0, 2, '无执法权');
