"""What every chat shares: the neutral message, splitting it, and isolating Latin in Arabic."""
