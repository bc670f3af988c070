"""What the collecting bench runs in processes of their own: the web that is polled, and each measurement."""
