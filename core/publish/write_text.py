"""The way in for texts: a description goes in, PDF or DOCX comes out."""

from __future__ import annotations

from core.job import Job
from core.publish.fonts import machine_fonts
from core.publish.output import Target, put
from core.publish.table_document import Format, Published
from core.publish.text_document import TextDocument
from core.publish.text_setting import set_text


def write_text(document: TextDocument, fmt: Format, target: Target, job: Job | None = None) -> Published:
    """Write a text with its annexes to a path or an open binary file.

    A path gets the whole file or stays as it was. Raises OutputError when it cannot be written, Cancelled when the
    job is cancelled, ValueError for a format that texts do not have.
    """
    job = job or Job()
    fonts = machine_fonts()
    laid = set_text(document, fonts, job)
    if fmt == "pdf":
        from core.publish import write_text_pdf

        data, substituted = write_text_pdf.text_pdf_bytes(laid, fonts, job), fonts.replaced(write_text_pdf.FACES)
    elif fmt == "docx":
        from core.publish.write_text_docx import text_docx_bytes

        data, substituted = text_docx_bytes(laid, job), ()
    else:
        raise ValueError(fmt)
    put(data, target)
    job.step(laid.pages, laid.pages, "已完成")
    return Published(laid.pages, substituted)
