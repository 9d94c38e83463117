"""修改方案: a plan of the ledger in the same editor that a document is reviewed in."""
