"""The numbers of a document, noted as they are written with what they count: 数字来源, and what is frozen when it is issued.

What counts a figure here is not what counted it for the text: rows are chosen one by one by ``has_figure``, and the
tests hold their number to the printed one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from core.ledger.figures import rules_for
from core.ledger.returns import Returns, UnitReturn
from core.model.issued import Counted, Figure
from core.model.ledger import State, Status
from core.office.overview import Overview
from core.office.paper_words import percent
from core.office.statistics import has_figure

STATES = (
    ("done", "已完成"),
    ("in_progress", "推进中"),
    ("not_started", "未启动"),
    ("ongoing", "长期坚持"),
    ("waiting", "待部署"),
    ("not_applicable", "不涉及"),
    ("overdue", "逾期"),
    ("due_soon", "临近时限"),
    ("done_late", "逾期完成"),
)
"""The figures of ``Figures`` with the word they are printed with."""
_OUT_OF_RATE = frozenset({State.ONGOING, State.WAITING, State.NOT_APPLICABLE})


class Notes:
    """Notes figures of one plan into a list."""

    def __init__(self, view: Overview, figures: list[Figure]) -> None:
        """``figures``: that of the draft."""
        self.view = view
        self._figures = figures
        self._rules = rules_for(view.clock.soon_days)
        self._units = {item.id: item.unit for item in view.obligations}

    def obligations(self, key: str, label: str, ids: Iterable[int], rule: str = "") -> None:
        """So many 责任事项."""
        found = tuple(ids)
        self._figures.append(Figure(key, label, str(len(found)), rule, found))

    def measures(self, key: str, label: str, numbers: Iterable[int], rule: str = "") -> None:
        """So many measures; behind them stand all their obligations."""
        found = tuple(numbers)
        self._figures.append(
            Figure(key, label, str(len(found)), rule, self._of(found), measures=found, counted=Counted.MEASURES)
        )

    def targets(self, key: str, label: str, numbers: Iterable[int], rule: str = "") -> None:
        """So many 量化指标; ``numbers``: of each the measure."""
        found = tuple(numbers)
        rows = self._of(dict.fromkeys(found))
        self._figures.append(Figure(key, label, str(len(found)), rule, rows, measures=found, counted=Counted.TARGETS))

    def units(self, key: str, label: str, ids: Iterable[int], rule: str = "") -> None:
        """So many units, by their obligations."""
        found = tuple(ids)
        names = {self._units[one] for one in found}
        self._figures.append(Figure(key, label, str(len(names)), rule, found, counted=Counted.UNITS))

    def share(self, key: str, label: str, part: Iterable[int], whole: Iterable[int], rule: str = "") -> None:
        """A percentage of obligations; nothing where there is nothing to divide by."""
        found, base = tuple(part), tuple(whole)
        if base:
            value = percent(len(found) / len(base))
            self._figures.append(Figure(key, label, value, rule, found, base=base, counted=Counted.SHARE))

    def done_of(self, key: str, label: str, no: int) -> None:
        """完成3/5 of a measure, as ``overview.share`` counts it."""
        statuses = {item.id: self.view.statuses[item.id] for item in self.view.of_measure(no)}
        base = tuple(key for key, status in statuses.items() if status.state is not State.NOT_APPLICABLE)
        done = tuple(key for key in base if statuses[key].state is State.DONE or statuses[key].kept_up)
        rule = "分子为已完成的责任事项（长期坚持的为本期已落实），分母为责任事项总数，不涉及的不计"
        self._figures.append(
            Figure(key, label, f"{len(done)}/{len(base)}", rule, done, base=base, counted=Counted.SHARE)
        )

    def measure_states(
        self, key: str, label: str, numbers: Sequence[int] | None = None, columns: Collection[str] = ()
    ) -> None:
        """The figures of some measures (None: of the plan) that are not 0; ``columns``: those of a table, also zeros."""
        wanted = self.view.measures if numbers is None else {no: self.view.measures[no] for no in numbers}
        self.measures(f"{key}.total", f"{label}：总数", wanted, self._rules["total"])
        for name, word in STATES:
            found = [no for no, status in wanted.items() if has_figure(status, name)]
            if name in columns or (found and not columns):
                self.measures(f"{key}.{name}", f"{label}：{word}", found, self._rules[name])
        base = [no for no, status in wanted.items() if status.state not in _OUT_OF_RATE]
        if base:
            done = tuple(no for no in base if has_figure(wanted[no], "done"))
            self._figures.append(
                Figure(
                    f"{key}.completion",
                    f"{label}：完成率",
                    percent(len(done) / len(base)),
                    self._rules["completion"],
                    self._of(done),
                    measures=done,
                    base=tuple(base),
                    counted=Counted.SHARE,
                )
            )

    def obligation_states(
        self, key: str, label: str, ids: Iterable[int] | None = None, columns: Collection[str] = ()
    ) -> None:
        """The same of obligations."""
        all_of = self.view.statuses
        wanted: dict[int, Status] = all_of if ids is None else {one: all_of[one] for one in ids}
        self.obligations(f"{key}.total", f"{label}：总数", wanted, self._rules["total"])
        for name, word in STATES:
            found = [one for one, status in wanted.items() if has_figure(status, name)]
            if name in columns or (found and not columns):
                self.obligations(f"{key}.{name}", f"{label}：{word}", found, self._rules[name])
        base = [one for one, status in wanted.items() if status.state not in _OUT_OF_RATE]
        done = [one for one in base if has_figure(wanted[one], "done")]
        self.share(f"{key}.completion", f"{label}：完成率", done, base, self._rules["completion"])

    def came_back(self, key: str, label: str, came: Returns) -> None:
        """应报, 已报, 按时 with both rates, of all units."""
        self._returned(key, label, came.units, came.rules)

    def unit_came_back(self, key: str, one: UnitReturn, rules: dict[str, str]) -> None:
        """The same of one unit."""
        self._returned(key, one.unit, (one,), rules)

    def _returned(self, key: str, label: str, units: Sequence[UnitReturn], rules: dict[str, str]) -> None:
        expected = [one for unit in units for one in unit.rows]
        missing = {one for unit in units for one in unit.missing}
        returned = [one for one in expected if one not in missing]
        early = [one for unit in units for one in unit.early]
        back = [one for unit in units for one in unit.back]
        self.obligations(f"{key}.expected", f"{label}：应报", expected, rules["expected"])
        self.obligations(f"{key}.returned", f"{label}：已报", returned, rules["returned"])
        if back:
            self.obligations(f"{key}.sent_back", f"{label}：退回待重报", back, rules["returned"])
        self.obligations(f"{key}.in_time", f"{label}：按时报送", early, rules["in_time"])
        self.share(f"{key}.return_rate", f"{label}：报送率", returned, expected, rules["return_rate"])
        self.share(f"{key}.in_time_rate", f"{label}：按时报送率", early, expected, rules["in_time_rate"])

    def _of(self, numbers: Iterable[int]) -> tuple[int, ...]:
        return tuple(item.id for no in numbers for item in self.view.of_measure(no))
