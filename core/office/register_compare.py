"""The rows of a register sheet beside the register: each is new, changed, the same or a problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from core.model.unit_text import clean, each_once, listed, split_names
from core.model.units import Exemption, Register, Unit, UnitKind
from core.office.register_row import (
    FieldChange,
    RegisterRow,
    RowError,
    RowProblem,
    differences,
    kept_text,
    mail_of,
    phone_of,
    without_gone,
)
from core.office.unit_groups import holds
from core.recognise.register_rows import Field, RegisterTable, SheetRow
from core.recognise.register_values import (
    exceptions_of,
    exceptions_text,
    kind_of,
    likely_kind,
    names_of,
    no_name,
    yes_no,
)


def compare(
    register: Register, tables: Iterable[RegisterTable]
) -> tuple[tuple[RegisterRow, ...], tuple[RowProblem, ...]]:
    """Put rows beside the register, those of units before those of collectives, each beside those before it."""
    tables = tuple(tables)
    groups = [row for table in tables if table.is_groups for row in table.rows]
    known = _Known(register, groups)
    rows: list[RegisterRow] = []
    problems = _take((row for table in tables if not table.is_groups for row in table.rows), known.take_unit, rows)
    waiting, failed = groups, []
    while True:  # a collective may hold one that stands below it
        taken = len(rows)
        failed = _take(waiting, known.take_group, rows)
        places = {(problem.sheet, problem.row) for problem in failed}
        waiting = [row for row in waiting if (row.sheet, row.row) in places]
        if not waiting or len(rows) == taken:
            break
    return tuple(rows), (*problems, *failed)


def _take(
    rows: Iterable[SheetRow], take: Callable[[SheetRow], RegisterRow], taken: list[RegisterRow]
) -> list[RowProblem]:
    """Understand rows one after the other; gives those that cannot be taken in."""
    problems = []
    for row in rows:
        try:
            taken.append(take(row))
        except RowError as error:
            found = row.text(error.field) if error.found is None else error.found
            problems.append(RowProblem(row.sheet, row.row, row.column(error.field), found, error.what))
    return problems


_OF_GROUP = (Field.MEMBERS, Field.EXCEPTIONS, Field.INCOMPLETE)
"""What a row says of a collective."""


class _Known:
    """The register with the rows of the sheet that were read so far."""

    def __init__(self, register: Register, groups: Sequence[SheetRow]) -> None:
        rows = [(name, row) for row in groups for name in split_names(row.text(Field.GROUP, ""))[:1]]
        self.declared = {name: row.text(Field.MEMBERS) for name, row in rows}
        """Collectives that the sheet lists itself, with the text of their members."""
        said = {(name, *(row.text(field) for field in _OF_GROUP)) for name, row in rows}
        self.contradicted = {name for name, times in Counter(name for name, *_ in said).items() if times > 1}
        """Those that it lists twice, not the same both times: neither is taken, or units would go unseen."""
        self.members: dict[str, frozenset[str]] = {}
        """The same, parted, once it is asked for."""
        self.units = {unit.name: unit for unit in register.units}
        self.called: dict[str, str] = {}
        """By everything a unit is called, its name."""
        self.seen: dict[str, SheetRow] = {}
        for unit in register.units:
            for name in unit.names:
                found = register.find(name)
                if found is not None:
                    self.called[name] = found.name

    def find(self, name: str) -> Unit | None:
        """The unit that is called so."""
        return self.units.get(self.called.get(name, ""))

    # A row of a unit ------------------------------------------------------------------------------------------

    def take_unit(self, row: SheetRow) -> RegisterRow:
        """Understand a row of a unit and remember it.

        Raises RowError.
        """
        old, name = self._unit_of(row)
        aliases = self._aliases(row, old, name, row.text(Field.NAME, ""))
        full_name = kept_text(row, Field.FULL_NAME, old.full_name if old else None) or clean(row.text(Field.FULL_NAME))
        self._check_free(Field.FULL_NAME, full_name, old)
        kind = self._kind(row, old, name)
        base = old or Unit(name, kind)
        phone, mail = phone_of(row, base.phone), mail_of(row, base.mail)
        if not base.full_name and full_name == base.name:
            full_name = ""
        got = replace(
            base,
            kind=kind,
            aliases=each_once(a for a in (*base.aliases, *aliases) if a not in (base.name, full_name)),
            full_name=full_name or base.full_name,
            contact=kept_text(row, Field.CONTACT, base.contact) or clean(row.text(Field.CONTACT)) or None,
            phone=phone,
            mail=mail,
        )
        groups = self._groups(row, got)
        return self._taken(row, old, got, groups)

    def _unit_of(self, row: SheetRow) -> tuple[Unit | None, str]:
        """The unit that a row is about (None: a new one) and the name that stands there."""
        if row.heading:
            raise RowError(Field.NAME, "整行是小标题，不是单位。", row.heading)
        name = self._name(row, Field.NAME)
        written = next((found.text for found in row.found[Field.NAME] if found.text), "")
        if not name:
            raise RowError(Field.NAME, "没有单位名称。")
        old = self.find(written) or self.find(name)
        if old is None and (why := no_name(name)):
            raise RowError(Field.NAME, why)
        if old is None:
            others = (self.find(clean(row.text(Field.FULL_NAME))), *map(self.find, self._list(row, Field.ALIASES)))
            old = next((unit for unit in others if unit is not None), None)
        if old is not None and old.left_on is not None:
            raise RowError(Field.NAME, f"“{old.name}”已撤出，要先恢复。")
        if old is not None and old.is_group:
            raise RowError(Field.NAME, f"“{old.name}”是单位集合，请写在“单位集合”表中。")
        return old, name

    def _aliases(self, row: SheetRow, old: Unit | None, name: str, written: str) -> tuple[str, ...]:
        """The aliases that stand there, and the name itself where the unit is not called so yet."""
        if old is not None and row.text(Field.ALIASES) == listed(old.aliases):
            aliases = old.aliases
        else:
            aliases = self._list(row, Field.ALIASES)
        for alias in aliases:
            self._check_free(Field.ALIASES, alias, old)
        is_called = old is not None and (name in old.names or written in old.names)
        return aliases if is_called or old is None else (*aliases, name)

    def _check_free(self, field: Field, name: str, own: Unit | None) -> None:
        holder = self.find(name)
        if name and holder is not None and (own is None or holder.name != own.name):
            raise RowError(field, f"“{name}”已是“{holder.name}”的名称或别名；如果是同一个单位，请先合并。", name)

    def _kind(self, row: SheetRow, old: Unit | None, name: str) -> UnitKind:
        word = row.text(Field.KIND)
        if not word:
            return old.kind if old is not None else likely_kind(name)
        kind = kind_of(word)
        if kind is None:
            raise RowError(
                Field.KIND, f"不认识的类别，可写：{'、'.join(k for k in UnitKind if k is not UnitKind.GROUP)}。"
            )
        if kind is UnitKind.GROUP:
            raise RowError(Field.KIND, "集合请写在“单位集合”表中。")
        return kind

    def _groups(self, row: SheetRow, unit: Unit) -> tuple[str, ...]:
        """The collectives that the unit joins by this row."""
        joined = []
        for name in self._list(row, Field.GROUPS):
            if name in self.declared:
                self._check_declared(row, unit, name)
                continue
            group = self.find(name)
            if group is None or not group.is_group:
                raise RowError(Field.GROUPS, f"没有单位集合“{name}”，请先在“单位”页新增。", name)
            if unit.name not in group.members:
                joined.append(group.name)
        return tuple(joined)

    def _check_declared(self, row: SheetRow, unit: Unit, group: str) -> None:
        """What a sheet says of a collective in two places must be the same; the list of the collective holds."""
        if group in self.contradicted:
            return
        if group not in self.members:
            self.members[group] = frozenset(names_of(self.declared[group], self._is_known))
        listed_there = self.members[group]
        if listed_there and listed_there.isdisjoint((*unit.names, self._name(row, Field.NAME))):
            raise RowError(Field.GROUPS, f"“单位集合”表的“{group}”中没有这个单位。", group)

    # A row of a collective --------------------------------------------------------------------------------------

    def take_group(self, row: SheetRow) -> RegisterRow:
        """Understand a row of a collective and remember it.

        Raises RowError.
        """
        written = row.text(Field.GROUP, "")
        name = self._name(row, Field.GROUP)
        if row.heading or not name:
            raise RowError(Field.GROUP, "没有集合名称。", row.heading)
        if name in self.contradicted:
            raise RowError(Field.GROUP, "这个集合写了两次，内容不同，请只留一行。", name)
        old = self.find(written) or self.find(name)
        if old is not None and (not old.is_group or old.left_on is not None):
            raise RowError(Field.GROUP, f"“{old.name}”{'已撤出，要先恢复' if old.left_on else '是单位，不是集合'}。")
        if old is None and (why := no_name(name)):
            raise RowError(Field.GROUP, why)
        base = old or Unit(name, UnitKind.GROUP, is_group=True, incomplete=True)
        aliases = self._aliases(row, old, name, written)
        members = self._members(row, base)
        incomplete = yes_no(row.text(Field.INCOMPLETE)) if row.text(Field.INCOMPLETE) else base.incomplete
        if incomplete is None:
            raise RowError(Field.INCOMPLETE, "请写“是”或“否”。")
        exceptions = self._exceptions(row, base)
        if not incomplete and not set(members) - {item.unit for item in exceptions}:
            raise RowError(Field.MEMBERS, "没有成员，不能标为完整。")
        got = replace(
            base,
            aliases=each_once(alias for alias in (*base.aliases, *aliases) if alias != base.name),
            members=members,
            exceptions=exceptions,
            incomplete=incomplete,
        )
        return self._taken(row, old, got, ())

    def _members(self, row: SheetRow, group: Unit) -> tuple[str, ...]:
        shown = self._without_gone(group).members
        text = row.text(Field.MEMBERS)
        if not text or text == listed(shown):
            return group.members
        members = []
        for name in self._list(row, Field.MEMBERS):
            unit = self.find(name)
            if unit is None:
                raise RowError(Field.MEMBERS, f"“{name}”不在单位名册中，请写进“单位名册”表。", name)
            if unit.name == group.name or (
                unit.is_group and holds(Register(self.units.values()), unit.name, group.name)
            ):
                raise RowError(Field.MEMBERS, f"“{name}”和“{group.name}”不能互为成员。", name)
            members.append(unit.name)
        return each_once((*members, *(name for name in group.members if name not in shown)))

    def _without_gone(self, group: Unit) -> Unit:
        return without_gone(Register(self.units.values()), group)

    def _exceptions(self, row: SheetRow, group: Unit) -> tuple[Exemption, ...]:
        shown = self._without_gone(group).exceptions
        text = row.text(Field.EXCEPTIONS, "\n")
        if not text or text == exceptions_text(shown):
            return group.exceptions
        found, unclear = exceptions_of(text)
        if unclear:
            raise RowError(Field.EXCEPTIONS, "例外要写明理由，例如：司法局（理由）。", unclear[0])
        called: dict[str, Exemption] = {}
        for item in found:
            unit = self.find(item.unit)
            if unit is None or unit.name == group.name:
                raise RowError(Field.EXCEPTIONS, f"“{item.unit}”不在单位名册中。", item.unit)
            called[unit.name] = Exemption(unit.name, item.reason)
        return (*called.values(), *(item for item in group.exceptions if item not in shown))

    # Both -------------------------------------------------------------------------------------------------------

    def _list(self, row: SheetRow, field: Field) -> tuple[str, ...]:
        names = (names_of(found.text, self._is_known) for found in row.found.get(field, ()))
        return each_once(name for several in names for name in several)

    def _name(self, row: SheetRow, field: Field) -> str:
        """The one name that stands there; a line break in it is only a break."""
        texts = {clean(found.text) for found in row.found.get(field, ()) if found.text}
        if len(texts) > 1:
            raise RowError(field, "有两列都是名称，内容不同，请只留一列，另一列改为“简称和别名”。")
        whole = next(iter(texts), "")
        names = names_of(whole, self._is_known)
        if len(names) > 1:
            raise RowError(field, no_name(whole) or "一格里有几个名称，请分成几行。")
        return names[0] if names else ""

    def _is_known(self, name: str) -> bool:
        return name in self.called or name in self.declared

    def _taken(self, row: SheetRow, old: Unit | None, got: Unit, groups: tuple[str, ...]) -> RegisterRow:
        fields = tuple(differences(old, got))
        if groups:
            fields = (*fields, FieldChange(Field.GROUPS.value, "", "、".join(groups)))
        before = self.seen.get(got.name)
        self.seen.setdefault(got.name, row)
        if before is not None and fields:
            where = f"第{before.row}行" if before.sheet == row.sheet else f"工作表“{before.sheet}”第{before.row}行"
            field = next((field for field in Field if field.value == fields[0].field), Field.NAME)
            raise RowError(field, f"与{where}是同一个单位，{fields[0].field}不同。", fields[0].got)
        if old is not None and not fields:
            return RegisterRow(row.sheet, row.row, old, "same")
        if old is not None and not got.is_group:
            got = replace(got, to_verify=False)
        self._remember(got, groups)
        return RegisterRow(row.sheet, row.row, got, "new" if old is None else "changed", fields, groups)

    def _remember(self, unit: Unit, groups: tuple[str, ...]) -> None:
        self.units[unit.name] = unit
        for name in unit.names:
            self.called.setdefault(name, unit.name)
        for group in groups:
            self.units[group] = replace(self.units[group], members=(*self.units[group].members, unit.name))
