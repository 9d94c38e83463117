"""The kinds of documents that are texts: every figure from the ledger, nothing pretended, gaps told."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from core import cli, paths
from core.errors import InvalidError
from core.job import Job
from core.ledger.figures import Figures
from core.model.document_kind import DocumentKind
from core.model.ledger import EntryState
from core.model.units import UnitKind
from core.office import (
    bundled,
    documents,
    files,
    form_value,
    issuer,
    ledger_settings,
    letter_items,
    letters,
    numbering,
    progress,
    reminders,
    report_words,
    reviewing,
)
from core.office.changes import Changes
from core.office.documents import Asked
from core.office.draft import AT_ISSUE
from core.office.form_value import FormValue
from core.office.overview import overview
from core.office.period_choice import chosen_period
from core.office.returns import returns
from core.office.statistics import statistics
from core.office.unit_changes import save_unit, unit_value
from core.office.units import unit_named
from core.publish import pages
from core.publish.fonts import machine_fonts
from core.publish.text_setting import set_text
from core.store.database import Store
from tests.core.office.filled import AS_OF, LONG, PERIOD, RARE

TEXTS = ("report", "midterm", "final", "circular", "reminder", "notice")
GOLDEN = Path(__file__).parent / "golden"


def asked(kind: str = "report", **changes: object) -> Asked:
    return replace(Asked(None, AS_OF, None if kind in ("midterm", "final") else PERIOD), **changes)


def lines_of(path: Path, *, parts: int | None = None) -> list[str]:
    """The texts of a Word document in order, a line a paragraph or row; ``parts``: only so many sections of it."""
    found: list[str] = []
    for element in docx.Document(path).element.body:
        if element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                cells = ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
                found.append(" | ".join(cells))
        elif element.tag == qn("w:p"):
            text = "".join(t.text or "" for t in element.iter(qn("w:t")))
            found += [text] if text else []
            if parts is not None and next(element.iter(qn("w:sectPr")), None) is not None:
                parts -= 1
                if not parts:
                    return found
    return found


def made(store: Store, kind: str, folder: Path, *, parts: int | None = 1, **changes: object) -> list[str]:
    path = folder / f"{kind}.docx"
    documents.export(store, kind, asked(kind, **changes), "docx", path, Job())
    return lines_of(path, parts=parts)


def gaps(store: Store, kind: str, **changes: object) -> tuple[str, ...]:
    return documents.make(store, kind, asked(kind, **changes), Job()).gaps


# --- the command line, all plans -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "kind"),
    [
        pytest.param(plan, kind, marks=() if plan == "guxian" or kind == one else pytest.mark.thorough)
        for plan, one in zip(bundled.TITLES, TEXTS, strict=False)
        for kind in TEXTS
    ],
)
def test_every_text_in_both_formats(filled_plans, plan, kind, tmp_path, capsys) -> None:
    """Exit 0, the path printed, gaps and nothing else on stderr; a Word document of headings that are headings."""
    for fmt in ("pdf", "docx"):
        target = tmp_path / f"文件.{fmt}"
        line = ["export", str(filled_plans(plan)), kind, "--format", fmt, "-o", str(target), "--as-of", "2025-01-10"]
        code = cli.main(line if kind in ("midterm", "final") else [*line, "--period", PERIOD])
        out, err = capsys.readouterr()
        assert (code, out.strip()) == (0, str(target))
        assert err
        assert all(line.startswith(("待补充：", "说明：")) for line in err.splitlines())
    document = docx.Document(tmp_path / "文件.docx")
    assert document.paragraphs[0].style.name in ("Heading 1", "Normal")
    assert pages.page_count((tmp_path / "文件.pdf").read_bytes()) > 0


@pytest.mark.thorough
@pytest.mark.office
def test_libreoffice_makes_as_many_pages(filled_plans, tmp_path, soffice) -> None:
    """红寺堡's six texts with their annexes, converted by a judge that lacks the faces."""
    with closing(files.open_ledger(filled_plans("hongsibu"), read_only=True)) as store:
        for kind in TEXTS:
            documents.export(store, kind, asked(kind), "docx", tmp_path / f"{kind}.docx", Job())
            documents.export(store, kind, asked(kind), "pdf", tmp_path / f"{kind}.pdf", Job())
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(tmp_path / "转换"), *(str(tmp_path / f"{kind}.docx") for kind in TEXTS)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    for kind in TEXTS:
        ours, theirs = (
            pages.page_count((folder / f"{kind}.pdf").read_bytes()) for folder in (tmp_path, tmp_path / "转换")
        )
        assert ours == theirs, kind


