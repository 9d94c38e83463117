"""新版本对照: what a new version of a plan moved, changed, brought and left out; the clerk confirms, then it is taken."""
