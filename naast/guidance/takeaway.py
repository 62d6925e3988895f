"""What the parent takes away: the plan and a sheet for the report, as plain text and as a page to print.

Neither holds a name, an age or a word the parent typed: only what kind of case it is, and what to do.
"""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any, Dict, List, Mapping

import jinja2

from naast.guidance.calendar import reminders
from naast.guidance.library import Library
from naast.guidance.plan import plan
from naast.guidance.rendering import contact_text, render
from naast.guidance.schema import Attachment
from naast.guidance.summary import worded

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=jinja2.select_autoescape(["html"]),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
IDENTIFYING = ("child_relation", "child_age")
"""Facts that say something about who the child is; they stay out of anything that is kept or printed."""


@dataclasses.dataclass(frozen=True)
class File:
    """A file to take away: its name, its media type, and what it holds."""

    name: str
    type: str
    text: str


@dataclasses.dataclass(frozen=True)
class _Line:
    title: str
    done: bool
    texts: List[str]
    contacts: List[str]
    sources: List[str]


def _lines(library: Library, facts: Mapping[str, Any]) -> List[_Line]:
    return [
        _Line(
            title=entry.step.done_title if entry.done else entry.step.title,
            done=entry.done,
            texts=[render(text, library.contacts) for text in entry.step.text],
            contacts=[contact_text(library.contacts[name], None) for name in entry.step.contacts],
            sources=[library.sources[citation.id].publisher for citation in entry.step.source],
        )
        for entry in plan(library, facts)
    ]


def _known(library: Library, facts: Mapping[str, Any]) -> Dict[str, str]:
    """What the sheet for the report can fill in already, by the names of its lines."""
    words = {}
    for name, line in library.wording.takeaway.known.items():
        value = facts.get(name)
        if value in (None, []) or name in IDENTIFYING:
            continue
        words[line] = worded(library.wording, name, value)
    return words


def files(library: Library, which: Attachment, facts: Mapping[str, Any], today: datetime.date) -> List[File]:
    """The files of an attachment: the plan and the sheet as text and as a page to print, the reminders as .ics."""
    wording = library.wording.takeaway
    if which == "calendar":
        return [File(f"{wording.calendar_name}.ics", "text/calendar", reminders(library, today))]
    emergency = [contact_text(library.contacts[name], None) for name in wording.always]
    if which == "plan":
        name, values = wording.plan_name, {"title": wording.plan_title, "lines": _lines(library, facts)}
    else:
        name, values = wording.preparation_name, {"title": wording.preparation_title, "known": _known(library, facts)}
    values.update(language=library.language, wording=wording, today=today, emergency=emergency)
    return [
        File(f"{name}.{ending}", media_type, TEMPLATES.get_template(f"{which}.{ending}").render(values))
        for ending, media_type in (("txt", "text/plain"), ("html", "text/html"))
    ]
