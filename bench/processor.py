"""What processes spend, as the kernel counts it."""

import os
from pathlib import Path


def processor_seconds(pid: int) -> float:
    """Seconds of processor time, its own and the kernel's for it, of a process so far; nothing where it has ended."""
    if not Path(f"/proc/{pid}").exists():
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
