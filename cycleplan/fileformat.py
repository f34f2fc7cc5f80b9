"""What may stand in a region file: the keys, their form, and what they mean.

These types read the file (``loading``), and the JSON Schema that editors use is made from them (``schema``).
A description here is what a planner sees in her editor.
"""

# No `from __future__ import annotations` here: pydantic would have to compile every annotation again.
import os
import re
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints
from uuid import UUID

# Plugins of other packages have no business with a region file, and looking for them costs start-up time.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    TypeAdapter,
    WithJsonSchema,
    with_config,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from cycleplan.errors import nearest
from cycleplan.periods import last_of_month
from cycleplan.region import (
    EARLIEST_YEAR,
    EVENTS,
    LATEST_YEAR,
    LONGEST_FORMATION,
    LONGEST_PREPARATION,
    LONGEST_RHYTHM,
    MEMO_SECTIONS,
    MEMO_TYPES,
    FactDate,
)

UNKNOWN = "unknown"

# Keys with a list in which the order means something; elsewhere it does not.
ORDERED = frozenset({"order", "steps", "formation_quantiles", "formation_days", "agreed", "open"})

_strict = with_config(ConfigDict(extra="forbid", strict=True))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")


def _wrong(code: str, **values: Any) -> PydanticCustomError:
    return PydanticCustomError(code, "{code}", {"code": code, **values})


def _within(day: date, text: Any) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise _wrong("day-out-of-range", text=str(text), earliest=EARLIEST_YEAR, latest=LATEST_YEAR)
    return day


def _read_day(text: Any) -> date:
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise _wrong("not-a-day", text=str(text))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _wrong("no-such-day", text=text) from None
    return _within(day, text)


def _read_fact_date(text: Any) -> FactDate:
    if not isinstance(text, str) or not _MONTH.fullmatch(text):
        if isinstance(text, str) and not _DAY.fullmatch(text):
            raise _wrong("not-a-day-or-month", text=text)
        return FactDate(_read_day(text))
    year, month = int(text[:4]), int(text[5:])
    if not 1 <= month <= 12:
        raise _wrong("no-such-day", text=text)
    return FactDate(_within(last_of_month(year, month), text), month_only=True)


def _read_fact_date_or_unknown(text: Any) -> FactDate | str:
    return UNKNOWN if text == UNKNOWN else _read_fact_date(text)


def _read_years(text: Any) -> tuple[int, int]:
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d{4}", text):
        raise _wrong("not-school-years", text=str(text))
    first, last = int(text[:4]), int(text[5:])
    if first >= last:
        raise _wrong("not-school-years", text=text)
    for year in (first, last):
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise _wrong("day-out-of-range", text=text, earliest=EARLIEST_YEAR, latest=LATEST_YEAR)
    return first, last


def _read_month_day(text: Any) -> tuple[int, int]:
    try:
        if not isinstance(text, str) or not re.fullmatch(r"\d{2}-\d{2}", text):
            raise ValueError
        day = date(2001, int(text[:2]), int(text[3:]))  # no leap year: 29 February is no day of every year
    except ValueError:
        raise _wrong("not-a-month-day", text=str(text)) from None
    return day.month, day.day


def _read_quantiles(values: Any) -> tuple[float, ...]:
    numbers = values if isinstance(values, list) and all(type(v) in (int, float) for v in values) else []
    if len(numbers) != 3 or not 0 < numbers[0] < numbers[1] < numbers[2] < 1:
        raise _wrong("formation-quantiles")
    return tuple(numbers)


def _read_formation_days(values: Any) -> tuple[int, ...]:
    days = values if isinstance(values, list) and all(type(v) is int for v in values) else []
    if len(days) != 3 or not 1 <= days[0] <= days[1] <= days[2] <= LONGEST_FORMATION:
        raise _wrong("formation-days", most=LONGEST_FORMATION)
    return tuple(days)


