"""How long a writing command waits for another one."""

from __future__ import annotations

PATIENCE = 1.0
"""Seconds; a window holds the file for longer than that."""
