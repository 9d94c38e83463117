"""会商机制: who belongs to it, when it met, and what it decided on measures.

Nothing is deleted: a member leaves, a meeting is corrected, a decision is withdrawn with its reason. What a meeting
decided stands in the history of the measure too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from sqlite3 import Connection

from core.errors import InvalidError, NotFoundError
from core.job import Job
from core.office import evidence as evidence_use
from core.office.changes import Changes
from core.office.evidence import EvidenceRow, evidence_rows
from core.office.overview import plan_row
from core.store import evidence, journal, plans
from core.store import meetings as rows
from core.store.database import Store
from core.store.meetings import DecisionRow, MeetingRow
from core.store.meetings import MemberRow as Member

__all__ = ["Decision", "DecisionValue", "Meeting", "MeetingValue", "Member", "meetings", "members", "save_meeting"]

_CORRECTED = "更正议定事项"
MINUTES = "会议材料"
"""The category of minutes among the evidence."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided on a measure; ``withdrawn`` says why it counts no longer, empty while it does."""

    id: int
    meeting_id: int
    measure_no: int
    text: str
    due_on: date | None = None
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with what it decided; one that is still to come has an agenda and no decisions."""

    id: int
    held_on: date
    title: str
    place: str = ""
    agenda: str = ""
    present: str = ""
    minutes: EvidenceRow | None = None
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionValue:
    """A decision as the form holds it; ``id`` None is a new one."""

    id: int | None
    measure_no: int
    text: str
    due_on: date | None = None
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class MeetingValue:
    """A meeting as the form holds it."""

    held_on: date | None
    title: str
    place: str = ""
    agenda: str = ""
    present: str = ""
    decisions: tuple[DecisionValue, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedMeeting:
    """What was written: the meeting's number, and what changed."""

    id: int
    changes: Changes


