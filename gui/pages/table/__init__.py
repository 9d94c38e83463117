"""任务分解: the plan as the table it was printed as, with what is computed at its right."""
