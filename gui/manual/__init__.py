"""使用手册: the clerk's manual (docs/manual) inside the program, opened by F1 at the chapter of the page."""
