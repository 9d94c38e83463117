"""Small helpers over WordprocessingML, for both of its namespaces (transitional and strict)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)


def local(element: _Element) -> str:
    """Name without its namespace; empty for what is no element."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str | None:
    """A ``w:`` attribute."""
    for namespace in NAMESPACES:
        value = element.get(namespace + name)
        if value is not None:
            return str(value)
    return None


def child(element: _Element | None, *path: str) -> _Element | None:
    """The first child of that name, of its child of the next name, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def children(element: _Element | None, name: str) -> Iterator[_Element]:
    """All children of that name."""
    if element is not None:
        yield from (each for each in element if local(each) == name)


def value(element: _Element | None, *path: str) -> str | None:
    """``w:val`` of a descendant; None where either is missing."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


def number(text: str | None, default: int, *, least: int = 0, most: int = 100_000) -> int:
    """A whole number within bounds; ``default`` where there is none, for files that hold anything."""
    try:
        return min(max(int(text or ""), least), most)
    except ValueError:
        return default


def is_on(element: _Element | None, *path: str) -> bool:
    """Whether a toggle is there and not switched off."""
    found = child(element, *path)
    return found is not None and (attribute(found, "val") or "1") not in {"0", "false", "off"}
