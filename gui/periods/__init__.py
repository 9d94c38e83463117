"""报送期, the settings of the ledger and the table of holidays."""
