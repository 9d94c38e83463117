"""The window: PySide6 widgets over core. Nothing here opens a file or speaks SQL; it asks core.office."""
