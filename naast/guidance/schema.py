"""The shape of what an editor may write in `guidance/`; anything else is an error with file and line.

Lengths are characters after numbers and names of contacts are filled in. The house rules behind them
(one to three bubbles, 280 characters, a source per item) are in docs/guidance.md.
"""

from __future__ import annotations

import datetime
from typing import Any, Dict, List, Literal, Optional, Union

import pydantic

MAX_BUBBLES = 3
MAX_CHARACTERS = 280
MAX_BUTTONS = 4
MAX_BUTTON_TITLE = 32

FactValue = Union[pydantic.StrictBool, pydantic.StrictInt, str]
Condition = Dict[str, Union[FactValue, List[FactValue]]]


Attachment = Literal["plan", "preparation", "calendar"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Strict(pydantic.BaseModel):
    class Config:
        extra = "forbid"
        allow_mutation = False


class Button(Strict):
    """A quick reply. Pressing it says `intent`, and the facts in `set`, on the parent's behalf."""

    title: pydantic.constr(min_length=2, max_length=MAX_BUTTON_TITLE)
    intent: str
    set: Dict[str, Any] = {}


class Citation(Strict):
    """Where an item comes from: a source of sources.yml and, for the article, the passage."""

    id: str
    passage: Optional[str] = None


class Item(Strict):
    """One thing Naast can say. `when` must hold and `unless` must not, both over the facts."""

    id: pydantic.constr(regex=r"^[a-z0-9_.]+$")
    title: str
    when: Condition = {}
    unless: Condition = {}
    text: pydantic.conlist(str, min_items=1, max_items=MAX_BUBBLES)
    simpler: Optional[pydantic.conlist(str, min_items=1, max_items=MAX_BUBBLES)] = None
    buttons: pydantic.conlist(Button, max_items=MAX_BUTTONS) = []
    contacts: List[str] = []
    asks: Optional[str] = None
    attachment: Optional[Attachment] = None
    source: pydantic.conlist(Citation, min_items=1)
    verified_on: Optional[datetime.date]


class Step(Item):
    """A step of the plan. It counts as done when every fact in `done_when` holds."""

    done_when: Condition
    done_title: str


class Outcome(Strict):
    """What follows from an answer to a question: facts to remember, values that leave a list again, and the item
    (`group/name`) to say."""

    set: Dict[str, Any] = {}
    unset: Dict[str, List[str]] = {}
    say: Optional[str] = None


class ShortAnswer(Strict):
    """Words that answer a question: "geld", "ze zegt van niet". They settle the facts in `set`, or mean yes or no."""

    words: pydantic.conlist(str, min_items=1)
    set: Dict[str, Any] = {}
    means: Optional[Literal["yes", "no"]] = None


class Question(Strict):
    """A question Naast may ask once, and how "ja", "nee", "weet ik niet" and short answers are read after it.

    `fills` names the fact that answers it: once the fact is known the question is never asked.
    """

    id: str
    fills: Optional[str] = None
    text: str
    buttons: pydantic.conlist(Button, max_items=MAX_BUTTONS) = []
    on_yes: Outcome
    on_no: Outcome
    on_unsure: Outcome = Outcome()
    answers: List[ShortAnswer] = []
    when: Condition = {}
    unless: Condition = {}


class Stop(Strict):
    """A place in the plan: this step comes here when `when` holds. The first place of a step counts.

    Where the plan would grow too long, `optional` steps are left out, the last ones first."""

    step: str
    when: Condition = {}
    unless: Condition = {}
    optional: bool = False


class Takeaway(Strict):
    """The words of what a parent takes away. `known` names the facts that the sheet for a report fills in."""

    plan_title: str
    plan_name: str
    preparation_title: str
    preparation_name: str
    calendar_name: str
    made_on: str
    danger: str
    always: List[str]
    call: str
    sources: str
    privacy: str
    known_title: str
    nothing_known: str
    known: Dict[str, str]
    fill_in_title: str
    fill_in: List[str]
    bring_title: str
    bring: List[str]
    reminder_title: str
    reminder_text: str


class InEnglish(Strict):
    """What is said of a helpline's English, by what we know of it."""

    line: str
    website: str
    unknown: str


class InBelgium(Strict):
    """The words around a Belgian number that stands behind a Dutch one: "of in België bel je bij spoed 101"."""

    place: List[str]
    or_word: str
    verbs: List[str]
    article: List[str]
    hours: List[str]
    urgent: List[str]


class Wording(Strict):
    """Loose words: names of values in a sentence, the summary, short answers that mean "weet ik niet",
    and first words that take something back. `never` are regular expressions that no text may hold;
    `one_country` finds the other country's numbers (naast/guidance/countries.py)."""

    language_name: str
    language_button: pydantic.constr(min_length=2, max_length=MAX_BUTTON_TITLE)
    english: Optional[InEnglish] = None
    never: List[str]
    one_country: "InBelgium"
    own_age: List[str]
    tells: List[str]
    to_the_child: List[str]
    of_the_child: List[str]
    my_child: List[str]
    of_the_case: List[str]
    i_would_say: List[str]
    no_place: List[str]
    with_the_child: List[str]
    whereabouts: List[str]
    asking: List[str]
    is_it_so: List[str]
    believing: List[str]
    negations: List[str]
    child_said_no: List[str]
    asked_to_live: List[str]
    child_meant_it: List[str]
    child_was_asked: List[str]
    absurd_to_the_child: List[str]
    did_it_already: List[str]
    reproaching: List[str]
    left_alone: List[str]
    in_a_room: List[str]
    he: List[str]
    she: List[str]
    also: List[str]
    own_child: List[str]
    another_person: List[str]

    summary: str
    and_word: str
    parts: List["SummaryPart"]
    values: Dict[str, Dict[str, str]]
    unsure: List[str]
    places: List[str]
    correcting: List[str]
    taking_back: List[str]
    doubting: List[str]
    disbelief: List[str]
    intents: Dict[str, str]
    done_mark: str
    open_mark: str
    done_count: str
    more_count: str
    confirmation: str
    opening: Dict[Literal["open", "closed", "unknown"], str]
    feelings: Dict[str, str]
    addressed: Dict[str, Dict[str, str]]
    takeaway: Takeaway


class SummaryPart(Strict):
    """One piece of the summary, said when `when` holds; `{fact}` is filled with the fact's wording."""

    when: Condition
    text: str


Wording.update_forward_refs()


class Opening(Strict):
    """On these days, from and to these times; without times the days are all that is known."""

    days: pydantic.conlist(Day, min_items=1)
    opens: Optional[datetime.time] = None
    closes: Optional[datetime.time] = None


class Contact(Strict):
    """A helpline. `open` is `always`, a list of days and times, or null where we do not know, and then say so.
    `english`: what of it is in English, as far as we know."""

    id: str
    name: str
    country: Literal["nl", "be", "both"]
    phone: Optional[str]
    url: Optional[str]
    open: Union[Literal["always"], List[Opening], None]
    english: Optional[Literal["line", "website"]] = None
    what_happens: str
    source: str
    verified_on: Optional[datetime.date]
    review_by: datetime.date


class Source(Strict):
    id: str
    title: str
    publisher: str
    url: Optional[str]
    published_on: Optional[datetime.date] = None
    read_on: Optional[datetime.date]
    passages: Dict[str, str] = {}


class Advice(Strict):
    """One piece of the article's advice, the item that gives it, and messages that reach it."""

    what: str
    passage: str
    item: str
    say: pydantic.conlist(str, min_items=1)


class Foreign(Strict):
    """What is said in a language that Naast does not speak: what it can and cannot do, the numbers, where help is;
    `safety` instead where a life may be in danger. `name` is the language's own."""

    name: str
    here: str
    help: str
    safety: str
