"""The doors by which a foreign file comes in: each takes a ledger and a file, and gives back in words what it read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from core.job import Job
from core.store.database import Store

Door = Callable[[Store, Path], str]
DOORS: dict[str, Door] = {}


def door(run: Door) -> Door:
    DOORS[run.__name__] = run
    return run


@door
def read(store: Store, path: Path) -> str:
    from core.office import reading

    return repr(reading.read_document(path, Job(), store=store).plan)


@door
def take_in(store: Store, path: Path) -> str:
    from core.office import reading

    return repr(reading.import_document(store, path, Job()).plan)


@door
def collect(store: Store, path: Path) -> str:
    from core.office import collect, collect_write

    looked = collect.look(store, None, [path], Job())
    try:
        collect_write.accept(store, looked, Job())
        return repr(looked)
    finally:
        if looked.spool is not None:
            looked.spool.close()


@door
def paste(store: Store, path: Path) -> str:
    from core.recognise.draft import recognise
    from core.recognise.sources import read_pasted

    if path.suffix not in {".txt", ".csv", ".html"}:
        return ""
    text = path.read_bytes().decode("utf-8", "replace")
    return repr(recognise(read_pasted(text, text if path.suffix == ".html" else None), job=Job()).plan)


@door
def units(store: Store, path: Path) -> str:
    from core.office import register_sheet

    return repr(register_sheet.read_register(store, path, Job()))


@door
def template(store: Store, path: Path) -> str:
    from core.office import submit

    made = submit.submit(store, None, "2024Q4", path, path.parent / "上报", Job())
    return repr(made.findings)


@door
def evidence(store: Store, path: Path) -> str:
    """Taken in, its pages counted, its mark looked for."""
    from core.exchange.secrecy import mark_on_page
    from core.office import attach, progress

    key = progress.find_obligation(store, None, 4, "财政局").id
    added = attach.add_evidence(store, key, "2024Q4", [path], Job())
    return repr((added.rows, mark_on_page(added.rows[0].path)))


@door
def preview(store: Store, path: Path) -> str:
    """Its thumbnail and its first page, as the window draws them."""
    from gui.pages.progress.thumbnails import can_preview, draw_thumbnail
    from gui.pages.report import page_source

    if not can_preview(path.name):
        return ""
    small = draw_thumbnail(path, path.name, 68)
    pages = page_source.open_file(path)
    shown = pages.draw(0, page_source.bounded(pages.sizes()[0], 1.5)) if pages.sizes() else None
    return repr((small and small.size(), shown and shown.size()))


@door
def restore(store: Store, path: Path) -> str:
    from core.office import safekeeping

    return repr(safekeeping.restore(path, path.parent / "恢复.db", Job()))


@door
def new(store: Store, path: Path) -> str:
    from core.office import files

    with closing(files.create_ledger(path.parent / "新.db", str(path))) as made:
        return str(made.path)


@door
def open_it(store: Store, path: Path) -> str:
    from core.office import files

    with closing(files.open_ledger(path)) as opened:
        return str(opened.path)
