"""The names of the schema's steps, known without loading what runs them; a test holds them to migrations.py."""

from __future__ import annotations

STEP_NAMES = (
    "m0001_plans",
    "m0002_units",
    "m0003_progress",
    "m0004_evidence",
    "m0005_journal",
    "m0006_plan_source",
    "m0007_adjustment",
    "m0008_review",
    "m0009_units_over_time",
    "m0010_periods",
    "m0011_evidence_versions",
    "m0012_meetings",
    "m0013_exchange",
    "m0014_alignment",
    "m0015_issued",
    "m0016_own_template",
    "m0019_seals",
)
