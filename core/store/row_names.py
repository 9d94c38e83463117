"""What a row of the file is called in words: its table, and what a person knows it by."""

from __future__ import annotations

from sqlite3 import Connection

LABELS = {
    "setting": "设置",
    "plan": "方案",
    "section": "重点任务（一级）",
    "task": "重点任务（二级）",
    "measure": "措施",
    "deadline": "完成时限",
    "target": "量化指标",
    "plan_problem": "方案的疑问",
    "unit": "单位",
    "unit_alias": "单位的别名",
    "group_member": "单位集合的成员",
    "division": "责任分工",
    "obligation": "责任事项",
    "period": "报送期",
    "progress": "进展",
    "evidence": "佐证材料",
    "progress_evidence": "进展所附佐证材料",
    "plan_source": "方案原件",
    "adjustment": "调整",
    "progress_target": "进展中的指标",
    "objection": "异议",
    "group_exception": "单位集合的例外",
    "frozen_period": "封存的报送期",
    "upward_report": "上报事项",
    "holiday": "节假日",
    "meeting_member": "会商成员",
    "meeting": "会商会议",
    "meeting_decision": "会商议定事项",
    "dispatch": "下发",
    "received_file": "回收的文件",
    "reminder": "催办",
    "template_mapping": "上级模板",
    "submission": "上报",
    "alignment": "对照上级",
    "issued": "发文登记",
    "own_template": "本单位的模板",
}
_OBLIGATION = "SELECT '措施' || measure.label || '，' || unit.name FROM obligation JOIN measure ON measure.id = measure_id JOIN unit ON unit.id = unit_id WHERE obligation.id ="
_RECORD = (
    "SELECT '措施' || measure.label || '，' || unit.name || '，' || period.title FROM progress"
    " JOIN obligation ON obligation.id = obligation_id JOIN measure ON measure.id = measure_id"
    " JOIN unit ON unit.id = unit_id JOIN period ON period.id = period_id WHERE progress.id ="
)
_OF_RECORD = " (SELECT progress_id FROM {table} WHERE rowid = ?)"
_OF_MEASURE = (
    "SELECT '措施' || measure.label FROM {table} JOIN measure ON measure.id = measure_id WHERE {table}.rowid = ?"
)
_OF_UNIT = "SELECT unit.name FROM {table} JOIN unit ON unit.id = {table}.unit_id WHERE {table}.rowid = ?"
_NAMED = {
    "setting": "SELECT key FROM setting WHERE rowid = ?",
    "plan": "SELECT title FROM plan WHERE id = ?",
    "section": "SELECT label || title FROM section WHERE id = ?",
    "task": "SELECT label || title FROM task WHERE id = ?",
    "measure": "SELECT label || substr(text, 1, 20) FROM measure WHERE id = ?",
    "deadline": _OF_MEASURE,
    "target": _OF_MEASURE,
    "division": _OF_MEASURE,
    "adjustment": _OF_MEASURE,
    "unit": "SELECT name FROM unit WHERE id = ?",
    "unit_alias": "SELECT alias FROM unit_alias WHERE rowid = ?",
    "obligation": f"{_OBLIGATION} ?",
    "objection": f"{_OBLIGATION} (SELECT obligation_id FROM objection WHERE id = ?)",
    "period": "SELECT title FROM period WHERE id = ?",
    "progress": f"{_RECORD} ?",
    "progress_evidence": _RECORD + _OF_RECORD,
    "progress_target": _RECORD + _OF_RECORD,
    "evidence": "SELECT title FROM evidence WHERE id = ?",
    "plan_source": "SELECT name FROM plan_source WHERE rowid = ?",
    "upward_report": "SELECT what FROM upward_report WHERE id = ?",
    "holiday": "SELECT name || day FROM holiday WHERE rowid = ?",
    "meeting_member": "SELECT unit || person FROM meeting_member WHERE id = ?",
    "meeting": "SELECT title FROM meeting WHERE id = ?",
    "meeting_decision": "SELECT substr(text, 1, 20) FROM meeting_decision WHERE id = ?",
    "dispatch": _OF_UNIT,
    "reminder": _OF_UNIT,
    "received_file": "SELECT name FROM received_file WHERE id = ?",
    "template_mapping": "SELECT name FROM template_mapping WHERE id = ?",
    "submission": "SELECT name FROM submission WHERE id = ?",
    "issued": "SELECT number || title FROM issued WHERE id = ?",
}
"""How a row of a table is called by itself; ? is its number."""


def named(db: Connection, table: str, number: int) -> str:
    """What a row is known by; empty where it has no words of its own, or what it belongs to is gone."""
    query = _NAMED.get(table)
    row = db.execute(query.format(table=table), [number]).fetchone() if query else None
    return str(row[0]) if row and row[0] else ""
