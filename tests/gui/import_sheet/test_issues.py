"""What the clerk is told of a reading, and where it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.job import Job
from core.model.plan import Problem, Severity
from core.office import review as office
from core.office.review import Review
from core.store.database import Store
from gui.import_sheet.issues import Issue, issues_of
from gui.import_sheet.places import Places


def issues(review: Review) -> tuple[Issue, ...]:
    return issues_of(review, Places(review))


def test_a_gap_names_the_missing_labels_and_the_measures_around_it(review: Review) -> None:
    gap = issues(review)[0]

    assert gap.severity is Severity.ERROR
    assert gap.missing == ("（4）", "（5）")
    assert gap.gap_text == "（4）—（5）"
    assert gap.measures == (3, 4)
    assert gap.gap_before == 4


def test_a_repaired_name_points_at_the_cell_that_holds_it(review: Review) -> None:
    doubt = next(issue for issue in issues(review) if issue.severity is Severity.WARNING)

    assert doubt.column == "division"
    assert doubt.measures == (2,)
    assert [Places(review).text(place) for place in doubt.places] == ["各乡镇、各行政执单位"]


@pytest.mark.parametrize(
    ("what", "missing"),
    [
        ("（6）后面是（12），缺（7）—（11）。", ("（7）", "（8）", "（9）", "（10）", "（11）")),
        ("（33）后面是（35），缺（34）。", ("（34）",)),
        ("第一项是3.，缺1.—2.。", ("1.", "2.")),
        ("任务8.前面缺5.—7.。", ()),
        ("五、后面是七、，缺六、。", ()),
    ],
)
def test_only_missing_measures_with_figures_can_be_added_by_hand(
    review: Review, what: str, missing: tuple[str, ...]
) -> None:
    place = str(review.draft.places[4][0])
    plan = replace(review.draft.plan, problems=(Problem(place, Severity.ERROR, what),))

    (first, *_) = issues(replace(review, draft=replace(review.draft, plan=plan)))

    assert first.missing == missing


def test_what_was_not_used_and_what_was_cleaned_are_a_line_each(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "方案.txt"
    rows = [f"| {n} | （{n}）组织第{n}次培训。 | 财政局 | 2024年底前 |" for n in (1, 2, 3)]
    table = ["| 序号 | 具体措施 | 责任分工 | 完成时限 |", "|---|---|---|---|", *rows]
    path.write_text("\n".join(["今年雨水很多，大家要注意防汛，做好各项准备工作。", "", *table]), encoding="utf-8")
    read = office.review_document(store, path, Job())
    repairs = ("第1段：去掉空格。", "表1 第2行 第3列：去掉空格 2 处。")

    found = {i.key: i for i in issues(replace(read, source=replace(read.source, repairs=repairs)))}

    assert [child.text[:4] for child in found["unused"].children] == ["没有读入"]
    assert [child.measures for child in found["cleaned"].children] == [(), (1,)]
    assert all(child.is_child for child in found["cleaned"].children)


def test_many_names_that_the_register_does_not_hold_are_one_line(store: Store, tmp_path: Path, make_document) -> None:
    rows = [("（一）甲", f"（{n}）组织第{n}次培训。", f"第{n}中学", "2024年底前") for n in (1, 2, 3, 4)]

    found = {i.key: i for i in issues(office.review_document(store, make_document("方案.xlsx", rows), Job()))}

    assert found["names"].text == "单位名册中没有 4 个名称，导入时加入名册"
    assert [child.measures for child in found["names"].children] == [(1,), (2,), (3,), (4,)]
