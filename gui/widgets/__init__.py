"""The controls that every page uses, drawn as the look has them. They know no ledger and no office."""
