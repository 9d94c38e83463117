"""报告: documents as they will lie on paper; print and export."""
