"""Make the bundled TrueType faces from Fandol and LXGW WenKai. Run by hand, never at set-up.

    python resources/fonts/make_fonts.py FOLDER

FOLDER holds the source fonts; a Debian 12 gives them (nothing needs to be installed):

    apt-get download texlive-lang-chinese fonts-lxgw-wenkai
    for f in *.deb; do dpkg-deb -x "$f" FOLDER; done

Needs fonttools (`fonts` in pyproject.toml). The same sources and the same fonttools give the same bytes.

What is done: CFF outlines become quadratic ones (ReportLab embeds only those); tables for vertical
setting and layout go; all faces get one line height; each face gets a family name of its own; the rare
face keeps only what the other faces lack, besides the marks and digits that all of them have.
"""

import hashlib
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

HERE = Path(__file__).resolve().parent
VERSION = "1.0"
MAX_ERROR = 2.0  # of 1000 units in an em: 0.04 pt in a title of 22 pt, less than one dot of a printer
ASCENT, DESCENT = 950, 250  # one line height for all faces, room for accents and descenders
WIN_ASCENT, WIN_DESCENT = 990, 310  # what Windows clips at

FANDOL_COPYRIGHT = "Copyright © 2012-2013, the Fandol team. Modified 2026 by the taizhang project."
FANDOL_LICENCE = "GPL version 3 with font exception; the exception extends to this version. See COPYING-Fandol.txt."
LXGW_LICENCE = "SIL Open Font License, version 1.1. See OFL-Rare.txt."

KEPT_TABLES = {"head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "loca", "glyf", "name", "post", "gasp"}


@dataclass(frozen=True)
class Face:
    """One bundled file and where it comes from."""

    file: str
    family: str
    source: str
    sha256: str
    bold: bool = False

    @property
    def style(self) -> str:
        return "Bold" if self.bold else "Regular"


FANDOL = (
    Face(
        "TaizhangFangSong.ttf",
        "Taizhang FangSong",
        "FandolFang-Regular.otf",
        "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
    ),
    Face(
        "TaizhangSong.ttf",
        "Taizhang Song",
        "FandolSong-Regular.otf",
        "a3820003227d4abe31fe28b493200d94a849ccfd078b50a019264f70353020b0",
    ),
    Face(
        "TaizhangHei.ttf",
        "Taizhang Hei",
        "FandolHei-Regular.otf",
        "4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28",
    ),
    Face(
        "TaizhangHei-Bold.ttf",
        "Taizhang Hei",
        "FandolHei-Bold.otf",
        "42ca2de27b45e16a284768673b6205a5add9e17871ee0e7db9c0d03f061d96fd",
        bold=True,
    ),
    Face(
        "TaizhangKai.ttf",
        "Taizhang Kai",
        "FandolKai-Regular.otf",
        "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827",
    ),
    # A title face of one weight: it is its family's regular, so that nothing thickens it once more.
    Face(
        "TaizhangXiaoBiaoSong.ttf",
        "Taizhang XiaoBiaoSong",
        "FandolSong-Bold.otf",
        "ffa76a70e128947a4dd22151d5ee829b23e24ce3cb6fe8ad49891cd1c2d9e9b9",
    ),
)
# Light: beside 仿宋 and 楷 its strokes are of their weight; the regular looks like bold there.
RARE = Face(
    "TaizhangRare.ttf",
    "Taizhang Rare",
    "LXGWWenKai-Light.ttf",
    "e302f84a1967817f91fc4011de7c8c12489c41072a7f0605a1c7b1399352cb93",
)

# What the rare face takes over where the Fandol faces have nothing: Han, and signs that occur in documents.
RARE_BLOCKS = (
    (0x00A0, 0x024F),  # Latin with accents, ², ³, ½
    (0x02B0, 0x02FF),
    (0x0370, 0x04FF),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),
    (0x2000, 0x27BF),  # punctuation, currency, arrows, mathematics, enclosed, boxes, dingbats
    (0x2E80, 0x312F),  # radicals, 〇, 々, kana, bopomofo
    (0x3190, 0x33FF),  # enclosed and squared
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE6F),
    (0xFF00, 0xFFEF),
    (0x1F100, 0x1F1FF),
    (0x20000, 0x3FFFF),
)
# What every face must have of its own, so that a line never changes its face for a mark or a digit.
COMMON = (
    *range(0x20, 0x7F),
    *range(0xFF01, 0xFF5F),
    *map(ord, "·—―…‘’“”、。〈〉《》「」『』【】〔〕○●□■△☆★※→％℃①②③④⑤⑥⑦⑧⑨⑩×÷±≤≥"),
)


