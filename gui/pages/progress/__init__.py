"""进展填报: one obligation and period after the other, each with its evidence."""