@pytest.mark.parametrize("plan", bundled.TITLES)
@pytest.mark.parametrize("kind", TEXTS)
def test_golden_texts(filled_plans, plan, kind, tmp_path) -> None:
    """The text as it was looked at, of letters the first; TAIZHANG_GOLDEN=write writes them anew."""
    with closing(files.open_ledger(filled_plans(plan), read_only=True)) as store:
        found = made(store, kind, tmp_path)
    text = "\n".join(_short(line) for line in found) + "\n"
    golden = GOLDEN / f"{plan}-{kind}.txt"
    if os.environ.get("TAIZHANG_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")

    assert text == golden.read_text(encoding="utf-8")


def _short(line: str) -> str:
    return line if len(line) <= 260 else f"{line[:60]}……{len(line)}字"


@pytest.mark.parametrize("kind", TEXTS)
def test_what_stands_open_is_told_as_a_gap(filled, kind, tmp_path) -> None:
    """Every 【待补充：…】 of the text is one of the gaps."""
    text = "\n".join(made(filled, kind, tmp_path, parts=None))
    told = gaps(filled, kind)

    assert set(re.findall(r"【待补充：([^】]+)】", text)) <= set(told)
    assert told


@pytest.mark.parametrize("kind", TEXTS)
def test_an_empty_ledger_says_so(store, kind, tmp_path) -> None:
    """Nothing was filled in: no progress is claimed, every document can still be made."""
    text = "\n".join(made(store, kind, tmp_path))

    assert "已完成1项" not in text
    if kind in ("report", "midterm", "final"):
        assert "台账中没有任何进展记录" in text
        assert "【待补充：存在问题】" in text


# --- 进展情况报告 --------------------------------------------------------------------------------


def test_the_numbers_are_those_of_the_statistics(filled, tmp_path) -> None:
    """By measures and by obligations, rates with what was divided, in the text and in the table by section."""
    text = made(filled, "report", tmp_path)
    figures = statistics(filled, None, AS_OF, period_key=PERIOD)
    whole = "\n".join(text)

    for found, what in ((figures.measures, "措施"), (figures.obligations, "责任事项")):
        base = found.total - found.ongoing - found.waiting - found.not_applicable
        assert f"{found.total}项{what}中，已完成{found.done}项、推进中{found.in_progress}项" in whole
        assert f"（{found.done}÷{base}）" in whole
        assert f"逾期{found.overdue}项" in whole
    for section in figures.sections:
        row = next(line for line in text if line.startswith(section.title))
        measures = section.measures
        states = (measures.total, measures.done, measures.in_progress, measures.not_started)
        assert row.split(" | ")[1:5] == [str(number) for number in states]
        assert row.split(" | ")[-2] == str(measures.overdue)
    assert "统计口径：" in whole
    assert figures.rules["overdue"] in whole


def test_how_many_of_the_done_were_reviewed(filled, tmp_path) -> None:
    view = overview(filled, None, AS_OF)
    done = [key for key, status in view.statuses.items() if status.state.value == "done"][:3]
    reviewing.accept(filled, done, PERIOD)

    assert any(f"已审核通过{len(done)}项" in line for line in made(filled, "report", tmp_path))


def test_words_are_whole_with_who_said_them_and_the_evidence(filled, tmp_path) -> None:
    """Under the plan's section; 2,000 characters are not shortened, rare characters not replaced."""
    text = made(filled, "report", tmp_path)
    unit = overview(filled, None, AS_OF).obligations[0].unit
    line = next(line for line in text if line.startswith("（1）"))

    assert f"{unit}：{LONG}" in line
    assert "（佐证材料：1-1" in line
    assert text.index("（一）着力提升行政执法人员能力素质") < text.index(line)
    assert any(RARE in one for one in text)


def test_a_unit_that_says_it_is_none_of_its_own_is_no_achievement(filled, tmp_path) -> None:
    """Not under 主要做法; the reason stands behind the section."""
    text = made(filled, "report", tmp_path)
    line = next(line for line in text if line.startswith("说明不涉及及其理由的："))

    assert "措施（3）应急管理局（本单位没有行政执法职能）" in line
    assert not any("不涉及，本单位没有行政执法职能" in line for line in text)