def members(store: Store, plan_key: str | None) -> tuple[Member, ...]:
    """The members of a plan's 会商机制; those its document names (without ``id``) until the first change.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        return _members(db, row.id)


def save_members(store: Store, plan_key: str | None, wanted: Sequence[Member]) -> Changes:
    """Write the members in this order; who is left out of the list stays as it is. One entry in the journal.

    Raises NotFoundError, InvalidError (unit: a member without a unit).
    """
    row = plan_row(store, plan_key)
    tidy = tuple(_tidy(member) for member in wanted)
    if any(not member.unit for member in tidy):
        raise InvalidError("请填写单位。", field="unit")
    with store.transaction() as db:
        known = {member.id: member for member in rows.members(db, row.id)}
        before, after = _member_changes(_members(db, row.id), tidy)
        if not (before or after):
            return Changes()
        for position, member in enumerate(tidy):
            kept = member if member.id in known else replace(member, id=None)
            rows.write_member(db, row.id, position, kept)
        subject = "、".join(dict.fromkeys([*before, *after]))
        journal.append(db, "修改会商成员", subject, before=before or None, after=after or None)
    return Changes()


def meetings(store: Store, plan_key: str | None) -> tuple[Meeting, ...]:
    """The meetings of a plan, the newest first.

    Raises NotFoundError for an unknown plan.
    """
    row = plan_row(store, plan_key)
    with store.reading() as db:
        found = rows.of_plan(db, row.id)
        decided = rows.decisions(db, row.id)
    return tuple(_meeting(store, one, decided) for one in found)


def meeting_of_minutes(store: Store, evidence_id: int) -> tuple[str, int] | None:
    """(key of the plan, meeting) whose minutes a file is; None for any other, also for one that proves a progress."""
    with store.reading() as db:
        if evidence.places(db, evidence_id):
            return None
        found = rows.of_minutes(db, evidence_id)
        return None if found is None else (plans.key_of(db, found[0]), found[1])


def save_meeting(store: Store, plan_key: str | None, meeting_id: int | None, value: MeetingValue) -> SavedMeeting:
    """Write a meeting with its decisions; ``meeting_id`` None is a new one. Decisions left out stay as they are.

    Each decision that is new or another one gets an entry in the history of its measure.

    Raises NotFoundError for a plan, meeting or measure, InvalidError (held_on, title, decisions).
    """
    row = plan_row(store, plan_key)
    value = _checked(value)
    assert value.held_on is not None
    with store.transaction() as db:
        old = rows.find(db, meeting_id) if meeting_id is not None else None
        if meeting_id is not None and (old is None or old.plan_id != row.id):
            raise NotFoundError("这次会议已不在台账中。")
        fields = {"title": value.title, "place": value.place, "agenda": value.agenda, "present": value.present}
        if old is None:
            number = rows.insert(db, row.id, held_on=value.held_on, **fields)
        else:
            number = old.id
            rows.rewrite(db, number, held_on=value.held_on, **fields)
        _tell_meeting(db, old, value)
        changed = _write_decisions(db, row.id, number, value)
    return SavedMeeting(number, Changes(measures=changed))


def attach_minutes(store: Store, meeting_id: int, file: Path, job: Job) -> Changes:
    """Take a file in as the minutes of a meeting; minutes that were there before stay stored.

    Raises NotFoundError, EvidenceError, LedgerFileError, Cancelled.
    """
    (stored,) = evidence_use.store_files(store, (file,), job)
    with store.transaction() as db:
        meeting = _found(db, meeting_id)
        before = evidence.find(db, meeting.minutes_id) if meeting.minutes_id is not None else None
        known = evidence.find_by_hash(db, stored.sha256)
        number = (
            known.id
            if known is not None
            else evidence.insert(db, stored, title=file.stem, category=MINUTES, received_on=evidence_use.today())
        )
        if number == meeting.minutes_id:
            return Changes()
        rows.set_minutes(db, meeting_id, number)
        journal.append(
            db,
            "加入会议纪要" if before is None else "更换会议纪要",
            _named(meeting),
            before={"会议纪要": before.title} if before else None,
            after={"会议纪要": known.title if known else file.stem},
        )
    return Changes()


def remove_minutes(store: Store, meeting_id: int) -> Changes:
    """Take the file off the meeting; it stays stored.

    Raises NotFoundError.
    """
    with store.transaction() as db:
        meeting = _found(db, meeting_id)
        before = evidence.find(db, meeting.minutes_id) if meeting.minutes_id is not None else None
        if before is None:
            return Changes()
        rows.set_minutes(db, meeting_id, None)
        journal.append(db, "移除会议纪要", _named(meeting), before={"会议纪要": before.title})
    return Changes()


# -- members -------------------------------------------------------------------------------------------------


def _members(db: Connection, plan_id: int) -> tuple[Member, ...]:
    found = rows.members(db, plan_id)
    if found:
        return found
    named = plans.load(db, plan_id).document.members
    return tuple(Member(None, member.unit, member.person, member.post) for member in named)


def _tidy(member: Member) -> Member:
    texts = (member.person, member.post, member.liaison, member.phone)
    person, post, liaison, phone = ((text or "").strip() or None for text in texts)
    return replace(member, unit=member.unit.strip(), person=person, post=post, liaison=liaison, phone=phone)


def _member_changes(have: Sequence[Member], wanted: Sequence[Member]) -> tuple[dict[str, str], dict[str, str]]:
    """What the journal says: by unit and person the words before and after of each member that is another one."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    by_id = {member.id: member for member in have if member.id is not None}
    plain = {(m.unit, m.person, m.post) for m in have if m.id is None}
    for member in wanted:
        old = by_id.get(member.id) if member.id is not None else None
        if old == member or (old is None and _is_as_printed(member, plain)):
            continue
        name = (old or member).unit
        while name in after:
            name += "（另一人）"
        if old is not None:
            before[name] = _member_words(old)
        after[name] = _member_words(member)
    return before, after


def _is_as_printed(member: Member, plain: set[tuple[str, str | None, str | None]]) -> bool:
    """One that the document names, with nothing added."""
    is_plain = not (member.liaison or member.phone or member.left_on)
    return is_plain and (member.unit, member.person, member.post) in plain


def _member_words(member: Member) -> str:
    parts = [member.unit, member.person, member.post]
    parts += [f"联络员 {member.liaison}" if member.liaison else None, f"电话 {member.phone}" if member.phone else None]
    parts += [f"{member.left_on.isoformat()} 起不再是成员" if member.left_on else None]
    return "，".join(part for part in parts if part)


# -- meetings ------------------------------------------------------------------------------------------------


def _checked(value: MeetingValue) -> MeetingValue:
    title = value.title.strip()
    if not title:
        raise InvalidError("请填写会议名称。", field="title")
    if value.held_on is None:
        raise InvalidError("请填写会议日期。", field="held_on")
    decided = tuple(replace(one, text=one.text.strip(), withdrawn=one.withdrawn.strip()) for one in value.decisions)
    if any(not one.text for one in decided):
        raise InvalidError("请写明议定的内容。", field="decisions")
    return MeetingValue(value.held_on, title, value.place.strip(), value.agenda.strip(), value.present.strip(), decided)


def _found(db: Connection, meeting_id: int) -> MeetingRow:
    found = rows.find(db, meeting_id)
    if found is None:
        raise NotFoundError("这次会议已不在台账中。")
    return found


