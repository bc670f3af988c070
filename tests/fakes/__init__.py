"""Strict fakes of the outside world, served on loopback."""