def _one_of(known: tuple[str, ...]) -> PlainValidator:
    def read(text: Any) -> str:
        if text not in known:
            raise _wrong("not-one-of", text=str(text), known=list(known), near=nearest(str(text), known))
        return str(text)

    return PlainValidator(read)


def _read_uuid(text: Any) -> str:
    try:
        return str(UUID(text))
    except (ValueError, AttributeError, TypeError):
        raise _wrong("not-a-uuid", text=str(text)) from None


def _pattern(code: str, pattern: str) -> PlainValidator:
    def read(text: Any) -> str:
        if not isinstance(text, str) or not re.fullmatch(pattern, text):
            raise _wrong(code, text=str(text))
        return text

    return PlainValidator(read)


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _not_blank(text: str) -> str:
    if not text.strip():
        raise _wrong("blank")
    return text.strip()  # space before or after it would be a mark in Markdown


def _json(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


def is_folder_url(text: str) -> bool:
    """Whether *text* is the address of a folder on the web: http or https, with a slash at the end."""
    return bool(re.fullmatch(_FOLDER, text))


_AUDIENCE = r"(GM|PO|VO)\d{4}|[a-z0-9]+(-[a-z0-9]+)*"
_FOLDER = r"https?://[A-Za-z0-9.-]+(:\d{1,5})?/([A-Za-z0-9._~%!$&()+,=@-]+/)*"
_DAY_FORM = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_FACT_FORM = {"type": "string", "pattern": r"^\d{4}-\d{2}(-\d{2})?$"}
_FACT_OR_UNKNOWN_FORM = {"type": "string", "pattern": r"^(\d{4}-\d{2}(-\d{2})?|unknown)$"}

Day = Annotated[Any, PlainValidator(_read_day), WithJsonSchema(_DAY_FORM)]
FactDay = Annotated[Any, PlainValidator(_read_fact_date), WithJsonSchema(_FACT_FORM)]
FactDayOrUnknown = Annotated[Any, PlainValidator(_read_fact_date_or_unknown), WithJsonSchema(_FACT_OR_UNKNOWN_FORM)]
FactDays = Annotated[
    list[FactDay],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_FACT_FORM, {"type": "array", "items": _FACT_FORM}]}),
]
Years = Annotated[Any, PlainValidator(_read_years), _json(type="string", pattern=r"^\d{4}-\d{4}$")]
MonthDay = Annotated[Any, PlainValidator(_read_month_day), _json(type="string", pattern=r"^\d{2}-\d{2}$")]
Text = Annotated[str, BeforeValidator(lambda v: _not_blank(v) if isinstance(v, str) else v)]
Slug = Annotated[
    Any, _pattern("not-an-id", r"[a-z0-9]+(-[a-z0-9]+)*"), _json(type="string", pattern="^[a-z0-9]+(-[a-z0-9]+)*$")
]
CalendarId = Annotated[Any, PlainValidator(_read_uuid), _json(type="string", format="uuid")]
AudienceName = Annotated[
    Any,
    _pattern("not-an-audience", _AUDIENCE),
    _json(type="string", pattern=f"^({_AUDIENCE})$"),
]
EventKind = Annotated[Any, _one_of(EVENTS), _json(type="string", enum=list(EVENTS))]
MemoType = Annotated[Any, _one_of(MEMO_TYPES), _json(type="string", enum=list(MEMO_TYPES))]
MemoSection = Annotated[Any, _one_of(MEMO_SECTIONS), _json(type="string", enum=list(MEMO_SECTIONS))]
FolderUrl = Annotated[Any, _pattern("not-a-folder-url", _FOLDER), _json(type="string", pattern=f"^{_FOLDER}$")]
MunicipalityCode = Annotated[
    Any, _pattern("not-a-municipality-code", r"GM\d{4}"), _json(type="string", pattern=r"^GM\d{4}$")
]
PartnershipCode = Annotated[
    Any, _pattern("not-a-partnership-code", r"(PO|VO)\d{4}"), _json(type="string", pattern=r"^(PO|VO)\d{4}$")
]
PartyCode = Annotated[
    Any, _pattern("not-a-party-code", r"(GM|PO|VO)\d{4}"), _json(type="string", pattern=r"^(GM|PO|VO)\d{4}$")
]
StatusWord = Literal["actual", "planned", "expected", "assumed"]
Weeks = Annotated[int, Field(ge=0, le=104)]
Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=1, le=366)]
_SHARE_FORM = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
_FORMATION_FORM = {"type": "integer", "minimum": 1, "maximum": LONGEST_FORMATION}
Quantiles = Annotated[
    Any, PlainValidator(_read_quantiles), _json(type="array", items=_SHARE_FORM, minItems=3, maxItems=3)
]
FormationDays = Annotated[
    Any, PlainValidator(_read_formation_days), _json(type="array", items=_FORMATION_FORM, minItems=3, maxItems=3)
]
Rhythm = Annotated[int, Field(ge=1, le=LONGEST_RHYTHM)]

