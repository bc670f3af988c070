"""The table that `make eval` prints."""

from scripts.evaluate_table import LINES, figure, table

ORIGINS = """origins                          P 0.964  R 0.900  F1 0.931  30 true in 82 articles, 28 found
false alarms: 4 of 57 articles without a main origin (0.070)
"""
SIZES = {"all": 260, "looked at": 202, "held back": 58}


def test_a_figure_stands_beside_its_goal() -> None:
    """Each line has trivial rule, goal, the three sets and whether all of it reaches the goal, bounds included."""
    outputs = {("origins", name): ORIGINS for name in SIZES}
    lines = table(outputs, 165.2, SIZES).splitlines()
    assert lines[2].split() == ["origins,", "F1", ".43", ".900", ".931", ".931", ".931", "yes"]
    assert lines[3].split() == ["origins,", "false", "alarms", ".33", "<.030", ".070", ".070", ".070", "no"]
    assert lines[4].split()[-3:] == ["150", "165", "yes"]
    assert len(lines) == 5


def test_a_figure_that_is_not_there_is_shown_so() -> None:
    """A scorer that prints nothing of a line leaves a dash, never a zero."""
    line = next(line for line in LINES if line.part == "stories")
    assert figure(line, "") is None
    assert "–" in table({("stories", "all"): ""}, 1.0, SIZES).splitlines()[2]
