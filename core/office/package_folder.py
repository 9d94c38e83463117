"""Files of a package put into a folder: each whole or not at all, nothing of others lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path, PurePath

from core.errors import OutputError
from core.exchange.manifest import MANIFEST_NAME, inside
from core.exchange.package import PackageFile, write_zip
from core.job import Job
from core.publish.output import put
from core.store.faults import unlink_unfinished

ASIDE_FOLDER = "原有文件"


def put_zip(files: Sequence[PackageFile], folder: Path, name: str, aside: list[Path], job: Job) -> Path:
    target = folder / f"{name}.zip"
    if target.is_file():
        aside += _set_aside(target)
    part = folder / f".taizhang-{name}.part"
    try:
        with part.open("wb") as opened:
            write_zip(files, opened, job, name)
        part.replace(target)
    except OSError as error:
        raise OutputError(
            f"“{target.name}”没有保存（{error.strerror or error}）。", hint="请换一个位置再生成。", where=str(target)
        ) from error
    finally:
        unlink_unfinished(part)
    return target


def replace_file(one: PackageFile, folder: Path, ours: set[str], aside: list[Path], job: Job) -> Path:
    """Write one file whole; what lies there and is none of ours goes aside."""
    target = folder.joinpath(*one.path.split("/"))
    try:
        if target.is_file() and _digest(target) not in {*ours, one.sha256}:
            aside += _set_aside(target)
    except OSError as error:
        raise busy(target) from error
    return put_file(one, folder, job)


def put_file(one: PackageFile, folder: Path, job: Job) -> Path:
    """Write one file of a package into its place in a folder, whole or not at all.

    Raises OutputError, Cancelled.
    """
    try:
        target = folder.joinpath(*inside(one.path).split("/"))
    except (TypeError, ValueError) as error:
        raise OutputError(
            "材料中有文件名指到文件夹之外，没有写入。", hint="请核对台账的来历。", where=one.path
        ) from error
    folder_at(target.parent)
    job.step(0, 0, f"正在写入 {one.path}")
    if one.data is not None:
        put(one.data, target)
        return target
    part = target.with_name(f".taizhang-{one.sha256[:16]}.part")
    try:
        with part.open("wb") as opened:
            for piece in one.pieces():
                job.step(0, 0, f"正在写入 {one.path}")
                opened.write(piece)
        part.replace(target)
    except OSError as error:
        raise OutputError(
            f"“{target.name}”没有保存（{error.strerror or error}）。", hint="请换一个位置再生成。", where=str(target)
        ) from error
    finally:
        unlink_unfinished(part)
    return target


def free_folder(folder: Path, name: str) -> Path:
    """A folder of that name that nothing lies under yet.

    Raises OutputError.
    """
    name = PurePath(name).name or "材料"
    number, target = 1, folder / name
    while target.exists():
        number += 1
        target = folder / f"{name}({number})"
    return folder_at(target)


def forget_last(folder: Path, keep: Path) -> None:
    """Take away what a package of ours left here before, as far as nobody has changed it: it is kept as sent.

    ``keep``: the template of now, should it lie among them. Raises OutputError.
    """
    try:
        text = (folder / MANIFEST_NAME).read_text(encoding="utf-8")
        listed = [(str(one["path"]), str(one["sha256"])) for one in json.loads(text)["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for path, digest in listed:
        file = folder.joinpath(*path.split("/"))
        try:
            if ".." in path.split("/") or not file.is_file() or file.samefile(keep):
                continue
            if _digest(file) == digest:
                file.unlink()
        except OSError as error:
            raise busy(file) from error


def _set_aside(target: Path) -> list[Path]:
    place = target.parent / ASIDE_FOLDER
    place.mkdir(exist_ok=True)
    free, number = place / target.name, 1
    while free.exists():
        number += 1
        free = place / f"{target.stem}({number}){target.suffix}"
    target.replace(free)
    return [free]


def busy(target: Path) -> OutputError:
    """What is said of a file that another program holds."""
    return OutputError(f"“{target.name}”正被其他程序打开，没有替换。", hint="请关闭它，再生成一次。", where=str(target))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_at(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"建不了文件夹“{path.name}”。", hint="请换一个位置，或检查权限。", where=str(path)) from error
    return path


def clean(text: str) -> str:
    """As the name of a file on any system."""
    return "".join(letter for letter in text if letter >= " " and letter not in '\\/:*?"<>|').strip(" .")