Source = Annotated[Text, Field(description="Where this was read: an address, or the name of the piece")]
Note = Annotated[Text, Field(description="What a reader of this file must know about it")]
StatusKey = Annotated[
    StatusWord,
    Field(description="actual: happened or decided; planned: announced; expected: inferred; assumed: no source"),
]


@_strict
class CouncilEntry(TypedDict):
    """What is known of a council beside the rule."""

    elected: Annotated[Day, Field(description="Polling day; it must be one that the law gives, or see replaces")]
    replaces: NotRequired[Annotated[Day, Field(description="The computed polling day that this one stands for")]]
    nominated: NotRequired[Annotated[Day, Field(description="Nomination day, if it is not 44 days before polling")]]
    first: NotRequired[Annotated[Day, Field(description="First sitting of the new council, if not by the rule")]]
    fell: NotRequired[Annotated[FactDay, Field(description="The day on which the college fell within the term")]]
    college_formed: NotRequired[
        Annotated[FactDay, Field(description="The day on which the (next) college was installed")]
    ]
    status: StatusKey
    source: NotRequired[Source]
    note: NotRequired[Note]


@_strict
class RecessEntry(TypedDict):
    """A recess of the council."""

    first: Annotated[Day, Field(description="First day without meetings")]
    last: Annotated[Day, Field(description="Last day without meetings")]
    status: NotRequired[StatusKey]
    source: NotRequired[Source]
    note: NotRequired[Note]


@_strict
class RecessEntries(TypedDict):
    """The council's own recess beside, or in the place of, the school holidays."""

    add: NotRequired[Annotated[list[RecessEntry], Field(description="Periods beside the school holidays")]]
    replace: NotRequired[
        Annotated[list[RecessEntry], Field(description="Periods in the place of the school holidays they overlap")]
    ]


@_strict
class PlanEntry(TypedDict):
    """A plan, dated by school years or by days."""

    kind: NotRequired[Annotated[Slug, Field(description="The kind of plan; a partnership's is a support plan")]]
    name: NotRequired[Annotated[Text, Field(description="What the plan is called")]]
    id: NotRequired[Annotated[Slug, Field(description="A name that stays when the dates move")]]
    was: NotRequired[Annotated[Slug, Field(description="The id or first day under which it was first published")]]
    years: NotRequired[Annotated[Years, Field(description="School years: 2022-2026 is 1 August 2022 to 31 July 2026")]]
    first: NotRequired[Annotated[FactDay, Field(description="First day, if the plan does not follow school years")]]
    last: NotRequired[Annotated[FactDayOrUnknown, Field(description="Last day, inclusive; or the word unknown")]]
    status: StatusKey
    source: NotRequired[Source]
    rhythm: NotRequired[Annotated[Rhythm, Field(description="Years after which a next plan is expected")]]
    oogo: NotRequired[Annotated[FactDays, Field(description="Day or days of the OOGO with the colleges")]]
    overlap: NotRequired[Annotated[FactDays, Field(description="Day of the talks with the overlapping partnership")]]
    opr: NotRequired[Annotated[FactDays, Field(description="Day on which the OPR consented")]]
    adopted: NotRequired[Annotated[FactDays, Field(description="Day on which the plan was adopted, or adopted again")]]
    submitted: NotRequired[Annotated[FactDays, Field(description="Day on which the Inspectorate had it")]]
    note: NotRequired[Note]


