"""The rules of the ledger (docs/rules.md), pure: rows in; obligations, states, lights and figures out."""
