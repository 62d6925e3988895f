"""One turn as the actions see it: what was said now, what is known, what was asked and told before."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List, Optional, Text, Tuple

from rasa_sdk import Tracker

from actions.another import said_of_others
from actions.facts import LIST_FACTS, SCALAR_FACTS, before_this_message, listed
from actions.language import asks_for_language, language_of
from actions.pronouns import meant
from actions.speaking import companion
from actions.verdict import (
    CASE_FACTS,
    DANGER,
    FALLBACK,
    NOT_ABOUT_THE_CASE,
    SAFETY_INTENTS,
    by_pattern,
    is_own_violence,
    is_weak_alarm,
    signs_seen,
    verdict,
)
from naast.guidance.conversation import Situation

REPORTS = {"report_sextortion", "report_image_spread"}
DOUBT = 0.3
"""Below this confidence the verdict was right for one message in four on held-out messages (docs/understanding.md)."""
OFF_TOPIC = 0.6
"""Below this an off-topic verdict behind an open question is read as an answer to it."""
GREETING_WORDS = 4
CHANGES = {
    "spread": {True},
    "complied": {True},
    "circumstance": {"came_back", "deadline", "live_now", "violence_threatened", "received", "life_ruined", "silent"},
    "demands": {"images", "sexual_acts", "criminal_acts", "meeting", "self_harm"},
}
"""What, newly said, can turn a "nee, dat wil mijn kind niet" into a "ja"."""
BLAMES = 0.9
"""From here on blame is met where a message does other things too; below, parents who blame nobody would hear of it."""
SURE = 0.6
"""From here on four of five acts found beside the main one are really there (naast/understanding/acts)."""
OUT_OF_DANGER = (
    *("danger_passed", "child_is_safe", "accompanied", "at_hospital", "child_someone.yes"),
    *("help_is_here", "sleeps_now", "stays_away", "stopped_live", "wounded"),
)
ERASE = "delete_my_data"
CALLED = ("emergency_called", "police_at_home")


@dataclasses.dataclass
class Turn:
    """Facts include those of this message; `new_facts` are the ones this message brought."""

    intent: Text
    confidence: float
    is_button: bool
    weak_alarm: bool
    denies_danger: bool
    says_unsure: bool
    by_pattern: bool
    is_own_violence: bool
    topic_spans: List[Tuple[int, int, Text]]
    text: Text
    ranking: List[Dict[Text, Any]]
    facts: Dict[Text, Any]
    new_facts: Dict[Text, Any]
    facts_before: Dict[Text, Any]
    blames_child: bool
    safety_doubt: bool
    safety_score: float
    open_question: Optional[Text]
    told: List[Text]
    asked: List[Text]
    asked_before: List[Text]
    also_asked: List[Text]
    surely_asked: List[Text]
    certainty: Dict[Text, float]
    language: Text
    asks_for_language: bool
    changes_language: bool
    says_it_is_wrong: bool = False
    shows_numbers: bool = False
    signs: Tuple[Text, ...] = ()

    @classmethod
    def from_tracker(cls, tracker: Tracker) -> "Turn":
        message = tracker.latest_message
        entities = message.get("entities") or []
        language, spoken_before = language_of(tracker)
        facts = {name: tracker.get_slot(name) for name in SCALAR_FACTS}
        # A Flemish website says where its parents live; what a parent says replaces it.
        facts["country"] = facts["country"] or (message.get("metadata") or {}).get("region")
        new_facts: Dict[Text, Any] = {
            entity["entity"]: entity["value"] for entity in entities if entity["entity"] in SCALAR_FACTS
        }
        facts_before = before_this_message(tracker)
        retracted = {entity["value"] for entity in entities if entity["entity"] == "retracted"}
        for name in LIST_FACTS:
            said = [entity["value"] for entity in entities if entity["entity"] == name]
            before = tracker.get_slot(name) or []
            # A list grows over the conversation; only what the parent takes back leaves it.
            facts[name] = [value for value in dict.fromkeys([*before, *said]) if value not in retracted]
            if said:
                new_facts[name] = said
        facts["blame_kind"] = message.get("blame_kind")
        open_question = tracker.get_slot("open_question")
        for name in said_of_others(
            message.get("text") or "", entities, new_facts, facts_before, open_question, language
        ):
            del new_facts[name]
            facts[name] = facts_before.get(name)
        weak_alarm = is_weak_alarm(message)
        asked = list(tracker.get_slot("asked") or [])
        spoke_as_parent = bool(facts_before.get("child_relation")) or "child_safe" in asked
        intent, confidence = verdict(message, weak_alarm, spoke_as_parent, new_facts, language)
        if intent == "child_speaking":
            facts["writer"] = "child"
        return cls(
            intent=intent,
            confidence=confidence,
            is_button=(message.get("text") or "").startswith("/"),
            weak_alarm=weak_alarm,
            denies_danger=bool(message.get("safety_denied")),
            says_unsure=any(entity["entity"] == "unsure" for entity in entities),
            by_pattern=by_pattern(message),
            is_own_violence=is_own_violence(message),
            topic_spans=meant(_topic_spans(entities), facts, list(tracker.get_slot("told") or [])),
            text=message.get("text") or "",
            ranking=message.get("intent_ranking") or [],
            facts=facts,
            new_facts=new_facts,
            facts_before=facts_before,
            blames_child=any(
                entity["entity"] == "blames_child" and entity.get("confidence_entity", 1.0) >= BLAMES
                for entity in entities
            ),
            safety_doubt=bool(message.get("safety_doubt")),
            safety_score=float(message.get("safety_score") or 0.0),
            open_question=open_question,
            told=list(tracker.get_slot("told") or []),
            asked=asked,
            asked_before=list(asked),
            also_asked=_still_to_answer(tracker, intent),
            certainty={
                **{act["intent"]: act["confidence"] for act in message.get("also_asked") or []},
                intent: confidence,
            },
            surely_asked=[act["intent"] for act in message.get("also_asked") or [] if act["confidence"] >= SURE],
            language=language,
            asks_for_language=asks_for_language(message),
            changes_language=spoken_before is not None and spoken_before != language,
            signs=signs_seen(message),
        )

    @property
    def topics(self) -> List[Text]:
        """What the message may be about, in order."""
        return list(dict.fromkeys(topic for _, _, topic in self.topic_spans))

    @property
    def called_emergency(self) -> bool:
        """True where 112 was called since danger was last told of."""
        return self._last_told(DANGER, *CALLED).startswith(CALLED)

    @property
    def situation(self) -> Situation:
        return Situation(self.facts, self.told, self.asked)

    @property
    def child_writes(self) -> bool:
        return self.facts.get("writer") == "child"

    @property
    def is_foreign(self) -> bool:
        """True in a language that Naast does not speak, and has a few sentences of."""
        return self.language in companion(self.language).library.foreign

    @property
    def in_alarm(self) -> bool:
        """True where this message may speak of danger to life, surely or not."""
        return self.intent in SAFETY_INTENTS or self.weak_alarm or self.safety_doubt

    @property
    def is_denial(self) -> bool:
        """True where the message settles whether somebody wants to die. A child that was missing is not found by it."""
        beside = self.weak_alarm or self.child_writes or self.intent in SAFETY_INTENTS or self.in_danger
        return self.denies_danger and not beside and self.open_question != "practice"

    @property
    def in_danger(self) -> bool:
        """True from the moment danger was told of until it has passed, or somebody is with the child."""
        return self._last_told(DANGER, *OUT_OF_DANGER).startswith(DANGER)

    def was_told(self, *beginnings: Text) -> bool:
        """True where Naast said one of the items whose names begin so."""
        return bool(self._last_told(*beginnings))

    def _last_told(self, *beginnings: Text) -> Text:
        """The latest item that was said of those whose names begin so; empty where none was."""
        return next((item for item in reversed(self.told) if item.startswith(beginnings)), "")

    @property
    def guessed_danger(self) -> bool:
        """True where classifiers see danger, and no pattern does."""
        return self.intent == DANGER and not self.by_pattern

    @property
    def case_is_known(self) -> bool:
        """True once something was said of what the offender does or what was done about it."""
        if "child_safe" in self.asked or {self.intent, *self.also_asked} & REPORTS:
            return True
        told = any(self.facts.get(name) not in (None, []) for name in CASE_FACTS)
        return told or self.was_told("first_report", "child_speaking")

    @property
    def is_over(self) -> bool:
        """True of a case that stopped some time ago, and did not begin again."""
        circumstances = self.facts.get("circumstance") or []
        return "after" in circumstances and "came_back" not in circumstances

    @property
    def known_before(self) -> bool:
        """True where the case was told before this message, and where the child is was asked."""
        return "child_safe" in self.asked_before or self.was_told("first_report")

    @property
    def is_first_word(self) -> bool:
        """True where nothing was said by Naast yet: a first message has its own answer (first_report.py)."""
        return not self.told

    @property
    def erases(self) -> bool:
        """True where a message also asks to erase the conversation, whatever else it does: it may have to be quick."""
        asked = self.certainty.get(ERASE, 0.0) >= BLAMES and self.open_question != "practice"
        return asked and not (self.is_button or self.in_alarm or self.intent == ERASE)

    @property
    def changes(self) -> Dict[Text, Any]:
        """What this message says anew that calls for asking again how the child is. A first report is no change."""
        return {
            name: value
            for name, value in self.new_facts.items()
            if (set(listed(value)) - set(listed(self.facts_before.get(name)))) & CHANGES.get(name, set())
        }

    def take_nothing_over(self) -> None:
        """What was typed is meant for the child: it says nothing about the case, nor about who is writing."""
        self.facts.update({name: self.facts_before.get(name) for name in self.new_facts if name in SCALAR_FACTS})
        self.facts.update({name: list(self.facts_before.get(name) or []) for name in LIST_FACTS})
        self.facts["writer"] = self.facts_before.get("writer")
        self.intent, self.new_facts, self.also_asked = FALLBACK, {}, []

    @property
    def is_doubtful(self) -> bool:
        """True when the verdict is more likely wrong than right."""
        if self.new_facts.keys() & set(CASE_FACTS):
            return False  # whoever tells of the case is answered, not asked what was meant
        if self.changes and self.intent in NOT_ABOUT_THE_CASE:
            return True  # "er komt net een tweede profiel binnen" is news, whatever it was taken for
        if self.intent == "out_of_scope" and self.open_question:
            return self.confidence < OFF_TOPIC
        if self.intent in NOT_ABOUT_THE_CASE and self.case_is_known and len(self.text.split()) > GREETING_WORDS:
            return self.confidence < OFF_TOPIC  # "mentor gebeld, goeie vent" greets nobody
        return self.intent == FALLBACK or self.confidence < DOUBT

    def take_back(self, values: Dict[Text, List[Any]]) -> None:
        """Take values out of lists again."""
        for name, gone in values.items():
            self.facts[name] = [value for value in self.facts[name] if value not in gone]

    def settle(self, facts: Dict[Text, Any]) -> None:
        """Take facts over that an answer settles, so that what follows reckons with them."""
        for name, value in facts.items():
            if name in LIST_FACTS:
                self.facts[name] = list(dict.fromkeys([*self.facts[name], *value]))
            else:
                self.facts[name] = value


def _topic_spans(entities: List[Dict[Text, Any]]) -> List[Tuple[int, int, Text]]:
    """Where which topic is named, in order."""
    spans = [(each["start"], each["end"], each["value"]) for each in entities if each["entity"] == "topic"]
    return sorted(spans, key=lambda span: span[0])


def _still_to_answer(tracker: Tracker, intent: Text) -> List[Text]:
    """What this message asks beside its intent, then what earlier ones asked and got no answer yet."""
    now = [act["intent"] for act in tracker.latest_message.get("also_asked") or []]
    waiting = tracker.get_slot("also_asked") or []
    return [name for name in dict.fromkeys([*now, *waiting]) if name != intent]
