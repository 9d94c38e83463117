-- A little of everything, by the step that brought its table. {sha} is the content of the one file beside.
-- m0001_plans
INSERT INTO setting VALUES ('file_id', 'ab12'), ('office', '"古县司法局"');
INSERT INTO plan VALUES (1, 'p1', 0, '旧方案', '2024-03-01',
    '{"title": "旧方案", "number": "古法〔2024〕1号", "required_reports": [{"what": "终期总结", "due": "2025-12-31"}]}');
INSERT INTO section VALUES (1, 1, 1, '（一）', '着力提升能力', 2);
INSERT INTO task VALUES (1, 1, 1, 1, '1.', '着力提高政治能力');
INSERT INTO measure (id, plan_id, no, label, section_no, task_no, text, division_raw, deadline_raw, source, to_verify, note) VALUES
    (1, 1, 1, '（1）', 1, 1, '组织轮训，人均不少于60学时。', '财政局牵头，各乡镇落实', '2024年底前', 'table', 0, NULL),
    (2, 1, 2, '（2）', 1, NULL, '公开执法信息。', '各乡镇', '长期坚持', 'body', 1, '原件缺页');
INSERT INTO deadline VALUES (1, 0, 'by', '2024-12-31', NULL, NULL), (2, 0, 'ongoing', NULL, NULL, NULL);
INSERT INTO target VALUES (1, 0, '不少于60学时', '学时', '>=', 60.0, '学时', NULL);
INSERT INTO plan_problem VALUES (1, 0, '第 2 行', 'warning', '缺页');
-- m0002_units
INSERT INTO unit (id, position, name, kind, is_group, incomplete, to_verify, contact, phone, mail) VALUES
    (1, 0, '财政局', '部门', 0, 0, 0, '张三', '0357-1234567', 'a@example.cn'),
    (2, 1, '岳阳镇', '乡镇', 0, 0, 0, NULL, NULL, NULL), (3, 2, '各乡镇', '集合', 1, 1, 0, NULL, NULL, NULL);
INSERT INTO unit_alias VALUES ('县财政局', 1);
INSERT INTO group_member VALUES (3, 0, 2);
INSERT INTO division VALUES (1, 'lead', 0, '财政局'), (1, 'responsible', 0, '各乡镇'), (2, 'responsible', 0, '各乡镇');
INSERT INTO obligation VALUES (1, 1, 1, 'lead', 0, '[]', 0, 1), (2, 1, 2, 'responsible', 0, '["各乡镇"]', 1, 1),
    (3, 1, 3, 'responsible', 1, '[]', 2, 1), (4, 2, 2, 'responsible', 0, '["各乡镇"]', 0, 1), (5, 2, 3, 'responsible', 1, '[]', 1, 0);
-- m0003_progress
INSERT INTO period (id, key, title, first_day, last_day, cut_off) VALUES
    (1, '2024Q4', '2024年第四季度', '2024-10-01', '2024-12-31', '2024-12-31');
INSERT INTO progress (id, obligation_id, period_id, part, state, done_on, text, problems, next_steps, reason, review, saved_at) VALUES
    (1, 1, 1, '', '已完成', '2024-12-01', '轮训完成。', '师资少', '巩固', '', '通过', '2024-12-20T09:30:00+08:00'),
    (2, 2, 1, '', '推进中', NULL, '在办。', '', '', '', '待审', '2024-12-21T10:00:00+08:00'),
    (3, 4, 1, '', '不涉及', NULL, '', '', '', '没有执法职能', '退回', '2024-12-22T10:00:00+08:00');
INSERT INTO draft VALUES (4, '2024Q4', '', '{"text": "没写完"}', '2024-12-23T10:00:00+08:00');
-- m0004_evidence
INSERT INTO evidence (id, sha256, size, name, title, number, category, proves_on, received_on, pages) VALUES
    (1, '{sha}', 6, '通知.pdf', '培训通知', '古财〔2024〕9号', '文件', '2024-11-02', '2024-12-20', 1);
