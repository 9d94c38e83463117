"""The nouns of the field as frozen dataclasses and enums; no I/O."""
