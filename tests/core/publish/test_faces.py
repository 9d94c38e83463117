"""Finding faces: official ones on the machine, bundled ones else, a face for every character."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import paths
from core.errors import OutputError
from core.publish import fonts
from core.publish.fonts import Face
from core.publish.ooxml import face_for, run, run_properties
from core.publish.truetype import NotTrueTypeError, TrueTypeFile

BODY_FILE = paths.FONTS / "TaizhangFangSong.ttf"


@pytest.fixture(autouse=True)
def forget() -> None:
    """Search anew in each test."""
    fonts._fonts.cache_clear()


def test_without_official_faces_all_five_are_named(tmp_path: Path) -> None:
    """Every official name is told, every chain begins with the bundled face."""
    found = fonts._fonts(paths.FONTS, (tmp_path,))

    assert found.substituted == tuple(face.value for face in Face)
    assert found.chain(Face.BODY).files[0].file.path == BODY_FILE
    assert found.replaced((Face.HEAD,)) == ("黑体",)


def test_an_official_face_on_the_machine_is_used(tmp_path: Path) -> None:
    """A file that calls itself 仿宋, in a folder below, is taken before the bundled one."""
    folder = tmp_path / "truetype" / "gov"
    folder.mkdir(parents=True)
    own = folder / "SimFang.ttf"
    name, other = "Taizhang FangSong".encode("utf-16-be"), "FangSong".encode("utf-16-be")
    data = bytearray(BODY_FILE.read_bytes())
    at = data.find(name)
    while at >= 0:
        # The same place and length in the name table: the shorter name, then the rest of its record cut off.
        data[at : at + len(name)] = other.ljust(len(name), b"\0")
        at = data.find(name, at + 1)
    own.write_bytes(data)
    found = fonts._fonts(paths.FONTS, (tmp_path,))

    assert "仿宋_GB2312" not in found.substituted
    assert found.chain(Face.BODY).files[0].file.path == own


def test_a_file_with_a_fitting_name_but_another_face_is_not_taken(tmp_path: Path) -> None:
    """simfang.ttf that is something else inside, and one that is no font at all."""
    shutil.copyfile(BODY_FILE, tmp_path / "simfang.ttf")
    (tmp_path / "simhei.ttf").write_bytes(b"not a font")
    (tmp_path / "simsun.ttc").write_bytes(b"\0\1\0\0 broken")

    assert fonts._fonts(paths.FONTS, (tmp_path,)).substituted == tuple(face.value for face in Face)


def test_rare_characters_come_from_a_face_that_has_them() -> None:
    """Runs change the face only where they must, and nothing is lost."""
    runs = fonts.machine_fonts().chain(Face.BODY).runs("由㛃𬍛镕翀喆牵头")

    assert "".join(text for _, text in runs) == "由㛃𬍛镕翀喆牵头"
    for file, text in runs:
        assert all(file.width(character) for character in text)


def test_what_no_face_has_becomes_the_printers_mark() -> None:
    """〓 instead of a box."""
    runs = fonts.machine_fonts().chain(Face.BODY).runs("甲\U000f0000")

    assert "".join(text for _, text in runs) == "甲〓"


def test_widths_are_those_of_the_face() -> None:
    """Chinese characters are square, digits half as wide."""
    chain = fonts.machine_fonts().chain(Face.BODY)

    assert chain.width("各乡镇", 12) == pytest.approx(36)
    assert chain.width("2024", 12) == pytest.approx(24, abs=3)


def test_files_that_are_no_fonts_are_refused(tmp_path: Path) -> None:
    """Empty, missing, cut off."""
    empty, cut = tmp_path / "a.ttf", tmp_path / "b.ttf"
    empty.touch()
    cut.write_bytes(BODY_FILE.read_bytes()[:200])
    for path in (empty, cut, tmp_path / "none.ttf"):
        with pytest.raises(NotTrueTypeError):
            TrueTypeFile(path)
    assert TrueTypeFile.faces(empty) == 0
    assert TrueTypeFile.faces(tmp_path / "none.ttf") == 0
    assert TrueTypeFile.faces(BODY_FILE) == 1


def test_a_program_without_its_fonts_says_so(tmp_path: Path) -> None:
    """A broken installation is told in a sentence, not by a crash."""
    with pytest.raises(OutputError, match="字体"):
        fonts._fonts(tmp_path, (tmp_path,))


def test_opening_the_room_loads_no_heavy_library() -> None:
    """The window's start must not pay for ReportLab, openpyxl and the rest."""
    script = "import sys, core.publish.table_document, core.publish.pages; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    found = subprocess.run(command, check=True, capture_output=True, text=True, cwd=paths.RESOURCES.parent).stdout

    assert not {"reportlab", "openpyxl", "docx", "pypdfium2", "fontTools", "lxml", "PySide6"} & set(found.split())


@pytest.mark.parametrize(
    ("letter", "official", "face"),
    [
        ("王", "仿宋_GB2312", "仿宋_GB2312"),
        ("，", "仿宋_GB2312", "仿宋_GB2312"),
        ("镕", "仿宋_GB2312", "仿宋"),
        ("翀", "楷体_GB2312", "楷体"),
        ("喆", "方正小标宋简体", "宋体"),
        ("喆", "黑体", "黑体"),
        ("㛃", "仿宋_GB2312", "宋体"),
        ("𬍛", "黑体", "SimSun-ExtB"),
    ],
)
def test_in_word_a_character_outside_a_face_is_of_another(letter: str, official: str, face: str) -> None:
    """The text stays one text, only its runs differ."""
    made = run(f"联系人{letter}。", run_properties(official, 16.0))

    assert face_for(letter, official) == face
    assert f'w:eastAsia="{face}"' in made
    assert "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", made)) == f"联系人{letter}。"
    assert made.count("<w:r>") == (1 if face == official else 3)
