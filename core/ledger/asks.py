"""What a period can ask each obligation to say; the choice of periods needs the words without the counting."""

from __future__ import annotations

WORK, PROBLEMS, NEXT, TARGETS, EVIDENCE = "工作进展", "存在问题", "下一步工作", "量化指标", "佐证材料"
ASKS = (WORK, PROBLEMS, NEXT, TARGETS, EVIDENCE)
"""What a period can ask each obligation to say, in the words of the screen and the file."""
