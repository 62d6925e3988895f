"""Who may see what: accounts, passwords, second factor, sessions, roles, and the check against other sites."""
