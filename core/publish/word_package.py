"""A Word file opened to be changed in some parts and saved with all others as they are."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from core.errors import InvalidError
from core.recognise.sources.errors import UnreadableError
from core.recognise.sources.limits import member, open_package, tree

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES, _ROOT_RELATIONS = "[Content_Types].xml", "_rels/.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_DEFAULT = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
R = f"{{{_OFFICE}}}"
_MOST = 64 << 20
"""Bytes of a template whole: beyond it is a book, not a form."""


class WordPackage:
    """The parts of a .docx by name. ``main`` is the path of its text, ``root`` that text as a tree."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read everything.

        Raises InvalidError for what is no .docx or holds macros, is damaged, locked or too large.
        """
        try:
            self._read(data, name)
        except UnreadableError as error:
            raise InvalidError(error.message, hint=error.hint, where=error.where, field="file") from error

    def _read(self, data: bytes, name: str) -> None:
        package = open_package(data, name)
        if sum(entry.file_size for entry in package.infolist()) > _MOST:
            raise InvalidError(f"“{name}”太大，不像是模板。", hint="请压缩其中的图片后再选。", field="file")
        self.name = name
        self.files = {
            entry.filename: member(package, entry.filename, name) for entry in package.infolist() if not entry.is_dir()
        }
        if _TYPES not in self.files or _ROOT_RELATIONS not in self.files:
            raise _no_word(name)
        self.types = tree(self.files[_TYPES], name)
        self.main = self._main()
        self.root = self.tree(self.main)
        self.relations_path = self._relations_of(self.main)
        self.relations = tree(self.files[self.relations_path], name) if self.relations_path in self.files else None
        if self.relations is None:
            raise _no_word(name)

    def _main(self) -> str:
        for one in tree(self.files[_ROOT_RELATIONS], self.name).iter(_RELATION):
            target = one.get("Target", "").lstrip("/")
            if one.get("Type", "").endswith("/officeDocument") and target in self.files:
                kind = next((t.get("ContentType", "") for t in self.types if t.get("PartName") == f"/{target}"), "")
                if kind != f"{_WORD}.document.main+xml":
                    raise _no_word(self.name)
                return target
        raise _no_word(self.name)

    @staticmethod
    def _relations_of(part: str) -> str:
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def tree(self, part: str) -> _Element:
        """A part as a tree."""
        return tree(self.files[part], self.name)

    def part_of(self, relation: str) -> str:
        """The path of the part that a relation of the text names; empty where there is none."""
        assert self.relations is not None
        for one in self.relations.iter(_RELATION):
            if one.get("Id") == relation and one.get("TargetMode") != "External":
                target = one.get("Target", "")
                place = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
                return posixpath.normpath(place) if posixpath.normpath(place) in self.files else ""
        return ""

    @property
    def _folder(self) -> str:
        return posixpath.dirname(self.main)

    def edges(self) -> dict[str, str]:
        """Headers and footers: the path of each by its relation."""
        assert self.relations is not None
        kinds = (f"{_OFFICE}/header", f"{_OFFICE}/footer")
        found = {
            one.get("Id", ""): self.part_of(one.get("Id", ""))
            for one in self.relations.iter(_RELATION)
            if one.get("Type") in kinds
        }
        return {key: path for key, path in found.items() if path}

    def add_edge(self, kind: str, stem: str, data: bytes, *, like: str | None = None) -> str:
        """A header or footer (``kind``) more; ``like``: the part whose pictures it shows. Gives its relation."""
        assert self.relations is not None
        path = posixpath.join(self._folder, f"{stem}.xml")
        self.files[path] = data
        if like is not None and self._relations_of(like) in self.files:
            self.files[self._relations_of(path)] = self.files[self._relations_of(like)]
        override = self.types.makeelement(_OVERRIDE)
        override.set("PartName", f"/{path}")
        override.set("ContentType", f"{_WORD}.{kind}+xml")
        self.types.append(override)
        return self._relate(f"rId_{stem}", kind, f"{stem}.xml")

    def add_picture(self, name: str, data: bytes) -> str:
        """A picture (PNG) more. Gives its relation."""
        assert self.relations is not None
        path = posixpath.join(self._folder, "media", f"taizhang-{name}")
        self.files[path] = data
        default = self.types.makeelement(_DEFAULT)
        default.set("Extension", "png")
        default.set("ContentType", "image/png")
        if not any(one.get("Extension", "").lower() == "png" for one in self.types.iter(_DEFAULT)):
            self.types.insert(0, default)
        return self._relate(f"rId_{name.partition('.')[0]}", "image", f"media/taizhang-{name}")

    def _relate(self, key: str, kind: str, target: str) -> str:
        assert self.relations is not None
        relation = self.relations.makeelement(_RELATION)
        relation.set("Id", key)
        relation.set("Type", f"{_OFFICE}/{kind}")
        relation.set("Target", target)
        self.relations.append(relation)
        return key

    def saved(self) -> bytes:
        """The file anew; parts that were not touched are byte for byte as they were."""
        assert self.relations is not None
        changed = {_TYPES: self.types, self.relations_path: self.relations, self.main: self.root}
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in self.files.items():
                entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, serialized(changed[path]) if path in changed else data)
        return buffer.getvalue()


def serialized(root: _Element) -> bytes:
    """A part as bytes."""
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _no_word(name: str) -> InvalidError:
    return InvalidError(
        f"“{name}”不是 Word 文档（.docx），或含有宏。",
        hint="请在 WPS 或 Word 中另存为“Word 文档（*.docx）”后再选。",
        field="file",
    )