@_strict
class ProcedureEntry(TypedDict):
    """How a support plan is made."""

    opens: NotRequired[Annotated[MonthDay, Field(description="Month and day on which the draft is ready, as 01-15")]]
    order: NotRequired[
        Annotated[
            list[Literal["oogo", "opr"]], Field(min_length=1, description="What comes first; the law does not say")
        ]
    ]
    opr_weeks: NotRequired[Annotated[Weeks, Field(description="Weeks that the OPR has, by its own rules")]]
    adoption_weeks: NotRequired[Annotated[Weeks, Field(description="Weeks from the last advice to the adoption")]]


@_strict
class MunicipalityEntry(TypedDict):
    """A municipality of the region."""

    code: Annotated[MunicipalityCode, Field(description="CBS code; the name comes from the register")]
    name: NotRequired[Text]
    province: NotRequired[Text]
    holiday_region: NotRequired[Literal["noord", "midden", "zuid"]]
    councils: NotRequired[list[CouncilEntry]]
    recess: NotRequired[RecessEntries]
    plans: NotRequired[list[PlanEntry]]


@_strict
class PartnershipEntry(TypedDict):
    """A partnership that the region plans with."""

    code: Annotated[PartnershipCode, Field(description="PO or VO and four digits")]
    name: NotRequired[Text]
    municipalities: NotRequired[
        Annotated[list[MunicipalityCode], Field(description="Whom it must consult, if not as in the register")]
    ]
    procedure: NotRequired[ProcedureEntry]
    rhythm: NotRequired[Annotated[Rhythm, Field(description="School years that its plans last; 4 if left out")]]
    plans: NotRequired[list[PlanEntry]]


@_strict
class KindStepEntry(TypedDict):
    """A step of making a plan of this kind."""

    step: Annotated[Slug, Field(description="oogo, overlap, opr, adoption, submission, or a step of your own")]
    name: NotRequired[Annotated[Text, Field(description="What a step of your own is called")]]
    weeks: NotRequired[Annotated[Weeks, Field(description="At least so many weeks after the step before it; else 0")]]


@_strict
class KindEntry(TypedDict):
    """A kind of plan that the region adds."""

    kind: Slug
    name: Text
    rhythm: NotRequired[Rhythm]
    opens_months: NotRequired[
        Annotated[
            int,
            Field(ge=1, le=LONGEST_PREPARATION, description="The draft is ready so many months before the first day"),
        ]
    ]
    steps: NotRequired[
        Annotated[
            list[KindStepEntry],
            Field(min_length=1, description="In order, after the draft; the last is done the day before the first day"),
        ]
    ]
    compared: NotRequired[Annotated[bool, Field(description="Set it beside the support plans of its area")]]
    youth: NotRequired[Annotated[bool, Field(description="It goes for the youth plan where policy.goal is parallel")]]


@_strict
class AgreementEntry(TypedDict):
    """An agreement of several parties."""

    name: Text
    id: NotRequired[Annotated[Slug, Field(description="A name that stays when the first day or the parties change")]]
    was: NotRequired[Annotated[Slug, Field(description="The id or first day under which it was first published")]]
    parties: Annotated[list[PartyCode], Field(min_length=1)]
    first: NotRequired[FactDayOrUnknown]
    last: NotRequired[FactDayOrUnknown]
    adopted: NotRequired[
        Annotated[dict[PartyCode, FactDayOrUnknown], Field(description="Per party: the day, or unknown")]
    ]
    agreed: NotRequired[Annotated[list[Text], Field(description="What is agreed")]]
    open: NotRequired[Annotated[list[Text], Field(description="What still needs talking about")]]
    status: NotRequired[StatusKey]
    source: NotRequired[Source]
    note: NotRequired[Note]


