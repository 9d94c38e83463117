"""Every page and dialog as a picture, for looking at (`make gallery`)."""