INSERT INTO progress_evidence VALUES (1, 1, 0);
-- m0005_journal
-- m0006_plan_source
INSERT INTO plan_source VALUES (1, '{sha}', 6, '方案.docx', '2024-04-01T08:00:00+08:00');
-- m0007_adjustment
INSERT INTO measure (id, plan_id, no, label, text, source, to_verify, last_no, merged_into) VALUES
    (3, 1, -3, '（3）', '并入第一条的。', 'table', 0, 3, 1);
INSERT INTO adjustment VALUES (1, 1, NULL, 'deadline', '{"date": "2024-10-31"}', '{"date": "2024-12-31"}', '古法〔2024〕7号', '疫情', '2024-09-01T08:00:00+08:00', '经办人');
-- m0008_review
UPDATE progress SET said_by = '李四', came_by = '填报表', received_on = '2024-12-19', reviewed_at = '2024-12-25T10:00:00+08:00', reviewed_by = '经办人', review_reason = '缺日期', times_returned = 1 WHERE id = 3;
INSERT INTO progress_target VALUES (1, 0, '不少于60学时', 64.5, '');
INSERT INTO objection VALUES (1, 2, '责任', '不归我们', '2024-11-11', '仍由你镇负责', '维持', '2024-11-20');
-- m0009_units_over_time
INSERT INTO unit (id, position, name, kind, is_group, incomplete, to_verify, full_name, left_on, left_reason, merged_into) VALUES
    (4, 3, '物价局', '部门', 0, 0, 0, '古县物价局', '2024-06-30', '机构改革', 1);
INSERT INTO group_exception VALUES (3, 0, 2, '无执法权');
-- m0010_periods
UPDATE period SET asks = '["p1"]' WHERE id = 1;
INSERT INTO frozen_period VALUES (1, 1, 1, '2024-12-31', '2025-01-02T08:00:00+08:00', '经办人', '{"measures": {"total": 2}}');
INSERT INTO upward_report VALUES (1, 1, 0, '终期总结', '司法局', '2025-12-31', '2025年底前', '市局', NULL, NULL, '');
INSERT INTO holiday VALUES ('2024-10-01', '国庆节', 0);
-- m0011_evidence_versions
INSERT INTO evidence VALUES (2, '{other}', 6, '通知2.pdf', '培训通知', NULL, '文件', NULL, '2024-12-28', NULL, 1, '盖章后重报');
-- m0012_meetings
INSERT INTO meeting_member VALUES (1, 1, 0, '财政局', '王五', '副局长', '张三', '0357-1234567', NULL);
INSERT INTO meeting VALUES (1, 1, '2024-07-01', '第一次会商', '三楼', '通报进度', '全体', 1);
INSERT INTO meeting_decision VALUES (1, 1, 0, 1, '加快轮训', '2024-09-30', '');
-- m0013_exchange
INSERT INTO dispatch VALUES (1, 1, 1, 1, 1, '2024-12-01T08:00:00+08:00', 'aa', 'bb', '财政局.xlsx', NULL, NULL);
INSERT INTO received_file VALUES (1, '{sha}', 6, '财政局.xlsx', '回收', '2024-12-20T08:00:00+08:00', 'sheet', 1, 1, 1, 'ok', '{}', 1);
INSERT INTO reminder VALUES (1, 1, 1, 2, '2024-12-29T08:00:00+08:00', '电话', '赵六', '请尽快', '明天', '2024-12-30');
INSERT INTO template_mapping VALUES (1, 'sig', '上级表', '{"sheet": "表", "header": [1, 1], "fields": {}}');
INSERT INTO submission VALUES (1, 1, 1, '2025-01-03T08:00:00+08:00', '2024-12-31', '上报', '{"files": []}', NULL, '');
-- m0014_alignment
INSERT INTO alignment VALUES (1, 1, NULL, 'dingxi', 4, 'accepted', '2025-01-05T08:00:00+08:00', '经办人');
