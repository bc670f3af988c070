"""The figures of understanding beside their goals, read from what the data's own scorers print."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SETS = ("all", "looked at", "held back")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure: in whose output it stands, by which pattern (its first group), and what is to be reached."""

    name: str
    part: str
    pattern: str
    trivial: str
    goal: float
    most: bool = False  # the goal is an upper bound


def _f1(start: str) -> str:
    return rf"^{re.escape(start)}\s+P .*?F1 ([\d.]+)"


LINES = (
    Line(name="relevance, core F1", part="relevance", pattern=_f1("core"), trivial=".51", goal=0.87),
    Line(
        name="relevance, core or touches F1", part="relevance", pattern=_f1("core or touches"),
        trivial=".85", goal=0.90,
    ),
    Line(
        name="stories, pairs F1, listed articles", part="stories", pattern=_f1("pairs, listed articles"),
        trivial=".48", goal=0.85,
    ),
    Line(name="origins, F1", part="origins", pattern=_f1("origins"), trivial=".43", goal=0.90),
    Line(
        name="origins, false alarms", part="origins", pattern=r"^false alarms:.*\(([\d.]+)\)", trivial=".33",
        goal=0.03, most=True,
    ),
    Line(name="statements, spans F1", part="statements", pattern=_f1("spans"), trivial=".62", goal=0.85),
    Line(
        name="statements, span and right speaker F1", part="statements",
        pattern=_f1("spans with the right speaker"), trivial=".35", goal=0.78,
    ),
    Line(
        name="statements, relay right", part="statements", pattern=r"relay right ([\d.]+)", trivial="0",
        goal=0.80,
    ),
    Line(
        name="direct quotes, P", part="statements", pattern=r"^spans, direct\s+P ([\d.]+)", trivial=".70", goal=0.95
    ),
    Line(
        name="direct quotes, R", part="statements", pattern=r"^spans, direct\s+P .*?R ([\d.]+)", trivial=".62",
        goal=0.90,
    ),
)  # fmt: skip
SPEED = Line(name="articles a second, one core", part="speed", pattern="", trivial="–", goal=150.0)


def figure(line: Line, printed: str) -> float | None:
    """The figure in a scorer's output; None where it does not print it (nothing to judge)."""
    found = re.search(line.pattern, printed, re.MULTILINE)
    return float(found[1]) if found else None


def table(outputs: Mapping[tuple[str, str], str], speed: float, sizes: Mapping[str, int]) -> str:
    """The table as text. `outputs`: what the scorers printed, by part and set; `sizes`: articles of each set."""
    parts = {part for part, _ in outputs}
    head = ("", "trivial", "goal", *(f"{name} ({sizes[name]})" for name in SETS), "reached")
    rows = [head]
    for line in LINES:
        if line.part in parts:
            found = [figure(line, outputs.get((line.part, name), "")) for name in SETS]
            rows.append(_row(line, found))
    rows.append((SPEED.name, SPEED.trivial, "150", f"{speed:.0f}", "", "", _reached(SPEED, speed)))
    return "\n".join(_laid_out(rows))


def _row(line: Line, found: list[float | None]) -> tuple[str, ...]:
    goal = f"{'<' if line.most else ''}{_short(line.goal)}"
    return (line.name, line.trivial, goal, *map(_short, found), _reached(line, found[0]))


def _reached(line: Line, value: float | None) -> str:
    if value is None:
        return "–"
    good = value < line.goal if line.most else round(value, 3) >= line.goal
    return "yes" if good else "no"


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".lstrip("0") if value < 1 else f"{value:.2f}"


def _laid_out(rows: Iterable[tuple[str, ...]]) -> list[str]:
    rows = list(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return [lines[0], "-" * len(lines[0]), *lines[1:]]