def open_source(folder: Path, face: Face) -> TTFont:
    """The source font, which must be the very one this script was written for."""
    found = sorted(folder.rglob(face.source))
    if not found:
        sys.exit(f"{face.source} is not below {folder}")
    digest = hashlib.sha256(found[0].read_bytes()).hexdigest()
    if digest != face.sha256:
        sys.exit(f"{found[0]} is another version: SHA-256 {digest}, expected {face.sha256}")
    return TTFont(found[0], recalcTimestamp=False)


def to_truetype(font: TTFont) -> None:
    """Replace the CFF outlines by quadratic ones."""
    order = font.getGlyphOrder()
    glyph_set = font.getGlyphSet()
    glyphs: dict[str, Glyph] = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = glyphs
    for name in order:
        glyphs[name].recalcBounds(glyf)
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(glyphs[name], "xMin", 0))
    del font["CFF "]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font.sfntVersion = "\x00\x01\x00\x00"


def keep_only(font: TTFont, characters: set[int]) -> None:
    """Leave out every glyph but those of `characters`."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.legacy_cmap = False
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def alias(font: TTFont, character: int, like: int) -> None:
    """Give `character`, where the font has none, the glyph of `like`."""
    for table in font["cmap"].tables:
        if table.isUnicode() and like in table.cmap:
            table.cmap.setdefault(character, table.cmap[like])


def finish(font: TTFont, face: Face, copyright_: str, licence: str) -> None:
    """Names, one line height, and nothing that only vertical setting or layout needs."""
    for tag in set(font.keys()) - KEPT_TABLES - {"GlyphOrder"}:
        del font[tag]
    font["cmap"].tables = [table for table in font["cmap"].tables if table.isUnicode()]
    post = font["post"]
    post.formatType = 3.0
    gasp = font["gasp"] = newTable("gasp")
    gasp.version, gasp.gaspRange = 1, {0xFFFF: 0x000A}  # grey and symmetric smoothing at every size

    hhea, os2, head = font["hhea"], font["OS/2"], font["head"]
    hhea.ascent, hhea.descent, hhea.lineGap = ASCENT, -DESCENT, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, -DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = WIN_ASCENT, WIN_DESCENT
    os2.fsType = 0  # both licences allow embedding
    os2.usWeightClass = 700 if face.bold else 400
    os2.fsSelection = 0x20 if face.bold else 0x40
    head.macStyle = 1 if face.bold else 0
    head.fontRevision = float(VERSION)
    os2.ulCodePageRange1 = 1 | 1 << 18  # Latin 1 and simplified Chinese: what Windows looks for

    full = face.family if not face.bold else f"{face.family} Bold"
    postscript = face.file.removesuffix(".ttf")
    if "-" not in postscript:
        postscript += f"-{face.style}"
    name = font["name"]
    name.names = []
    for number, text in (
        (0, copyright_),
        (1, face.family),
        (2, face.style),
        (3, f"{VERSION};taizhang;{postscript}"),
        (4, full),
        (5, f"Version {VERSION}"),
        (6, postscript),
        (10, f"Made from {face.source} by resources/fonts/make_fonts.py"),
        (13, licence),
    ):
        name.setName(text, number, 3, 1, 0x409)


def make_fandol(face: Face, folder: Path) -> set[int]:
    """Write one Fandol face; give the characters it has."""
    font = open_source(folder, face)
    to_truetype(font)
    alias(font, 0x2015, like=0x2014)
    finish(font, face, FANDOL_COPYRIGHT, FANDOL_LICENCE)
    font.save(HERE / face.file)
    return set(font.getBestCmap())


def make_rare(folder: Path, known: set[int]) -> set[int]:
    """Write the face of the characters that not every Fandol face has."""
    font = open_source(folder, RARE)
    copyright_ = str(font["name"].getName(0, 3, 1, 0x409)).replace("\r\n", "; ")
    offered = set(font.getBestCmap())
    wanted = {c for first, last in RARE_BLOCKS for c in range(first, last + 1)} - known
    keep_only(font, offered & (wanted | set(COMMON)))
    # Reserved font names of the source stay out of every name but the copyright line and the origin.
    finish(font, RARE, f"{copyright_}; modified 2026 by the taizhang project.", LXGW_LICENCE)
    font.save(HERE / RARE.file)
    return set(font.getBestCmap())


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    with ProcessPoolExecutor() as pool:
        covered = list(pool.map(make_fandol, FANDOL, [folder] * len(FANDOL)))
    covered_by_all = set.intersection(*covered)
    rare = make_rare(folder, covered_by_all)
    for face, characters in zip((*FANDOL, RARE), (*covered, rare), strict=True):
        lacking = "".join(chr(c) for c in COMMON if c not in characters)
        size = (HERE / face.file).stat().st_size / 1e6
        print(f"{face.file:26} {size:5.1f} MB  {len(characters):6} characters  lacking: {lacking or 'nothing'}")


if __name__ == "__main__":
    main()
