"""Files that travel: sheets out to the units, returns back in, the superior's template, mail drafts."""
