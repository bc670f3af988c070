"""The application: what happens when. It knows the rooms below it; nothing below knows it."""
