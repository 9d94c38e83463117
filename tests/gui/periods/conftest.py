"""The context of the pages' tests serves here too."""

from tests.gui.pages.conftest import context

__all__ = ["context"]
