"""The recipes of the built program agree with the code: nothing it imports is left out, its files are recognised."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSTALL = ROOT / "resources" / "install"
_IMPORT = re.compile(r"^\s*(?:import ([\w.]+)|from ([\w.]+) import ([\w, ]*))", re.MULTILINE)


def _constant(name: str):
    """A list or set of build.spec, which only PyInstaller can run."""
    tree = ast.parse((ROOT / "build.spec").read_text(encoding="utf-8"))
    return next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name
    )


@cache
def _imported() -> frozenset[tuple[str, str]]:
    """(module that is imported anywhere in the program, by which file)."""
    return frozenset(_imports())


def _imports() -> Iterator[tuple[str, str]]:
    # a parser would take seconds for the whole program
    for file in (*(ROOT / "core").rglob("*.py"), *(ROOT / "gui").rglob("*.py")):
        for whole, place, names in _IMPORT.findall(file.read_text(encoding="utf-8")):
            yield from (
                (name, file.name) for name in (whole or place, *(f"{place}.{n.strip()}" for n in names.split(",")))
            )


def test_nothing_imported_is_left_out():
    """No module that the program imports, late ones too, is on build.spec's list of what stays out."""
    out = _constant("MODULES")
    bad = {(name, file) for name, file in _imported() if any(name == no or name.startswith(f"{no}.") for no in out)}

    assert not bad


def test_qt_modules_in_use_keep_their_libraries():
    """None of the Qt modules we import has its library on the list of what stays out."""
    used = {name.split(".")[1].replace("Qt", "Qt6", 1) for name, _ in _imported() if name.startswith("PySide6.Qt")}

    assert used
    assert not {name for name in used if name.startswith(_constant("QT_LIBRARIES"))}


def test_pictures_that_evidence_may_be_can_be_shown():
    """Scans come as JPEG and TIFF, pasted pictures as WebP: their readers of Qt are kept."""
    assert {"qjpeg", "qtiff", "qwebp", "qgif"} <= _constant("QT_PLUGINS")["imageformats"]


def test_a_ledger_is_known_by_its_bytes(ledger):
    """The file type asks for the mark that every ledger has, whatever it is called."""
    tree = ET.parse(INSTALL / "taizhang.xml")
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    outer = tree.find(".//m:magic/m:match", space)
    inner = outer.find("m:match", space)
    head = ledger.read_bytes()[:100]

    assert tree.find(".//m:glob", space) is None
    assert head.startswith(outer.get("value").replace(r"\0", "\0").encode())
    offset = int(inner.get("offset"))
    assert head[offset : offset + 4] == inner.get("value").encode()


def test_the_menu_entry_opens_the_file_it_is_given():
    """Type, program, window class and file type of the desktop entry hang together."""
    lines = (INSTALL / "taizhang.desktop").read_text(encoding="utf-8").splitlines()
    entry = dict(line.split("=", 1) for line in lines if "=" in line)
    kind = ET.parse(INSTALL / "taizhang.xml").find(".//{*}mime-type").get("type")

    assert lines[0] == "[Desktop Entry]"
    assert entry["MimeType"] == f"{kind};"
    assert entry["Exec"].endswith("%f")
    from gui.app import DESKTOP_FILE

    assert entry["StartupWMClass"] == DESKTOP_FILE


def test_build_tools_are_pinned_without_addresses():
    """Exact versions, and nothing that names a place to fetch from."""
    lines = (ROOT / "requirements-build.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]

    assert all(re.fullmatch(r'[\w.-]+==[\w.]+( ; sys_platform == "win32")?', pin) for pin in pins), pins


def test_the_windows_installer_finds_its_files():
    """What the Inno Setup script names is there; no message is said twice."""
    script = (INSTALL / "taizhang.iss").read_text(encoding="utf-8-sig")
    words = (INSTALL / "chinese.isl").read_text(encoding="utf-8-sig").split("[Messages]")[1]
    keys = re.findall(r"^(\w+)=", words, re.MULTILINE)

    for named in re.findall(r"SetupIconFile=(.+)|Default\.isl,([^\"]+)\"", script):
        path = (named[0] or named[1]).strip().replace("\\", "/")
        assert (ROOT / path).is_file(), path
    assert len(keys) == len(set(keys))


def test_the_windows_workflow_and_the_installer_agree():
    """Files, names, the pinned tool and the copy of the licence; each step stops at the first program that fails.

    No parser of YAML is among the tools: what cannot be read here would be seen at once where it runs.
    """
    flow = (ROOT / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
    script = (INSTALL / "taizhang.iss").read_text(encoding="utf-8-sig")
    windows = flow.partition("\n  linux:")[0]
    steps = re.findall(r"      - name: (.+)\n(?:        #.*\n)*        run: \|\n((?:          .*\n)+)", windows)
    pins = (ROOT / "requirements-build.txt").read_text(encoding="utf-8")

    assert "\t" not in flow
    assert len(steps) >= 5
    for name, body in steps:
        if name != "SHA-256":  # runs no program
            assert body.lstrip().startswith("$PSNativeCommandUseErrorActionPreference = $true"), name
    assert re.search(r"setuptools==[\w.]+", windows)[0] in pins
    assert script.split("LicenseFile=")[1].splitlines()[0] in windows
    assert f"{script.split('OutputBaseFilename=')[1].splitlines()[0].replace('{#Release}', '*')}.exe" in windows
    assert set(re.findall(r"taizhang(?:-cli)?\.exe", windows)) == {"taizhang.exe", "taizhang-cli.exe"}
    assert "Software\\Classes\\taizhang.ledger\\shell\\open\\command" in script


def test_the_manual_is_in_the_build():
    """The chapters that F1 opens, their pictures, the card."""
    taken = {file for pattern in _constant("DATA") for file in ROOT.glob(pattern)}

    assert set((ROOT / "docs" / "manual").glob("*.md")) <= taken
    assert set((ROOT / "docs" / "manual" / "pictures").iterdir()) <= taken


@pytest.mark.skipif(
    os.environ.get("TAIZHANG_INSTALL") != "1" or not sys.platform.startswith("linux") or shutil.which("dpkg") is None,
    reason="changes the machine: installs and removes the packages of `make deb` (root, dpkg); TAIZHANG_INSTALL=1 asks for it",
)
def test_installed_opened_and_removed():
    """Both packages: installed, checked, opened on a screen, removed; what the clerk made stays."""
    done = subprocess.run([INSTALL / "deb_test.sh"], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
