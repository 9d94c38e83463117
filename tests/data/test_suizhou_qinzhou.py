"""What is particular to the plans of 随州市 and 钦州市."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from core.ledger.expand import responsibilities
from core.model import plan_json, units_json
from core.model.plan import DeadlineKind, Plan, Role, Standing
from core.model.units import Register, UnitKind

DATA = Path(__file__).resolve().parents[2] / "data"


def _plan(key: str) -> Plan:
    return plan_json.loads((DATA / f"{key}.json").read_text(encoding="utf-8"))


def _register(key: str) -> Register:
    return Register(units_json.loads((DATA / f"{key}.units.json").read_text(encoding="utf-8")))


@pytest.fixture(name="suizhou", scope="module")
def _suizhou() -> Plan:
    return _plan("suizhou")


@pytest.fixture(name="qinzhou", scope="module")
def _qinzhou() -> Plan:
    return _plan("qinzhou")


class Test随州市:
    def test_counts(self, suizhou: Plan) -> None:
        """29 measures: 26 lowest items of part 二 in its five sections, three of part 三."""
        per_section = Counter(measure.section for measure in suizhou.measures)

        assert [per_section[section.no] for section in suizhou.sections] == [6, 7, 5, 4, 4, 3]
        assert [s.label for s in suizhou.sections] == ["（一）", "（二）", "（三）", "（四）", "（五）", "三、"]
        assert len(suizhou.measures) == 29

    def test_tasks(self, suizhou: Plan) -> None:
        """An undivided item is a task too, with its lead-in kept, just where its neighbours are divided."""
        per_task = Counter(measure.task for measure in suizhou.measures)

        assert [per_task[task.no] for task in suizhou.tasks] == [1, 3, 2, 2, 2, 3, 3, 1, 1]
        assert {m.section for m in suizhou.measures if m.task is None} == {4, 5, 6}
        for task in suizhou.tasks:
            own = [m for m in suizhou.measures if m.task == task.no]
            if len(own) == 1:
                assert own[0].label == task.label
                assert own[0].text.startswith(f"{task.title}。")

    def test_phrase_is_not_in_the_text(self, suizhou: Plan) -> None:
        """The responsibility phrase stands in the division alone, and nobody leads."""
        for measure in suizhou.measures:
            assert "责任单位" not in measure.text, measure.no
            assert (measure.division_raw or "").startswith("责任单位："), measure.no
            assert measure.responsible, measure.no
            assert not measure.lead + measure.cooperating, measure.no

    def test_standing(self, suizhou: Plan) -> None:
        """What is said once holds for all: only the measure that prints it names the counties."""
        counties = "各县、市、区人民政府"
        named = [m.no for m in suizhou.measures if counties in m.responsible]
        register = _register("suizhou")

        assert suizhou.document.standing == (Standing(counties, Role.RESPONSIBLE),)
        assert named == [1]
        assert "以下均需县、市、区人民政府落实，不再列出" in (suizhou.measures[0].division_raw or "")
        for measure in suizhou.measures:
            owed = [part.unit for part in responsibilities(measure, suizhou.document.standing, register)]
            assert owed.count(counties) == 1, measure.no

    def test_deadlines(self, suizhou: Plan) -> None:
        """Dates stand in the text of the measures; each goes with its clause."""
        parts = [(m.no, d.date.isoformat() if d.date else d.recur) for m in suizhou.measures for d in m.deadlines]

        assert parts == [
            (1, "yearly"),
            (2, "yearly-03-31"),
            (5, "2024-07-31"),
            (7, "yearly-04-30"),
            (7, "yearly-09-30"),
            (10, "2024-05-31"),
            (15, "2024-12-31"),
            (17, "2024-12-31"),
            (17, "2025-12-31"),
            (21, "2024-12-31"),
            (25, "2025-12-31"),
            (27, "2024-12-31"),
            (27, "2025-11-30"),
        ]
        for measure in suizhou.measures:
            assert measure.deadline_raw is None, measure.no
            for part in measure.deadlines:
                assert part.scope, measure.no
                assert part.scope in measure.text, measure.no

    def test_scopes(self, suizhou: Plan) -> None:
        """Two dates in one item are told apart by what they speak of."""
        evaluation, survey = suizhou.measures[26], suizhou.measures[16]

        assert [part.scope for part in evaluation.deadlines] == [
            "2024年12月底前组织完成实施情况中期评估",
            "2025年11月底前完成终期评估",
        ]
        assert ["评估" in (part.scope or "") for part in survey.deadlines] == [True, False]

    def test_targets(self, suizhou: Plan) -> None:
        """The figures: hours and trainings a year, one level of enforcement, one survey."""
        found = [(m.no, t.op, t.value, t.unit, t.period) for m in suizhou.measures for t in m.targets]

        assert found == [
            (3, ">=", 40, "学时", "每年"),
            (4, ">=", 1, "次", "每年"),
            (4, ">=", 20, "学时", "每年"),
            (14, "=", 1, "个", None),
            (17, "=", 1, "次", "2024年底前"),
        ]

    def test_members(self, suizhou: Plan) -> None:
        """The 会商机制 is named by twelve fields; each is in the register, the nameless ones to be checked."""
        register = _register("suizhou")
        found = [register.find(member.unit) for member in suizhou.document.members]

        assert len({unit.name for unit in found if unit}) == 12
        assert {unit.name for unit in register.units if unit.to_verify} == {
            unit.name for unit in found if unit and unit.name.endswith("部门")
        }

    def test_collectives(self) -> None:
        """The document names no member of either collective."""
        groups = [unit for unit in _register("suizhou").units if unit.is_group]

        assert {group.name for group in groups} == {"各行政执法部门", "各县、市、区人民政府"}
        assert all(group.incomplete and not group.members for group in groups)


class Test钦州市:
    def test_counts(self, qinzhou: Plan) -> None:
        """52 measures in 21 tasks of 7 sections."""
        per_task = Counter(measure.task for measure in qinzhou.measures)

        assert len(qinzhou.sections) == 7
        assert [per_task[task.no] for task in qinzhou.tasks] == [
            *(3, 2, 3),
            *(3, 1, 1, 5),
            *(3, 4, 4),
            *(3, 1, 5),
            *(1, 2),
            *(3, 3, 1),
            *(1, 2, 1),
        ]
        assert len(qinzhou.measures) == 52

    def test_labels(self, qinzhou: Plan) -> None:
        """Numbers start anew in each task; the only measure of a task has none."""
        for task in qinzhou.tasks:
            labels = [m.label for m in qinzhou.measures if m.task == task.no]
            assert labels == ([""] if len(labels) == 1 else [f"{n}." for n in range(1, len(labels) + 1)])

    def test_number_and_year_apart(self, qinzhou: Plan) -> None:
        """3.2024年10月底前 is the third measure, of 2024."""
        measure = qinzhou.measures[10]

        assert measure.label == "3."
        assert measure.text.startswith("2024年10月底前，由市司法局牵头")

    def test_required_reports(self, qinzhou: Plan) -> None:
        """Two reports with their evidence are due to 市司法局."""
        midterm, final = qinzhou.document.required_reports

        assert (midterm.due, final.due) == ("2024-08-15", "2025-08-15")
        assert "中期" in midterm.what
        assert "终期" in final.what
        for report in (midterm, final):
            assert "佐证材料" in report.what
            assert (report.who, report.to) == ("各县区人民政府、市直各行政执法部门", "市司法局")

    def test_kinds_of_deadline(self, qinzhou: Plan) -> None:
        """Each measure has one deadline, and two wait for a superior."""
        kinds = Counter(part.kind for measure in qinzhou.measures for part in measure.deadlines)
        waiting = [m.deadline_raw for m in qinzhou.measures if m.deadlines[0].kind is DeadlineKind.ON_INSTRUCTION]

        assert {len(measure.deadlines) for measure in qinzhou.measures} == {1}
        assert kinds == {
            DeadlineKind.BY: 30,
            DeadlineKind.ONGOING: 12,
            DeadlineKind.BY_THEN_ONGOING: 8,
            DeadlineKind.ON_INSTRUCTION: 2,
        }
        assert waiting == ["按自治区统一部署要求完成", "按照国家统一部署要求完成"]

    def test_dates_are_those_printed(self, qinzhou: Plan) -> None:
        """The column prints whole dates."""
        for measure in qinzhou.measures:
            (part,) = measure.deadlines
            if part.date is not None:
                printed = f"{part.date.year}年{part.date.month}月{part.date.day}日前完成"
                tail = "并长期坚持" if part.kind is DeadlineKind.BY_THEN_ONGOING else ""
                assert measure.deadline_raw == printed + tail, measure.no
        assert max(d.date or date.min for m in qinzhou.measures for d in m.deadlines) == date(2025, 12, 31)

    def test_names_come_from_the_columns(self, qinzhou: Plan) -> None:
        """Both columns are understood, and every name stands in its own."""
        for measure in qinzhou.measures:
            leading, owing = (measure.division_raw or "").removeprefix("牵头单位：").split("；责任单位：")
            assert measure.lead, measure.no
            assert measure.responsible, measure.no
            assert not measure.cooperating, measure.no
            assert all(name in leading for name in measure.lead), measure.no
            assert all(name in owing for name in measure.responsible), measure.no

    def test_bracketed_name_is_one(self, qinzhou: Plan) -> None:
        """市发展改革委（市大数据发展局） is the unit that other rows print without the bracket."""
        register = _register("qinzhou")

        assert "市发展改革委（市大数据发展局）" in qinzhou.measures[14].lead
        assert register.find("市发展改革委（市大数据发展局）") is register.find("市发展改革委")

    def test_the_other_departments(self, qinzhou: Plan) -> None:
        """市直其他行政执法部门 are the departments without those named before: the stronger role stays."""
        register = _register("qinzhou")
        group = register.find("市直其他行政执法部门")

        assert group is not None
        assert group is register.find("市直各行政执法部门")
        assert (group.kind, group.incomplete, group.to_verify) == (UnitKind.GROUP, True, True)
        owed = responsibilities(qinzhou.measures[5], (), register)
        assert [part.unit for part in owed if part.role is Role.LEAD] == ["市司法局"]
        assert [part.unit for part in owed].count("市司法局") == 1

    def test_members(self, qinzhou: Plan) -> None:
        """The 会商机制 is the row that sets it up: its leading unit and the eleven it names."""
        row = qinzhou.measures[48]

        assert "会商机制" in row.text
        assert [member.unit for member in qinzhou.document.members] == [*row.lead, *row.responsible[:-1]]
        assert len(qinzhou.document.members) == 12

    def test_repairs_are_noted(self, qinzhou: Plan) -> None:
        """带平的 and the stray English word are repaired, and the note says what stood there."""
        for no, entered, found in ((17, "带来的", "带平的"), (18, "企业和企业家", "and")):
            measure = qinzhou.measures[no - 1]
            assert entered in measure.text
            assert found in (measure.note or "")
        assert "末尾多一个“、”" in (qinzhou.measures[39].note or "")