def test_a_measure_of_which_nothing_was_said_is_a_gap(filled) -> None:
    """What a unit only calls none of its own (3) is no work either; it is told behind the section."""
    assert any("措施（2）、（3）的工作进展" in gap for gap in gaps(filled, "report"))


def test_words_marked_as_secret_are_in_no_text(store, tmp_path) -> None:
    """Neither in the report nor in a letter; the report tells that they were left out."""
    item = next(item for item in overview(store, None, AS_OF).obligations if item.unit == "公安局")
    words = {"text": "机密★5年 专案情况", "problems": "", "next_steps": "机密★5年 行动安排"}
    progress.save(store, item.id, PERIOD, FormValue(state=EntryState.IN_PROGRESS, **words))
    report = "\n".join(made(store, "report", tmp_path, parts=None))
    letter = "\n".join(made(store, "reminder", tmp_path, parts=None, unit="公安局"))

    assert "专案" not in report
    assert "行动安排" not in report + letter
    assert any("密级字样" in gap for gap in gaps(store, "report"))


def test_addressee_and_name_are_settings(filled, tmp_path) -> None:
    """What is set stands in the text and is no gap any more; the change is in the journal."""
    ledger_settings.save(filled, replace(ledger_settings.load(filled), office="古县司法局"))
    changes = issuer.save(filled, replace(issuer.load(filled), addressee="古县人民政府"))
    text = made(filled, "report", tmp_path)

    assert changes.periods
    assert "古县人民政府：" in text
    assert "古县司法局" in text
    assert not {"主送机关", "发文机关"} & set(gaps(filled, "report"))
    assert issuer.save(filled, issuer.load(filled)) == Changes()


def test_a_plan_that_names_the_receiver_fills_the_addressee(filled_plans, tmp_path) -> None:
    """钦州: 中期情况报告 goes to 市司法局."""
    with closing(files.open_ledger(filled_plans("qinzhou"), read_only=True)) as store:
        assert "市司法局：" in made(store, "midterm", tmp_path)
        assert "主送机关" not in gaps(store, "midterm")


def test_annexes_follow_with_their_marks(filled, tmp_path) -> None:
    """Three, as listed under the text; page numbers run on over the turned pages."""
    text = made(filled, "report", tmp_path, parts=None)
    path = tmp_path / "报告.pdf"
    documents.export(filled, "report", asked(), "pdf", path, Job())
    sizes = pages.page_sizes(path.read_bytes())

    assert [line for line in text if re.fullmatch(r"附件\d", line)] == ["附件1", "附件2", "附件3"]
    assert any(line.startswith("附件：1.") for line in text)
    turned = [width > height for width, height in sizes]
    assert turned == sorted(turned)
    assert any(turned)


def test_without_evidence_and_late_measures_one_annex(store, tmp_path) -> None:
    text = made(store, "report", tmp_path, parts=None, as_of=date(2024, 5, 1), period_key="2024Q2")

    assert [line for line in text if re.fullmatch(r"附件\d?", line)] == ["附件"]


# --- 中期, 终期评估报告 --------------------------------------------------------------------------


def test_each_target_beside_what_was_reached(filled_plans, tmp_path) -> None:
    """Figure and verdict of those that said one, a gap for the others."""
    folder = tmp_path / "红寺堡"
    shutil.copytree(filled_plans("hongsibu").parent, folder)
    with closing(files.open_ledger(folder / "hongsibu.db")) as store:
        view = overview(store, None, AS_OF)
        measure = next(m for m in view.plan.measures if m.targets and len(view.of_measure(m.no)) > 1)
        one, two, *_ = view.of_measure(measure.no)
        for item, value in ((one, 10_000.0), (two, 0.0)):
            reached = (form_value.TargetValue(0, value),)
            progress.save(
                store,
                item.id,
                PERIOD,
                FormValue(state=_possible(view, measure.no), text="已统计", targets=reached),
            )
        text = made(store, "midterm", tmp_path)
        row = next(line for line in text if line.startswith(f"（{measure.no}） | {measure.targets[0].text}"))
        told = gaps(store, "midterm")

    assert f"{one.unit}：10000" in row
    assert f"{two.unit}：0" in row
    assert row.endswith("达到1家，未达到1家")
    assert any("量化指标" in gap for gap in told)
    assert not any(measure.targets[0].text in gap for gap in told)


