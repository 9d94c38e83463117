"""Kept files of issued documents: shown as pages where they are Word, copied out where no program here can show them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.errors import OutputError
from core.job import Job
from core.model.issued import Issued, IssuedFile
from core.office.asked import Asked, file_name
from core.office.documents import refuse_ledger
from core.office.issued import kept_path
from core.publish.output import put
from core.store.database import Store


def printable(row: Issued) -> IssuedFile | None:
    """The file of a document that goes onto paper: its PDF, else its Word file, None where it has neither."""
    by_kind = {file.name.rpartition(".")[2].lower(): file for file in reversed(row.files)}
    return by_kind.get("pdf") or by_kind.get("docx")


def is_word(file: IssuedFile) -> bool:
    """Whether it must become a PDF first."""
    return file.name.lower().endswith(".docx")


def pdfs_of(store: Store, rows: Sequence[Issued], job: Job) -> list[bytes]:
    """The pages of documents in their order; what was kept as Word only becomes PDF in one start of LibreOffice.

    Raises OutputError (no LibreOffice; a file that is gone), NotFoundError, Cancelled.
    """
    from core.office import own_templates

    found = [(row, file) for row in rows for file in [printable(row)] if file is not None]
    data = [_read(store, row, file) for row, file in found]
    words = [place for place, (_, file) in enumerate(found) if is_word(file)]
    if words:
        shown = own_templates.as_pdfs([data[place] for place in words], found[words[0]][1].name, job)
        for place, pdf in zip(words, shown, strict=True):
            data[place] = pdf
    return data


def gone(file: IssuedFile, path: Path) -> OutputError:
    """A kept file that is not where it was kept."""
    return OutputError(
        f"留存的“{file.name}”不在佐证文件夹里。",
        hint="请从备份恢复，或把“佐证材料”文件夹放回台账旁边。",
        where=str(path),
    )


def _read(store: Store, row: Issued, file: IssuedFile) -> bytes:
    path = kept_path(store, row.id, row.files.index(file))
    try:
        return path.read_bytes()
    except OSError as error:
        raise gone(file, path) from error


def copy_words(store: Store, rows: Sequence[Issued], folder: Path, job: Job) -> list[Path]:
    """The kept Word files in a folder, in order and under their 文号. Gives where each is.

    Raises OutputError where one cannot be written, NotFoundError, Cancelled.
    """
    found = [(row, file) for row in rows for file in row.files if is_word(file)]
    copied = []
    for place, (row, file) in enumerate(found):
        job.step(place, len(found), f"正在复制 {file.name}")
        target = folder / file_name(f"{place + 1:02d} {row.number} {file.name}".replace("  ", " "))
        refuse_ledger(target)
        put(_read(store, row, file), target)
        copied.append(target)
    return copied


def asked_again(rows: Sequence[Issued]) -> Asked:
    """What letters that were issued in one press are asked for as one document, by their own template."""
    first = rows[0]
    return Asked(
        first.plan_key,
        first.as_of,
        first.period_key,
        numbers=tuple((row.unit or "", row.number) for row in rows if row.number),
        dated=first.issued_on,
        units=tuple(row.unit or "" for row in rows),
        own_template=True,
    )
