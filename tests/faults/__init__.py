"""What a service must bear: kills, stops, restarts, full disks, jumping clocks. `make faults` runs the long set."""
