"""What a planner reads on her screen: plain text, in colour where the screen has it; 80 columns wide.

Colour never tells anything that the words do not.
"""

from cycleplan.outputs.terminal.check import MOST_TASKS, check, problem_lines
from cycleplan.outputs.terminal.timeline import explain, explain_ids, regions, timeline
from cycleplan.outputs.terminal.windows import horizon_windows, windows

__all__ = [
    "MOST_TASKS", "check", "explain", "explain_ids", "horizon_windows", "problem_lines", "regions", "timeline",
    "windows",
]  # fmt: skip
