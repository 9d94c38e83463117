"""A parser that crashes, hangs or eats memory is a sentence for its file; the others are read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.contained.run import ContainedError, Why, ahead, each, end, run, warm_up
from core.errors import Cancelled, KnownError
from core.job import Job
from tests.core.contained import readers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the ways to die are those of POSIX")
SECONDS = 3.0


def words(*ways: str) -> list[object]:
    """What becomes of files whose readers end in these ways."""
    return [
        one.why if isinstance(one, ContainedError) else one
        for one in each(readers.ends, [(f"{way}.xlsx", (way,)) for way in ways], job=Job(), seconds=SECONDS)
    ]


def is_alive(process: int) -> bool:
    state = Path(f"/proc/{process}/status")
    return state.exists() and "State:\tZ" not in state.read_text()


def test_the_answer_comes_back_from_another_process():
    assert run(readers.fine, "台账", job=Job(), name="a") == "账台"
    assert run(readers.who, job=Job(), name="a") != os.getpid()


def test_the_child_stays_warm():
    assert run(readers.who, job=Job(), name="a") == run(readers.who, job=Job(), name="b")


@pytest.mark.expected_log
def test_one_that_ends_its_reader_is_said_and_the_others_are_read():
    ways = ("a", "b", "exit", "c", "abort", "segfault", "d", "print", "hang", "e", "memory", "f", "fault", "g")

    found = words(*ways)

    expected = {
        "exit": Why.DIED, "abort": Why.DIED, "segfault": Why.DIED, "hang": Why.HUNG, "memory": Why.HUNGRY, "fault": Why.FAULT,
    }  # fmt: skip
    assert found == [expected.get(way, way) for way in ways]


@pytest.mark.expected_log
def test_files_that_come_one_by_one_are_read_meanwhile_and_asked_in_any_order():
    """More of them than may wait; the one that ends its reader is said, and those that nobody asks for do no harm."""
    ways = [f"{at}" for at in range(100)]
    ways[40] = "abort"
    with ahead(readers.ends, job=Job(), seconds=SECONDS) as files:
        numbers = [files.begin(f"{way}.xlsx", (way,)) for way in ways]
        found = {at: files.outcome(numbers[at]) for at in (99, 40, *range(20))}

    died = found.pop(40)
    assert isinstance(died, ContainedError)
    assert (died.why, died.where) == (Why.DIED, "abort.xlsx")
    assert found == {at: ways[at] for at in found}


def _read_on(job: Job) -> None:
    with ahead(readers.fine, job=job) as files:
        job.cancel()
        for _ in range(10_000):
            files.outcome(files.begin("a.xlsx", ("台账",)))


def test_cancelling_while_files_still_come_ends_the_reading():
    with pytest.raises(Cancelled):
        _read_on(Job())


def test_hunger_that_asks_for_nothing_is_bounded_too():
    (found,) = each(readers.ends, [("表.xlsx", ("eat",))], job=Job(), megabytes=250)
    assert isinstance(found, ContainedError)
    assert "内存不够" in str(found)
    assert found.where == "表.xlsx"


def test_what_the_reader_says_itself_comes_whole():
    with pytest.raises(KnownError) as caught:
        run(readers.ends, "known", job=Job(), name="a")
    assert (caught.value.message, caught.value.hint, caught.value.where) == (
        "这份文件不能用。",
        "请换一份。",
        "表.xlsx",
    )


def test_every_end_has_a_sentence_with_the_file_and_what_to_do():
    with pytest.raises(ContainedError, match=r"“坏表.xlsx”读取到一半时出错中断.*请用 WPS 或 Office 打开它"):
        run(readers.ends, "abort", job=Job(), name="坏表.xlsx")


def test_a_file_is_not_blamed_for_what_another_did_to_the_child(tmp_path: Path):
    """After other files the reading is tried once more by a fresh child."""
    tasks = [("a", (str(tmp_path / "there"),)), ("b", (str(tmp_path / "mark"),))]
    (tmp_path / "there").write_bytes(b"")
    assert list(each(readers.once, tasks, job=Job())) == ["read", "read"]


def test_results_come_in_order_and_few_are_asked_for_ahead():
    asked = []

    def tasks():
        for at in range(40):
            asked.append(at)
            yield f"{at}", (f"{at:02}",)

    results = each(readers.fine, tasks(), job=Job())

    assert next(results) == "00"
    assert len(asked) <= 13
    assert [*results] == [f"{at:02}"[::-1] for at in range(1, 40)]


def test_cancel_ends_the_child(tmp_path: Path):
    """Pressed while the parser is at work."""
    process = run(readers.who, job=Job(), name="a")
    mark = tmp_path / "mark"
    job = CancelledOnce(mark)

    with pytest.raises(Cancelled):
        run(readers.waits, str(mark), job=job, name="a")

    assert not is_alive(process)
    assert run(readers.fine, "ab", job=Job(), name="b") == "ba"


class CancelledOnce(Job):
    """Cancelled as soon as a file is there."""

    def __init__(self, mark: Path) -> None:
        super().__init__()
        self._mark = mark

    @property
    def is_cancelled(self) -> bool:
        return self._mark.exists()


def test_steps_are_told_and_a_cancel_at_one_ends_it():
    seen = []

    def report(*step: object) -> None:
        seen.append(step)
        job.cancel()

    job = Job(report)
    with pytest.raises(Cancelled):
        run(readers.steps, 1000, job=job, name="a")
    assert seen[0][1] == 1000


def test_two_batches_at_once_do_not_mix():
    one = each(readers.fine, [(f"{at}", (f"1{at}",)) for at in range(5)], job=Job())
    other = each(readers.fine, [(f"{at}", (f"2{at}",)) for at in range(5)], job=Job())
    assert [*zip(one, other, strict=True)] == [(f"{at}1", f"{at}2") for at in range(5)]


def test_children_end_with_their_parent(tmp_path: Path):
    """Also where it is killed."""
    code = (
        "import os, signal\nfrom core.contained.run import run\nfrom core.job import Job\n"
        "from tests.core.contained import readers\nprint(run(readers.who, job=Job(), name='a'), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    process = int(done.stdout)
    for _ in range(200):
        if not is_alive(process):
            break
        subprocess.run(["sleep", "0.05"], check=True)
    assert not is_alive(process)


def test_a_child_started_in_advance_does_the_work():
    end()
    warm_up()
    assert run(readers.fine, "ab", job=Job(), name="a") == "ba"


def test_no_child_is_a_sentence(monkeypatch: pytest.MonkeyPatch):
    end()
    monkeypatch.setattr(sys, "executable", "/nowhere/taizhang")
    with pytest.raises(ContainedError, match="启动不了"):
        run(readers.fine, "ab", job=Job(), name="a")
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(ContainedError, match="启动不了"):
        run(readers.fine, "ab", job=Job(), name="a")
