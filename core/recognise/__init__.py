"""The reader: document → blocks → outline, columns, division, deadline, target → draft plan.

Rules are general: never by the name of a document, never by a fixed column. Nothing vanishes: every block is used,
is a heading, or is listed as unused; what is not understood is a problem with its place.
"""