def _possible(view, no: int) -> EntryState:
    from core.office.forms import states_of

    states = states_of(view.measure(no).deadlines)
    return EntryState.IN_PROGRESS if EntryState.IN_PROGRESS in states else EntryState.KEPT_UP


def test_an_evaluation_quotes_the_last_words_of_each(store, tmp_path) -> None:
    """Of several periods the last; what was said for the evaluation itself goes before."""
    one, two = (overview(store, None, AS_OF).of_measure(no)[0] for no in (1, 2))
    for period, text in (("2024Q2", "起步"), ("2024Q4", "过半")):
        progress.save(store, one.id, period, FormValue(state=EntryState.IN_PROGRESS, text=text))
    for period, text in (("中期", "评估自述"), ("2024Q4", "季度自述")):
        progress.save(store, two.id, period, FormValue(state=EntryState.IN_PROGRESS, text=text))
    text = "\n".join(made(store, "midterm", tmp_path))

    assert "过半" in text
    assert "起步" not in text
    assert "评估自述" in text
    assert "季度自述" not in text


# --- 通报 ----------------------------------------------------------------------------------------


def test_the_circular_tells_returns_and_lateness_of_each_unit(store, tmp_path) -> None:
    view = overview(store, None, AS_OF)
    unit = view.obligations[0].unit
    for item in view.obligations:
        if item.unit == unit:
            value = FormValue(state=EntryState.IN_PROGRESS, text="已办", received_on=date(2024, 12, 30))
            progress.save(store, item.id, PERIOD, value)
    text = made(store, "circular", tmp_path)
    came = returns(store, None, PERIOD, AS_OF)
    own = next(one for one in came.units if one.unit == unit)
    late = next(one for one in statistics(store, None, AS_OF).units if one.obligations.overdue)

    assert f"{unit} | {own.expected} | {own.expected} | 100% | {own.expected} | 100%" in text
    assert any(f"全部按时报送的单位1个：{unit}。" in line for line in text)
    assert any(f"{late.unit}（{late.obligations.overdue}项）" in line for line in text)
    assert any("补报" in line and unit not in line for line in text)


def test_discipline_and_justice_are_asked_not_told(store, tmp_path) -> None:
    text = made(store, "circular", tmp_path)
    told = [line for line in text if line.startswith("请") and "补报" in line]

    assert told
    assert not any("法院" in line or "纪委监委" in line for line in told)
    assert any(line.startswith("商请纪委监委、检察院、法院予以支持") for line in text)


# --- 催办函, 提示函, 商请函 -----------------------------------------------------------------------


def test_only_units_that_owe_something_get_a_letter(filled) -> None:
    """One each, late before soon; a collective without members is a gap, not an address."""
    view = overview(filled, None, AS_OF)
    owed, groups = letters.owing(filled, view, chosen_period(filled, view.row.key, PERIOD, AS_OF))

    assert len({one.unit.name for one in owed}) == len(owed)
    assert all(one.late or one.soon or one.missing for one in owed)
    assert groups == ("各乡镇",)
    assert any("各乡镇待补全成员单位" in gap for gap in gaps(filled, "reminder"))


def test_a_letter_names_what_is_late_and_by_how_much(store, tmp_path) -> None:
    """As many rows as the unit has overdue obligations, the earlier reminder with its promise, the answer's date."""
    issuer.save(store, replace(issuer.load(store), contact="李喆", phone="0357-1", reply_days=7))
    reminders.remind(
        store,
        None,
        PERIOD,
        ["公安局"],
        way="电话",
        answer="正在整理材料",
        promised_on=date(2025, 1, 5),
        at=date(2025, 1, 2),
    )
    text = made(store, "reminder", tmp_path, parts=None, unit="公安局")
    view = overview(store, None, AS_OF)
    late = [item for item in view.obligations if item.unit == "公安局" and view.statuses[item.id].overdue]

    assert any("关于催办" in line for line in text)
    assert any(f"逾期未完成的事项（{len(late)}项）" in line for line in text)
    assert sum("逾期" in line and " | " in line for line in text) == len(late) > letter_items.FEW
    assert "附件" in text
    assert any(line.startswith("附件：逾期") for line in text)
    assert "2025年1月2日已以电话方式催办，你单位答复：正在整理材料，承诺2025年1月5日前完成。" in text
    assert any("自收到本函之日起7个工作日内" in line for line in text)
    assert any("（联系人：李喆，联系电话：0357-1）。" in line for line in text)


