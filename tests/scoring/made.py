from __future__ import annotations
def cases(place, names):
    return []
