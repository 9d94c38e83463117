"""What ReportLab writes and measures is the same, only quicker."""

from __future__ import annotations

from core.publish.fonts import Face, machine_fonts
from core.publish.write_pdf import registered


def test_numbers_are_written_as_reportlab_writes_them() -> None:
    from reportlab.lib import rl_accel
    from reportlab.pdfgen import canvas, pathobject, textobject

    registered(machine_fonts().chain(Face.BODY).files[0])
    given = (0, -0.0, 1, 16.0, 1e-9, 0.5, -0.25, 595.2756, 841.88976, 123456.789, 1 / 3, 1000000)
    for module in (canvas, pathobject, textobject):
        written = vars(module)["fp_str"]
        assert written is not rl_accel.fp_str
        assert [written(one) for one in given] == [rl_accel.fp_str(one) for one in given]
        assert written(*given) == written(list(given)) == rl_accel.fp_str(*given)


def test_a_text_is_as_wide_as_reportlab_measures_it() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = pdfmetrics.getFont(registered(machine_fonts().chain(Face.BODY).files[0]))
    for text in ("", "各乡镇、各行政执法单位 2024年", "𠮷\ue000A—"):
        assert font.stringWidth(text, 16) == TTFont.stringWidth(font, text, 16)
