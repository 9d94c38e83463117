"""首页: how the plan stands, who is late, what is to be done."""
