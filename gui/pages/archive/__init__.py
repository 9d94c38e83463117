"""档案: the journal, 会商会议, backups and the check, settings."""
