"""Sources: any document as paragraphs and tables with their places."""

from core.recognise.sources.errors import UnreadableError
from core.recognise.sources.reading import read_pasted, read_source

__all__ = ["UnreadableError", "read_pasted", "read_source"]
