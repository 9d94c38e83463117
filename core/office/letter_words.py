"""The sentences of a letter: what is missing, what was said before, what is asked for and by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.model.ledger import Obligation, Period
from core.office.draft import Draft
from core.office.issuer import Issuer
from core.office.overview import Overview
from core.office.paper_words import day
from core.office.report_words import late_by, numbers
from core.store.reminders import ReminderRow

if TYPE_CHECKING:
    from core.office.letters import Owed

_DOING = {"催办": "抓紧办理", "提示": "按期办理", "商请": "予以推进"}


def longest(view: Overview, items: Sequence[Obligation]) -> str:
    """，最长逾期194天."""
    days = [late_by(view.statuses[item.id], view.clock.as_of) or 0 for item in items]
    return f"，最长逾期{max(days)}天" if max(days) else ""


def missing_words(view: Overview, period: Period, owed: Owed, you: str) -> str:
    """What did not come in of a period, empty where nothing was expected."""
    came = owed.came
    if came is None:
        return ""
    past = (view.clock.as_of - period.cut_off).days
    late = f"，已超过{past}天" if owed.is_past and past > 0 else ""
    silent = not came.returned and len(owed.missing) == came.expected
    stand = "均未报送" if silent else f"已报{came.returned}项，尚有{len(owed.missing)}项没有报送"
    return (
        f"{you}{period.title}应报责任事项{came.expected}项，{stand}，即措施{numbers(sorted(set(owed.missing)))}，"
        f"报送截止日为{day(period.cut_off)}{late}。"
    )


def say_reminders(draft: Draft, known: Sequence[ReminderRow], you: str) -> None:
    """Earlier reminders of the period with what was answered and promised."""
    for row in sorted(known, key=lambda row: (row.at, row.id)):
        promised = f"，承诺{day(row.promised_on)}前完成" if row.promised_on else ""
        answered = f"{you}答复：{row.answer}{promised}" if row.answer else f"没有收到{you}答复{promised}"
        draft.say(f"{day(row.at)}已以{row.way}方式催办，{answered}。")


def needed(owed: Owed) -> str:
    """What is to be done about it all: 抓紧办理, 按期报送."""
    if owed.late or owed.soon:
        return _DOING[owed.word]
    return "予以报送" if owed.word == "商请" else "抓紧报送" if owed.is_past else "按期报送"


def request(draft: Draft, owed: Owed, period: Period, sender: Issuer, you: str) -> None:
    """What is asked for: work where something is due, the return where one is missing, and an answer by when."""
    contact = draft.known(sender.contact, "联系人")
    phone = draft.known(sender.phone, "联系电话")
    who = f"（联系人：{contact}，联系电话：{phone}）。"
    answer = f"自收到本函之日起{sender.reply_days}个工作日内"
    is_asked, works = owed.word == "商请", bool(owed.late or owed.soon)
    send = f"{'补报' if owed.is_past else '报送'}{period.title}进展"
    by = answer if owed.is_past else f"于{day(period.cut_off)}前"
    begin = f"{'商请' if is_asked else '请'}{you}"
    told = f"{'函复' if is_asked else '书面反馈'}我们{who}"
    if not works:
        why = "，并书面说明未报送的原因" if owed.is_past and not is_asked else ""
        draft.say(f"{begin}{by}{send}{why}{who}")
    else:
        do = "对上述事项予以推进" if is_asked else f"对照完成时限{_DOING[owed.word]}"
        left = [*(["未完成"] if owed.late else []), *(["未报送"] if owed.missing and owed.is_past else [])]
        why = f"{'或'.join(left)}的原因、" if left and not is_asked else ""
        too = (
            f"{by}{send}，并{'' if owed.is_past else answer}" if owed.missing else f"{'并' if is_asked else ''}{answer}"
        )
        draft.say(f"{begin}{do}，{too}将办理情况、{why}预计完成日期{told}")
    draft.say("专此函商，请予支持。" if is_asked else "特此函达。")
