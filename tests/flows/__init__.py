"""A clerk's days from end to end, through the real window."""