def test_to_discipline_and_justice_a_letter_asks(store, tmp_path) -> None:
    """纪委监委, 法院, 检察院 are 贵单位 in a 商请函."""
    text = "\n".join(made(store, "reminder", tmp_path, unit="纪委监委"))

    assert unit_named(store, "纪委监委").kind is UnitKind.DISCIPLINE_JUSTICE
    assert "关于商请" in text
    assert "你单位" not in text
    assert "催办" not in text


def test_before_the_date_a_letter_only_points_to_it(store, tmp_path) -> None:
    """30 days before the first date and the cut-off: 提示函; nothing to say at all: a sentence."""
    text = "\n".join(made(store, "reminder", tmp_path, unit="公安局", as_of=date(2024, 6, 20), period_key="2024Q2"))
    assert "关于提示" in text

    with pytest.raises(InvalidError, match="不需要发函"):
        made(store, "reminder", tmp_path, as_of=date(2024, 4, 20), period_key="2024Q2")


def test_every_letter_is_numbered_by_hand_and_from_page_1(store, tmp_path) -> None:
    """No two letters carry one number; each begins with page 1, shown from its second page on."""
    issuer.save(store, replace(issuer.load(store), body="联席会议办公室", seal="古县司法局", number="古司函"))
    text = made(store, "reminder", tmp_path, parts=None)

    assert "古司函〔2025〕　　号" in text
    assert "（古县司法局代章）" in text
    sections = docx.Document(tmp_path / "reminder.docx").sections
    letters_of = [one for one in sections if one.page_width < one.page_height]
    assert len(letters_of) > 5
    assert all(section.different_first_page_header_footer for section in letters_of)
    assert text.count("联席会议办公室") == len(letters_of)


def test_a_letter_of_few_items_tells_them_itself(store, tmp_path) -> None:
    """A paragraph each, no table and no annex."""
    text = made(store, "reminder", tmp_path, parts=None, unit="公安局", as_of=date(2024, 7, 10), period_key="2024Q2")

    assert any(line.startswith("措施（4）") and line.endswith("逾期10天）。") for line in text), text
    assert not any(" | " in line for line in text)
    assert not any(line.startswith("附件") for line in text)


def test_numbers_and_date_that_are_given_stand_in_the_letters(store, tmp_path) -> None:
    """Each unit its own, in the order they were given; who gets a 商请函 is told."""
    day = date(2025, 1, 13)
    issuer.save(store, replace(issuer.load(store), number="古司函", stamped=True))
    numbers = numbering.next_numbers(store, DocumentKind.REMINDER, 2025, ["公安局", "纪委监委"])
    text = made(store, "reminder", tmp_path, parts=None, unit="公安局", numbers=numbers, dated=day)
    one = documents.make(store, "reminder", asked(unit="纪委监委", numbers=numbers, dated=day), Job())

    assert numbers == (("公安局", "古司函〔2025〕1号"), ("纪委监委", "古司函〔2025〕2号"))
    assert {"古司函〔2025〕1号", "2025年1月13日"} <= set(text)
    assert one.notes == ("纪委监委是纪检监察、司法机关，发商请函，不发催办函、提示函",)
    assert not set(AT_ISSUE.values()) & set(one.gaps)
    assert one.title.startswith("关于商请推进")
    assert one.recipient == "纪委监委"


def test_the_full_name_is_addressed(store, tmp_path) -> None:
    unit = unit_named(store, "公安局")
    save_unit(store, "公安局", replace(unit_value(unit), full_name="古县公安局"))

    assert "古县公安局：" in made(store, "reminder", tmp_path, unit="公安局")


# --- 督办通知单 ----------------------------------------------------------------------------------


def test_a_notice_goes_only_to_those_who_are_late_and_may_be_supervised(store, tmp_path) -> None:
    text = made(store, "notice", tmp_path, parts=None)
    heads = [line for line in text if line == "督办通知单"]
    late = {
        unit.unit
        for unit in statistics(store, None, AS_OF).units
        if unit.obligations.overdue and unit.kind not in (UnitKind.GROUP, UnitKind.DISCIPLINE_JUSTICE)
    }

    assert len(heads) == len(late)
    assert any("核对权限" in gap for gap in gaps(store, "notice"))
    with pytest.raises(InvalidError, match="不需要督办"):
        made(store, "notice", tmp_path, as_of=date(2024, 5, 1), period_key="2024Q2")
    with pytest.raises(InvalidError, match="纪检监察、司法机关"):
        made(store, "notice", tmp_path, unit="纪委监委")


