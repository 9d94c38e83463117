"""Use cases: what the window and the command line call. One transaction and one journal entry each.

Functions take an open ``Store`` and are grouped by noun; results are frozen values.
"""
