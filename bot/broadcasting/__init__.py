"""Broadcasts: drafts that an editor approves, posted to a channel once, and corrected where they stand."""
