"""Everything 台账 knows and does, usable without a screen. Nothing here imports Qt."""
