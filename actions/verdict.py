"""The intent of a message as the conversation takes it: what the model said, read against everything else it found."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Text, Tuple

from actions.speaking import companion

DANGER = "report_immediate_danger"
SAFETY_INTENTS = ("report_suicidal_risk", DANGER)
NOT_ABOUT_THE_CASE = {"restart", "out_of_scope", "greet", "ask_capabilities", "bot_challenge"}
CASE_FACTS = ("demands", "paid", "spread", "complied", "contact_cut")
"""Said only by someone in whose family it happens."""
FALLBACK = "nlu_fallback"
GROWN_UP = 18
SURELY_THE_CHILD = 0.9
"""Below this whoever spoke or answered as a parent is not taken for the child."""
PROBABLY_FORWARDED = 0.6
"""Below this a parent who told of a case before does not tell that the child forwarded something."""
PROBABLY_THE_CHILD = 0.5
"""Below this nobody is."""
WEAK_ALARM = 0.98
"""Below this `safety_score` an alarm that no pattern confirms is asked about, with the numbers, instead of acted on."""
OWN_VIOLENCE = "goes_after_the_offender"
"""So ends the name of a pattern of violence against the offender (naast/understanding/safety/patterns)."""
GROWN_UPS = ("adult", "grandparent", "professional", "relative")


def by_pattern(message: Dict[Text, Any]) -> bool:
    """True when a pattern sees danger, and not only the classifiers."""
    return any(layer["layer"] == "pattern" for layer in _layers(message))


def signs_seen(message: Dict[Text, Any]) -> Tuple[Text, ...]:
    """The patterns of danger that the message holds, by name."""
    return tuple(layer.get("id") or "" for layer in _layers(message) if layer["layer"] == "pattern")


def is_own_violence(message: Dict[Text, Any]) -> bool:
    """True where every pattern that sees danger sees the parent, or somebody for the parent, go to the offender."""
    patterns = [layer["id"] or "" for layer in _layers(message) if layer["layer"] == "pattern"]
    return bool(patterns) and all(name.endswith(OWN_VIOLENCE) for name in patterns)


def is_weak_alarm(message: Dict[Text, Any]) -> bool:
    """True when only the classifiers see danger, and not by far. A button has no layers: it is meant as it says."""
    seen = bool(_layers(message)) and not by_pattern(message)
    return seen and (message.get("safety_score") or 1.0) < WEAK_ALARM


def calm_verdict(ranking: List[Dict[Text, Any]]) -> Tuple[Text, float]:
    """What a message is where it is no sign of danger."""
    named = next((each for each in ranking if each["name"] not in SAFETY_INTENTS), {})
    return named.get("name") or FALLBACK, named.get("confidence") or 0.0


def _layers(message: Dict[Text, Any]) -> list[Dict[Text, Any]]:
    return (message.get("safety") or {}).get("layers") or []


def _says_own_age(text: Text, language: Text) -> bool:
    """ "Ik ben nu 13": the writer's own age in a few words of the language."""
    phrases = "|".join(re.escape(phrase) for phrase in companion(language).library.wording.own_age)
    return bool(re.search(rf"(?i)\b(?:{phrases}) \d{{1,2}}\b", text))


def verdict(
    message: Dict[Text, Any], weak_alarm: bool, spoke_as_parent: bool, new_facts: Dict[Text, Any], language: Text
) -> Tuple[Text, float]:
    """The intent and its confidence, read against what else the message says: of a weak alarm the calm verdict behind
    it; of "mijn zoon ..." never that the son is writing."""
    named = message.get("intent") or {}
    intent, confidence = named.get("name") or FALLBACK, named.get("confidence") or 0.0
    if weak_alarm:
        intent, confidence = calm_verdict(message["intent_ranking"])
    if intent == DANGER and not by_pattern(message) and "life_ruined" in new_facts.get("circumstance", []):
        return "report_suicidal_risk", confidence  # "mijn leven is verpest", behind a locked door: 113 as well as 112
    if intent == "report_child_forwarded" and "complied" in new_facts:
        return "report_sextortion", confidence  # "ze heeft er nog een gestuurd": of herself, to the offender
    unlikely = confidence < PROBABLY_FORWARDED and "child_forwarded" not in new_facts.get("circumstance", [])
    if intent == "report_child_forwarded" and unlikely and spoke_as_parent:
        return "report_sextortion", confidence  # "zijn begeleider zit bij hem" answers where the child is
    if intent == "child_speaking" and new_facts.get("writer") in GROWN_UPS:
        return "report_sextortion", confidence
    own_age = _says_own_age(message.get("text") or "", language) and (new_facts.get("child_age") or GROWN_UP) < GROWN_UP
    if intent == "child_speaking" and own_age:
        return intent, confidence  # "ik ben 13 en een jongen op snap ...": that boy is no son
    if intent == "child_speaking" and new_facts.get("child_relation") in ("son", "daughter"):
        return "report_sextortion", confidence
    if intent == "child_speaking" and confidence < (SURELY_THE_CHILD if spoke_as_parent else PROBABLY_THE_CHILD):
        intent = FALLBACK
    if intent == FALLBACK and new_facts.keys() & set(CASE_FACTS):
        return "report_sextortion", confidence  # whoever tells of the case is answered, not asked what was meant
    return intent, confidence
