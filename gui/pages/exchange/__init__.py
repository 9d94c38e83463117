"""下发回收: five steps for one period."""
