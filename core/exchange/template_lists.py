"""Lists that Excel keeps in an extension of the format (those whose words stand on another sheet).

openpyxl drops extensions; as plain lists, which every version since 2010 reads, they stay.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from core.recognise.sources import limits

if TYPE_CHECKING:
    from lxml.etree import _Element
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

_TRUE = ("1", "true")


def restore_lists(book: Workbook, data: bytes, name: str) -> None:
    """Give the sheets of a workbook the rules of its extensions as plain ones.

    Raises UnreadableError for a part that is not sound.
    """
    package = limits.open_package(data, name)
    names = {each.casefold(): each for each in package.namelist()}
    workbook, relations = names.get("xl/workbook.xml"), names.get("xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        return
    targets = {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/")
        for each in limits.tree(limits.member(package, relations, name), name)
    }
    for sheet in limits.tree(limits.member(package, workbook, name), name).iter("{*}sheet"):
        title = sheet.get("name", "")
        key = next((str(value) for at, value in sheet.attrib.items() if str(at).endswith("}id")), "")
        part = names.get(targets.get(key, "").casefold())
        if part is None or title not in book.sheetnames:
            continue
        content = limits.member(package, part, name)
        at = content.find(b"<extLst")
        if at < 0 or b"dataValidations" not in content[at:]:
            continue
        for rule in limits.tree(content, name).iter(_EXTENDED):
            plain = _plain(rule)
            if plain is not None:
                book[title].add_data_validation(plain)


_EXTENDED = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}dataValidation"


def _plain(rule: _Element) -> DataValidation | None:
    from openpyxl.worksheet.datavalidation import DataValidation

    first, second = (_formula(rule, at) for at in ("formula1", "formula2"))
    area = next((each.text for each in rule.iter("{*}sqref") if each.text), None)
    kind = rule.get("type", "none")
    if area is None or (first is None and kind == "list"):
        return None
    try:
        return DataValidation(
            type=None if kind == "none" else kind,  # type: ignore[arg-type]
            operator=rule.get("operator"),  # type: ignore[arg-type]
            formula1=first,
            formula2=second,
            allow_blank=rule.get("allowBlank") in _TRUE,
            showErrorMessage=rule.get("showErrorMessage") in _TRUE,
            showInputMessage=rule.get("showInputMessage") in _TRUE,
            error=rule.get("error"),
            errorTitle=rule.get("errorTitle"),
            prompt=rule.get("prompt"),
            promptTitle=rule.get("promptTitle"),
            errorStyle=rule.get("errorStyle"),  # type: ignore[arg-type]
            sqref=area,
        )
    except (TypeError, ValueError):
        return None


def _formula(rule: _Element, at: str) -> str | None:
    found = next(iter(rule.iter(f"{{*}}{at}")), None)
    if found is None:
        return None
    return "".join(str(text) for text in found.itertext()).strip() or None
