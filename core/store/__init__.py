"""The ledger file: SQLite with one repository a noun, evidence folder, journal, backup and lock."""
