"""导入方案: the review of a document over the whole window, before anything is written."""