def test_few_items_stand_in_the_form_many_behind_it(store, tmp_path) -> None:
    many = made(store, "notice", tmp_path, parts=None, unit="公安局")
    few = made(store, "notice", tmp_path, parts=None, unit="公安局", as_of=date(2024, 7, 10), period_key="2024Q2")

    assert "督办事项清单" in many
    assert "督办事项清单" not in few
    assert any(line.startswith("督办事项 | 1.（4）") for line in few)


def test_a_notice_keeps_its_signature_on_the_page_of_its_form(store) -> None:
    """Few items of many words stand behind the form too: no page holds a signature alone."""
    with store.transaction() as db:
        db.execute("UPDATE measure SET text = ? WHERE no = 4", ["按照分类分级分层培训要求开展技能培训。" * 20])
    document = documents.make(store, "notice", asked("notice", as_of=date(2024, 7, 10), period_key="2024Q2"), Job())
    forms = [made for made in set_text(document.text, machine_fonts(), Job()).parts if made.restarts]

    assert forms
    assert all(len(form.pages) == 1 for form in forms)


@pytest.mark.parametrize("kind", ["reminder", "notice"])
def test_a_collective_without_members_has_no_address(tmp_path, kind) -> None:
    """One measure of collectives nobody has completed: the sentence says what is to be done."""
    plan = json.loads((paths.DATA / "guxian.json").read_text(encoding="utf-8"))
    plan["measures"] = plan["measures"][:1]
    source = tmp_path / "一项.json"
    source.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    with closing(files.create_ledger(tmp_path / "一项.db", str(source))) as store:
        assert made(store, "report", tmp_path)
        with pytest.raises(InvalidError, match="待补全成员") as told:
            made(store, kind, tmp_path)
    assert "补全" in (told.value.hint or "")


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "words"),
    [([1], "（1）"), ([2, 1], "（1）、（2）"), ([1, 2, 3, 5], "（1）至（3）、（5）"), ([7, 8, 9, 9], "（7）至（9）")],
)
def test_numbers_of_measures(found, words) -> None:
    assert report_words.numbers(found) == words


def test_a_rate_of_nothing_is_not_a_number() -> None:
    words = report_words.states(Figures(total=2, ongoing=2), "措施")

    assert words == "2项措施中，长期坚持2项，没有可计算完成率的事项；没有逾期和临近时限的"


def test_the_newest_calendar_period_is_the_one_meant(store) -> None:
    """中期 and 终期, which are longer, are meant only where they are named."""
    assert chosen_period(store, "guxian", None, date(2024, 8, 3)).key == "2024Q3"
    assert chosen_period(store, "guxian", "中期", date(2024, 8, 3)).title == "中期"


def test_an_answer_needs_days(store) -> None:
    with pytest.raises(InvalidError, match="工作日"):
        issuer.save(store, replace(issuer.load(store), reply_days=0))


# --- 正文从简 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["report", "final"])
def test_a_brief_report_says_how_measures_stand_and_no_words(filled, kind, tmp_path) -> None:
    """The same figures, none of the words of the units; where they are read is told in the text and in its annex."""
    full, brief = ("\n".join(made(filled, kind, tmp_path, parts=None, brief=is_brief)) for is_brief in (False, True))
    both = [documents.make(filled, kind, asked(kind, brief=is_brief), Job()) for is_brief in (False, True)]

    assert "参加人员12人次" in full
    assert "人次" not in brief
    assert "原文见各单位工作台账" in brief
    assert "见正文" not in brief
    assert "（4）按照分类分级分层培训要求，组织开展专业法律知识和行政执法技能培训（逾期完成，完成22/22）" in brief
    assert both[0].figures == both[1].figures
    assert both[0].gaps == both[1].gaps


@pytest.mark.parametrize("kind", ["report", "final"])
def test_what_stands_alone_has_no_number(store, kind, tmp_path) -> None:
    """Late measures and nothing said: no 一是 without a 二是; nothing is said of a cut-off that is still to come."""
    text = made(store, kind, tmp_path)

    assert not [line for line in text if line.startswith("一是")]
    assert [line for line in text if line.startswith("有") and "逾期未完成" in line]
    assert [line for line in text if line.startswith("督促逾期未完成的")]
    due = next(line for line in text if line.startswith("报送情况"))
    assert ("截至统计日还没有到" in due) == (kind == "final")
