"""PDFium is not safe in several threads at once: whoever calls it holds this lock."""

from __future__ import annotations

import threading

PDFIUM = threading.RLock()
"""Held for each call into PDFium, and no longer than a page takes."""
