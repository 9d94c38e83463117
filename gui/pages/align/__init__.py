"""对照上级: which of our measures answer those of a superior plan."""
