"""示例台账: a made-up county's year, marked as such, whole, and never beside or in the file of an office."""

from __future__ import annotations

from contextlib import closing

import pytest

from core.cli import main
from core.errors import Cancelled, LedgerFileError, OutputError
from core.job import Job
from core.office import check, files, periods, returns
from core.office.sample import NAME, Extent, make_sample
from core.office.sample_county import plan, units
from core.office.sample_course import AS_OF, QUARTERS, Owed, course
from core.office.sample_mark import sample_day
from core.office.sample_papers import paper
from core.office.status import plan_status
from core.office.unit_sheets import unit_sheets


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The last two quarters, with sheets for a few units."""
    return make_sample(tmp_path_factory.mktemp("示例"), Job(), Extent(quarters=2, sheets=13))


@pytest.fixture(scope="module")
def store(sample):
    with closing(files.open_ledger(sample.ledger, read_only=True)) as opened:
        yield opened


def test_the_county_does_not_exist():
    """Forty units; no name of the real county or its province, and no telephone that leads anywhere."""
    single = [unit for unit in units() if not unit.is_group]
    said = repr((plan(), units()))

    assert len(single) == 40
    assert "古县" not in said
    assert "山西" not in said
    assert all(unit.phone is None or set(unit.phone[:9]) == {"0", "-"} for unit in single)


def test_the_year_is_the_same_every_time_and_says_that_it_is_made_up():
    """Two runs say the same; every state and review occurs, every text is marked."""
    measures = plan().measures
    owed = [Owed(at, measure, f"单位{at}") for at, measure in enumerate(m for m in measures for _ in range(22))]

    said = course(owed)

    assert said == course(owed)
    assert {one.value.state.value for one in said} == {"推进中", "已完成", "不涉及"}
    assert {one.review.value for one in said} == {"待审", "通过", "退回"}
    assert {one.period for one in said} == set(QUARTERS)
    assert all(one.value.text.startswith("【示例】") for one in said)
    assert paper(QUARTERS[0], 0) == paper(QUARTERS[0], 0)


def test_the_file_is_marked_and_sound(sample, store):
    """It says that it is a sample and for which day; nothing in it is damaged."""
    assert sample_day(store) == AS_OF
    assert check.check(store, Job()) == ()
    assert all(path.is_file() for path in sample.papers)


def test_all_lights_occur(store):
    """Work under way, done and late, as in an office."""
    figures = plan_status(store, None, AS_OF).plain()["obligations"]

    assert figures["in_progress"]
    assert figures["done"]
    assert figures["overdue"]
    assert figures["due_soon"]


def test_returns_in_every_state(sample, store):
    """Sheets came in time, some are missing, some wait in the inbox."""
    last = QUARTERS[-1].key
    sheets = unit_sheets(store, None, last)
    counted = returns.returns(store, None, last, AS_OF).plain()
    waiting = [path.name for path in (sample.ledger.parent / "收件箱（练习用）").iterdir()]

    assert sheets.period.cut_off > AS_OF
    assert periods.periods(store, None, AS_OF)[0].key == last
    assert 0 < counted["returned"] == counted["in_time"] < counted["expected"]
    assert len(waiting) == 7


def test_what_is_there_stays(sample, tmp_path, capsys):
    """A second run changes nothing; a file of an office and a folder in use are refused, byte for byte."""
    before = sample.ledger.read_bytes()

    assert not make_sample(sample.ledger.parent, Job()).is_new
    assert sample.ledger.read_bytes() == before

    files.create_ledger(tmp_path / "办公" / NAME).close()
    mine = (tmp_path / "办公" / NAME).read_bytes()
    with pytest.raises(LedgerFileError, match="不是示例"):
        make_sample(tmp_path / "办公", Job())
    assert (tmp_path / "办公" / NAME).read_bytes() == mine

    (tmp_path / "别的").mkdir()
    (tmp_path / "别的" / "表.xlsx").touch()
    with pytest.raises(OutputError, match="别的文件"):
        make_sample(tmp_path / "别的", Job())
    assert main(["demo", str(tmp_path / "别的"), "--year"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_stopped_in_the_middle_leaves_nothing(tmp_path):
    """A sample is there whole or not at all."""

    folder = tmp_path / "半途"
    job = Job(lambda _done, _total, label: job.cancel() if "回收" in label else None)

    with pytest.raises(Cancelled):
        make_sample(folder, job, Extent(quarters=1, sheets=12))

    assert list(folder.iterdir()) == []
