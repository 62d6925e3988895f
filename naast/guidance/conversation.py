"""What to say next, from the facts and the state of the conversation. Pure: state in, reply out.

It knows how a case goes on: one thing that is still unknown and changes the advice, then the plan. What comes before
that, safety first, is decided in actions/base.py.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List, Mapping, Optional, Sequence

from naast.guidance.choosing import applies, choose, known_about
from naast.guidance.countries import OneCountry
from naast.guidance.hours import is_open, now
from naast.guidance.library import Library, variants_of
from naast.guidance.payloads import as_payload, payload
from naast.guidance.plan import PlannedStep, next_step, overview, plan
from naast.guidance.rendering import addressed_to, placeholders, render
from naast.guidance.schema import MAX_BUBBLES, MAX_BUTTONS, MAX_CHARACTERS, Attachment, Button, Contact, Item, Question
from naast.guidance.summary import confirmation, summarise
from naast.guidance.takeaway import files

TICKS = "ask_next_steps"
"""What a ticked step is said with: no yes and no no, so that any step may be ticked, whatever question is open."""


@dataclasses.dataclass(frozen=True)
class Situation:
    """What is known when an answer is composed: the facts, and what was said and asked before."""

    facts: Mapping[str, Any]
    told: Sequence[str] = ()
    asked: Sequence[str] = ()

    @property
    def known(self) -> Dict[str, Any]:
        """All that a condition in the guidance can look at: facts and what follows from them, `told`, and `last` (the
        item said last)."""
        return {**known_about(self.facts), "told": list(self.told), "last": self.told[-1] if self.told else None}


@dataclasses.dataclass
class Bubble:
    """One message: text, and what rides along."""

    text: str
    buttons: List[Button] = dataclasses.field(default_factory=list)
    contacts: List[str] = dataclasses.field(default_factory=list)
    attachment: Optional[Attachment] = None
    plan: Sequence[PlannedStep] = ()
    item: Optional[str] = None


@dataclasses.dataclass
class Reply:
    """An answer: at most three bubbles, the items told, the question it leaves open, the intents that were asked and
    still wait for an answer, and the question to which it takes the message for a yes."""

    bubbles: List[Bubble] = dataclasses.field(default_factory=list)
    told: List[str] = dataclasses.field(default_factory=list)
    open_question: Optional[str] = None
    waiting: List[str] = dataclasses.field(default_factory=list)
    confirms: Optional[str] = None


def _shown(entry: PlannedStep) -> str:
    return entry.step.done_title if entry.done else entry.step.title


def _as_data(entry: PlannedStep) -> Dict[str, Any]:
    """A step for a channel to show; an open one with what to say where it is ticked off, as a button says it."""
    shown = {"title": _shown(entry), "done": entry.done}
    if entry.done:
        return shown
    return {**shown, "tick": {"title": entry.step.done_title, "payload": as_payload(TICKS, entry.step.done_when)}}


class Companion:
    """Composes replies out of a library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._one_country = OneCountry(library.contacts, library.wording.one_country)

    def fill(self, text: str, situation: Situation, values: Optional[Dict[str, str]] = None) -> str:
        """A text with numbers, names and facts filled in; of two countries only the one that is known."""
        known = {
            "summary": summarise(self.library, situation.facts),
            "confirmation": confirmation(self.library, situation.facts),
            "feeling": self.library.wording.feelings[situation.facts.get("feeling") or "default"],
            "language": "",
            **(values or {}),
        }
        text = self._one_country.text(text, situation.facts.get("country"))
        for name, part in placeholders(text):
            if part == "now":
                known[f"{name}.now"] = self._opening(name)
        filled = render(text, self.library.contacts, known).strip()
        return addressed_to(self.library.wording.addressed.get(situation.facts.get("writer") or "", {}), filled)

    def limit_cards(self, reply: Reply, situation: Situation) -> None:
        """At most a few contacts as cards in a reply, each once, and none of another country."""
        named = [name for bubble in reply.bubbles for name in bubble.contacts]
        left = self._one_country.cards(named, situation.facts.get("country"))
        for bubble in reply.bubbles:
            bubble.contacts = [name for name in bubble.contacts if name in left]
            left = [name for name in left if name not in bubble.contacts]

    def _opening(self, contact: str) -> str:
        """Whether a helpline is open at this moment, in words; that we do not know it is said too."""
        state = {True: "open", False: "closed", None: "unknown"}[is_open(self.library.contacts[contact], now())]
        return self.library.wording.opening[state]

    def custom(self, bubble: Bubble, situation: Situation) -> Optional[Dict[str, Any]]:
        """What rides along with a bubble's text, as data that each channel shows its own way: contacts with phone and
        link, those that are open now first, the plan as a list, or files to take away."""
        if bubble.attachment:
            made = files(self.library, bubble.attachment, situation.facts, now().date())
            kind = "calendar" if bubble.attachment == "calendar" else "attachment"
            return {"kind": kind, "files": [dataclasses.asdict(each) for each in made]}
        if bubble.plan:
            steps = [_as_data(entry) for entry in bubble.plan]
            return {"kind": "plan", "lead": bubble.text.split("\n")[0], "steps": steps}
        if not bubble.contacts:
            return None
        moment = now()
        contacts = [
            {
                **each.dict(include={"id", "name", "phone", "url"}),
                "what_happens": self._what_happens(each),
                "open_now": is_open(each, moment),
            }
            for each in (self.library.contacts[name] for name in bubble.contacts)
        ]
        return {"kind": "contact", "contacts": sorted(contacts, key=lambda each: each["open_now"] is False)}

    def _what_happens(self, contact: Contact) -> str:
        """What to expect of a helpline, and in which language where that is not the first one."""
        english = self.library.wording.english
        if english is None:
            return contact.what_happens
        return f"{contact.what_happens} {getattr(english, contact.english or 'unknown')}"

    def pick(self, name: str, situation: Situation) -> Item:
        """The variant of `group/name` that applies.

        Raises:
            KeyError: there is no such group and name.
        """
        variants = variants_of(self.library, name)
        return choose(variants, situation.known) or variants[-1]

    def say(
        self,
        reply: Reply,
        item: Item,
        situation: Situation,
        *,
        simpler: bool = False,
        limit: int = MAX_BUBBLES,
        values: Optional[Dict[str, str]] = None,
    ) -> Reply:
        """Add an item's bubbles, as many as there is room for."""
        texts = (item.simpler or item.text) if simpler else item.text
        room = min(limit, MAX_BUBBLES - len(reply.bubbles))
        added = [Bubble(self.fill(text, situation, values), item=item.id) for text in texts[:room]]
        added = [bubble for bubble in added if bubble.text]
        if added:
            added[-1].buttons = list(item.buttons)
            added[-1].contacts = list(item.contacts)
            added[-1].attachment = item.attachment
            reply.bubbles += added
            reply.told.append(item.id)
            if item.asks:
                reply.open_question = item.asks
        return reply

    def say_short(self, reply: Reply, item: Item, situation: Situation) -> Reply:
        """Add an item as one bubble: as many of its simple texts as fit."""
        text = ""
        for each in item.simpler or item.text:
            longer = f"{text} {self.fill(each, situation)}".strip()
            if len(longer) > MAX_CHARACTERS:
                break
            text = longer
        reply.bubbles.append(Bubble(text, list(item.buttons), list(item.contacts), item=item.id))
        reply.told.append(item.id)
        return reply

    def ask(self, reply: Reply, question: Question, situation: Situation) -> Reply:
        """Add a question as the last bubble; a bubble before it loses its buttons, so that one thing is asked."""
        if len(reply.bubbles) >= MAX_BUBBLES:
            reply.bubbles = reply.bubbles[: MAX_BUBBLES - 1]
        for bubble in reply.bubbles:
            bubble.buttons = []
        reply.bubbles.append(
            Bubble(self.fill(question.text, situation), buttons=list(question.buttons), item=f"question.{question.id}")
        )
        reply.open_question = question.id
        return reply

    def unanswered(self, situation: Situation) -> Optional[Question]:
        """The first question that still changes the advice: it applies, its fact is unknown, it was not asked."""
        known = {**situation.known, "summarised": bool(summarise(self.library, situation.facts))}
        for name in self.library.question_order:
            question = self.library.questions[name]
            if name in situation.asked or not applies(question, known):
                continue
            if question.fills and situation.facts.get(question.fills) not in (None, []):
                continue
            return question
        return None

    def carry_on(self, reply: Reply, situation: Situation) -> Reply:
        """Go on with the case: ask what is still unknown, else show the plan and its next step."""
        question = self.unanswered(situation)
        if question:
            return self.ask(reply, question, situation)
        return self.show_plan(reply, situation)

    def show_plan(self, reply: Reply, situation: Situation, simpler: bool = False) -> Reply:
        """Add the plan in one bubble and the next step in one or two; or that all are done."""
        planned = plan(self.library, situation.known)
        step = next_step(planned)
        if len(reply.bubbles) < MAX_BUBBLES - 1:
            lead = self.pick("journey/plan", situation)
            self.say(reply, lead, situation, limit=1, values={"plan": overview(self.library, planned)})
            reply.bubbles[-1].plan = planned
        if step is None:
            return self.say(reply, self.pick("journey/plan_done", situation), situation)
        self.say(reply, step, situation, simpler=simpler)
        reply.open_question = f"step.{step.id}"
        return reply

    def offer_answers(self, reply: Reply, asked: Sequence[str]) -> Reply:
        """Offer what was asked beside the main thing as buttons, before suggestions of Naast itself. Under a question
        it waits for its turn, and so does what finds no room beside the answers to a step."""
        titles = self.library.wording.intents
        answered = {item.split(".")[0] for item in reply.told}
        left = [name for name in asked if name in titles and name not in answered]
        if reply.open_question in self.library.questions or not reply.bubbles:
            room = 0
        else:
            room = MAX_BUTTONS - (len(reply.bubbles[-1].buttons) if reply.open_question else 0)
        reply.waiting = left[room:]
        if left[:room]:
            last = reply.bubbles[-1]
            own, last.buttons = last.buttons, [Button(title=titles[name], intent=name) for name in left[:room]]
            self.offer(reply, own)
        return reply

    def offer(self, reply: Reply, buttons: Sequence[Button], most: int = MAX_BUTTONS) -> Reply:
        """Add buttons to the last bubble, without doubles, as many as there is room for."""
        if reply.bubbles:
            last = reply.bubbles[-1]
            present = {payload(button) for button in last.buttons}
            for button in buttons:
                if payload(button) not in present and len(last.buttons) < most:
                    last.buttons.append(button)
                    present.add(payload(button))
        return reply

    def offer_beside(self, reply: Reply, buttons: Sequence[Button]) -> Reply:
        """The same for what is no answer to anything, such as another language: it takes no room from the answers."""
        return self.offer(reply, buttons, MAX_BUTTONS + len(buttons))
