"""What may be kept of a conversation, and how long: short files that a data-protection officer reads in one sitting."""
