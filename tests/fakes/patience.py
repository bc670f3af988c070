"""How long a test waits for what must come: generous, since a slow machine is no failure."""

PATIENCE = 90.0  # seconds
