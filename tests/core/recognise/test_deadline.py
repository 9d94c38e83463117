"""完成时限: a table of worked phrases, and what is left rather than guessed."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.plan import Deadline, DeadlineKind
from core.recognise.deadline import is_deadline, understand

PHRASES = Path(__file__).parent / "phrases" / "deadline.txt"
ISSUED = date(2024, 4, 12)
WORDS = [
    "2024年",
    "2025年",
    "明年",
    "每年",
    "每半年",
    "每季度",
    "年底",
    "6月",
    "2月",
    "30日",
    "31日",
    "底",
    "前",
    "上半年",
    "第三季度",
    "上旬",
    "全年",
    "2024.6",
    "-30",
    "—",
    "至",
    "完成",
    "并",
    "长期坚持",
    "持续推进",
    "，",
    "、",
    "；",
    "按自治区统一部署",
    "要求",
    "印发之日起",
    "30日内",
    "三个月内",
    "十",
    "其余事项",
    "应急领域",
    "起",
    "99",
    "/",
    "。",
]
anything = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=20).map("".join))


def _written(part: Deadline) -> str:
    day = part.date.isoformat() if part.date else part.recur
    return " ".join(word for word in (part.kind.value, day, part.scope) if word)


def _cases():
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase, parts = (part.strip() for part in line.split("|"))
            yield pytest.param(phrase, parts, id=phrase)


@pytest.mark.parametrize(("phrase", "parts"), list(_cases()))
def test_table(phrase, parts):
    reading = understand(phrase, issued=ISSUED)
    if parts == "?":
        assert not reading.parts
        assert reading.left
    else:
        assert " ; ".join(map(_written, reading.parts)) == parts
        assert not reading.left


def test_year_of_the_column():
    assert understand("6月底前", issued=date(2023, 12, 20), year=2024).parts[0].date == date(2024, 6, 30)


@pytest.mark.parametrize("phrase", ["年底前", "6月底前", "明年年底", "第三季度"])
def test_no_year_is_not_guessed(phrase):
    reading = understand(phrase)
    assert [part.kind for part in reading.parts] == [DeadlineKind.UNSPECIFIED]
    assert reading.left


@pytest.mark.parametrize("phrase", ["印发之日起30日内", "印发后10个工作日内"])
def test_days_after_the_issue_without_a_calendar(phrase):
    assert understand(phrase).left


def test_nothing_said():
    assert understand("").parts == ()


@pytest.mark.parametrize("day", ["2024年2月30日前", "2023年2月29日前"])
def test_a_day_that_is_none_is_the_last_of_its_month(day):
    assert understand(day).parts[0].date in {date(2024, 2, 29), date(2023, 2, 28)}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("6月底完成", True),
        ("持续推进", True),
        ("2024年底前", True),
        ("各乡镇", False),
        ("县司法局", False),
        ("专项整治2024年底前", False),
        ("", False),
    ],
)
def test_is_deadline(text, is_one):
    assert is_deadline(text) is is_one


@given(anything)
def test_any_string(text):
    """No exception; a dated kind has its date, a recurring one its recurrence, and words do not vanish unsaid."""
    reading = understand(text, issued=ISSUED)
    for part in reading.parts:
        assert (part.date is not None) == (part.kind in {DeadlineKind.BY, DeadlineKind.BY_THEN_ONGOING})
        assert (part.recur is not None) == (part.kind is DeadlineKind.RECURRING)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31)))
def test_every_way_to_write_a_day(day):
    for text in (
        f"{day.year}年{day.month}月{day.day}日前",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        day.isoformat(),
    ):
        assert understand(text).parts == (Deadline(DeadlineKind.BY, date=day),)
