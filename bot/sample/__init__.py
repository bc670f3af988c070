"""A small newsroom of invented outlets, to try the program on without the network."""
