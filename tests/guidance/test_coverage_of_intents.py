"""Every intent of the domain leads to something that can be said, and every answer file belongs to an intent."""

import yaml

from naast.guidance.library import GUIDANCE, load

LIBRARY = load()
DOMAIN = yaml.safe_load((GUIDANCE.parent / "domain.yml").read_text())
SHORT_ANSWERS = {"affirm", "deny", "restart", "delete_my_data", "ask_rephrase"}
SAFETY = {"report_suicidal_risk", "report_immediate_danger", "child_speaking"}
BY_OTHER_MEANS = SHORT_ANSWERS | SAFETY | {"report_sextortion", "report_image_spread", "ask_next_steps"}


def rules():
    for path in (GUIDANCE.parent / "data" / "rules").glob("*.yml"):
        for rule in yaml.safe_load(path.read_text())["rules"]:
            yield rule["steps"][0]["intent"], rule["steps"][1]["action"]


def test_every_intent_has_one_rule():
    intents = [intent for intent, _ in rules()]
    assert sorted(intents) == sorted([*DOMAIN["intents"], "nlu_fallback"])
    assert {action for _, action in rules()} <= set(DOMAIN["actions"])


def test_advice_files_and_intents_match():
    assert set(LIBRARY.advice) == set(DOMAIN["intents"]) - BY_OTHER_MEANS
    assert set(LIBRARY.safety) >= SAFETY


def test_no_fact_influences_the_conversation():
    for name, slot in DOMAIN["slots"].items():
        assert slot["influence_conversation"] is False, name
    for entity in DOMAIN["entities"]:
        assert list(entity.values()) == [{"influence_conversation": False}], entity
