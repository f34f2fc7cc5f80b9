"""A use is where a provision tells: the outputs that name it, or that would tell something else if it were another.

The table goes by what a provision gives (``law``), for two of the Algemene termijnenwet by their id. It is short enough
to be read, and ``tests/test_uses.py`` holds it against an experiment: a law with one thing changed, and which outputs
then differ. A provision that is not in it is only told of; no day and no sentence rests on it.
"""

from __future__ import annotations

from collections.abc import Mapping

from cycleplan.law import Provision

OUTPUTS = ("check", "windows", "propose", "timeline", "calendar", "memo", "explain")

_CHECKLIST = ("check", "windows", "timeline", "memo")  # the page accounts for those that have a mark
_STEP = ("check", "windows", "timeline", "calendar", "memo", "explain")

USES: Mapping[str, tuple[str, ...]] = {
    "submission": OUTPUTS,
    "oogo_before_adoption": ("check", "windows", "timeline", "memo"),
    "overlap_before_adoption": _STEP,
    "opr_before_adoption": _STEP,
    "opr_refusal": ("check", "windows", "timeline", "memo", "explain"),
    "opr_ruling": _CHECKLIST,
    "opr_nullity": _CHECKLIST,
    "oogo_procedure": _CHECKLIST,
    "mbo_invitation": ("check", "windows", "memo"),
    "plan_length": ("check", "memo"),
    "school_year": ("check",),
    "contents": ("memo",),
    "nomination": OUTPUTS,
    "polling": OUTPUTS,
    "first_sitting": ("check", "propose", "timeline", "memo", "explain"),
    "powers_stay": ("windows", "timeline", "memo"),
    "merger_nomination": _STEP,
    "merger_polling": _STEP,
    "merger_first_sitting": OUTPUTS,
    "merger_skips": ("check", "propose", "timeline", "calendar", "memo", "explain"),
    "merger_postpones": OUTPUTS,
    "youth_plan": ("memo",),
    "youth_oogo_before_adoption": ("check", "windows", "timeline", "calendar", "explain"),
    "AT-01": ("check", "windows", "timeline", "memo", "explain"),
    "AT-03": _STEP,
}


def use_of(provision: Provision) -> str | None:
    """What a provision is used for, as a key of ``USES``; None if it is only told of."""
    return next((key for key in (provision.gives, provision.id) if key in USES), None)