@_strict
class CalendarEntry(TypedDict):
    """The published calendar."""

    id: NotRequired[Annotated[CalendarId, Field(description="A random UUID of your own; it keeps your events yours")]]
    url: NotRequired[Annotated[FolderUrl, Field(description="The address of the folder in which the feeds stand")]]
    audiences: NotRequired[
        Annotated[
            dict[AudienceName, Annotated[list[EventKind], Field(min_length=1)]],
            Field(
                description="Which events go to whom, if not the default: all, municipality, partnership, opr, "
                "griffie, one party by its code, or a name of your own"
            ),
        ]
    ]


@_strict
class MemoEntry(TypedDict):
    """The pieces that are made of the region."""

    headings: NotRequired[
        Annotated[
            dict[MemoType, Annotated[dict[MemoSection, Text], Field(min_length=1)]],
            Field(description="Per type the sections in their order, each with its heading; others are left out"),
        ]
    ]


@_strict
class PolicyEntry(TypedDict):
    """What the region finds good enough."""

    min_window_days: NotRequired[Annotated[Days, Field(description="A shorter window does not count (10)")]]
    in_step_window_days: NotRequired[Annotated[Days, Field(description="The window that makes a plan in step (20)")]]
    in_step_coverage: NotRequired[
        Annotated[Share, Field(description="Lowest coverage from which it is in step (0.50)")]
    ]
    out_of_step_coverage: NotRequired[Annotated[Share, Field(description="Below this it is out of step (0.25)")]]
    parallel_share: NotRequired[Annotated[Share, Field(description="Shared days from which plans run parallel (0.70)")]]
    goal: NotRequired[Literal["settled", "parallel"]]
    formation_quantiles: NotRequired[
        Annotated[
            Quantiles,
            Field(description="Shares of the colleges formed: possible, likely, certain (0.1, 0.5, 0.9)"),
        ]
    ]
    formation_days: NotRequired[
        Annotated[
            FormationDays,
            Field(description="In their place: days after polling day until there is a college, as they stand"),
        ]
    ]


@_strict
class RegionFile(TypedDict):
    """A region of municipalities and partnerships that plan together (cycleplan)."""

    region: Annotated[Slug, Field(description="The region's id")]
    name: Annotated[Text, Field(description="What people call the region")]
    language: NotRequired[Literal["nl", "en"]]
    revised: Annotated[Day, Field(description="The day of the last edit; calendars date their changes by it")]
    calendar: NotRequired[CalendarEntry]
    municipalities: NotRequired[list[MunicipalityEntry]]
    partnerships: NotRequired[list[PartnershipEntry]]
    procedure: NotRequired[Annotated[ProcedureEntry, Field(description="For partnerships without one of their own")]]
    plans: NotRequired[Annotated[list[PlanEntry], Field(description="Plans of the region as a whole")]]
    kinds: NotRequired[Annotated[list[KindEntry], Field(description="The region's own kinds of plan")]]
    agreements: NotRequired[list[AgreementEntry]]
    memo: NotRequired[MemoEntry]
    policy: NotRequired[PolicyEntry]


@cache
def adapter() -> TypeAdapter[RegionFile]:
    """The reader of a whole file."""
    return TypeAdapter(RegionFile)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a region file."""
    schema = adapter().json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "cycleplan region"}


def keys_at(path: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand in the mapping at *path* of a file; empty if any may."""
    kind: Any = RegionFile
    for part in path:
        kind = _inner(kind)
        if isinstance(part, int):
            kind = get_args(kind)[0] if get_origin(kind) is list else kind
        elif isinstance(kind, type) and hasattr(kind, "__annotations__"):
            kind = get_type_hints(kind, include_extras=True).get(part)
        else:
            return []
    kind = _inner(kind)
    return list(get_type_hints(kind)) if isinstance(kind, type) and hasattr(kind, "__annotations__") else []


def _inner(kind: Any) -> Any:
    while get_origin(kind) in (Annotated, NotRequired):
        kind = get_args(kind)[0]
    return kind