def _named(meeting: MeetingRow) -> str:
    return f"{meeting.title}，{meeting.held_on.isoformat()}"


def _tell_meeting(db: Connection, old: MeetingRow | None, value: MeetingValue) -> None:
    assert value.held_on is not None
    after = _meeting_words(value.title, value.held_on, value.place, value.agenda, value.present)
    if old is None:
        filled = {key: text for key, text in after.items() if text}
        journal.append(db, "登记会议", f"{value.title}，{value.held_on.isoformat()}", after=filled)
        return
    before = _meeting_words(old.title, old.held_on, old.place, old.agenda, old.present)
    changed = [key for key in after if after[key] != before[key]]
    if changed:
        journal.append(
            db,
            "更正会议",
            _named(old),
            before={key: before[key] for key in changed},
            after={key: after[key] for key in changed},
        )


def _meeting_words(title: str, held_on: date, place: str, agenda: str, present: str) -> dict[str, str]:
    return {"会议名称": title, "日期": held_on.isoformat(), "地点": place, "议题": agenda, "参加人员": present}


def _write_decisions(db: Connection, plan_id: int, meeting_id: int, value: MeetingValue) -> frozenset[int]:
    """Write what is new or another one; gives the numbers of the measures concerned."""
    ids = plans.measure_ids(db, plan_id)
    have = {one.id: one for one in rows.decisions(db, plan_id) if one.meeting_id == meeting_id}
    changed: set[int] = set()
    for position, one in enumerate(value.decisions):
        old = have.get(one.id) if one.id is not None else None
        if one.id is not None and old is None:
            raise NotFoundError("这条议定事项已不在台账中。")
        # a measure that has left the plan keeps what was decided on it
        is_same_measure = old is not None and one.measure_no == old.measure_no
        measure_id = old.measure_id if old is not None and is_same_measure else ids.get(one.measure_no)
        if measure_id is None:
            raise NotFoundError(f"方案里没有第 {one.measure_no} 项措施。")
        rows.write_decision(
            db,
            meeting_id,
            one.id,
            position=position,
            measure_id=measure_id,
            text=one.text,
            due_on=one.due_on,
            withdrawn=one.withdrawn,
        )
        if old is None or _content(old) != _content(one):
            _tell_decision(db, old, one, measure_id, value)
            changed |= {one.measure_no} | ({old.measure_no} if old is not None else set())
    return frozenset(changed)


def _content(one: DecisionRow | DecisionValue) -> tuple[int, str, date | None, str]:
    return one.measure_no, one.text, one.due_on, one.withdrawn


def _tell_decision(
    db: Connection, old: DecisionRow | None, one: DecisionValue, measure_id: int, value: MeetingValue
) -> None:
    """In the history of the measure; where it moves to another measure, in that of both."""
    meeting = f"{value.title}，{value.held_on}"
    subject = f"第{one.measure_no}项 {meeting}"
    after = _decision_words(one)
    if old is None:
        journal.append(db, "会议议定", subject, measure_id=measure_id, after=after)
        return
    before = _decision_words(old)
    if one.withdrawn and not old.withdrawn:
        journal.append(
            db, "撤回议定事项", subject, measure_id=measure_id, before=before, after=None, reason=one.withdrawn
        )
        return
    if old.measure_id != measure_id:
        was, now = {"措施": f"第{old.measure_no}项"}, {"措施": f"第{one.measure_no}项"}
        from_there = f"第{old.measure_no}项 {meeting}"
        journal.append(db, _CORRECTED, from_there, measure_id=old.measure_id, before=was | before, after=now)
        before, after = was, now | after
    journal.append(db, _CORRECTED, subject, measure_id=measure_id, before=before, after=after)


def _decision_words(one: DecisionRow | DecisionValue) -> dict[str, str]:
    words = {"议定事项": one.text}
    if one.due_on is not None:
        words["办理期限"] = one.due_on.isoformat()
    if one.withdrawn:
        words["撤回"] = one.withdrawn
    return words


def _meeting(store: Store, row: MeetingRow, decided: Sequence[DecisionRow]) -> Meeting:
    found = evidence_rows(store, (row.minutes_id,)) if row.minutes_id is not None else ()
    return Meeting(
        id=row.id,
        held_on=row.held_on,
        title=row.title,
        place=row.place,
        agenda=row.agenda,
        present=row.present,
        minutes=found[0] if found else None,
        decisions=tuple(
            Decision(one.id, one.meeting_id, one.measure_no, one.text, one.due_on, one.withdrawn)
            for one in decided
            if one.meeting_id == row.id
        ),
    )
