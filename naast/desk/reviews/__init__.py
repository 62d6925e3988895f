"""What reviewers write: status, notes, tags and corrections."""
