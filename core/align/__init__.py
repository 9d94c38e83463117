"""Likeness of measures: which of ours answer which of a superior plan's, and what a new version changed.

Pure: plans in, suggestions out, without a file, a network, a model or a clock; the same plans give the same answer.
"""
