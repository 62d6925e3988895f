"""The plan, over thousands of combinations of facts: it never contradicts itself and never leaves out what protects."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from naast.guidance import plan_table, vocabulary
from naast.guidance.library import load
from naast.guidance.plan import MAX_STEPS, next_step, overview, plan
from naast.guidance.rendering import render
from naast.guidance.schema import MAX_CHARACTERS

LIBRARY = load()
VALUES = vocabulary.values(LIBRARY)
LISTS = ("platforms", "demands", "circumstance")
SINGLE = ("offender", "image_origin", "country", "writer", "risk_state", "paid", "complied", "spread")
SINGLE += ("contact_cut", "evidence_saved", "reported_helpwanted", "reported_police")
cases = st.fixed_dictionaries(
    {
        **{name: st.lists(st.sampled_from(sorted(VALUES[name])), unique=True, max_size=4) for name in LISTS},
        **{name: st.sampled_from([None, *sorted(VALUES[name], key=str)]) for name in SINGLE},
        "child_age": st.sampled_from([None, 5, 9, 11, 12, 15, 16, 17, 18, 30]),
    }
)
EVERYTHING_AT_ONCE = {
    **dict.fromkeys(SINGLE),
    "platforms": [],
    "demands": ["meeting"],
    "circumstance": ["mass_mail", "live_now", "home_unsafe"],
    "image_origin": "hacked",
    "risk_state": "signalled",
    "paid": True,
    "complied": True,
    "child_age": 18,
}
IN_DANGER = {"meeting", "self_harm"}
NEVER = re.compile(
    r"(?i)\b(betaal (het|toch|dan|maar)|maak het geld over|stuur (het|de) (beeld|foto|filmpje)s? (door|naar)|"
    r"vertel (het|dit) (aan )?niemand|houd (het|dit) geheim|doe geen aangifte|ga niet naar de politie)"
)


def names(case):
    return [entry.step.id.split(".")[0] for entry in plan(LIBRARY, case)]


def text_of(step):
    return [render(text, LIBRARY.contacts) for text in step.text]


@settings(max_examples=2000, deadline=None)
@given(cases)
@example(EVERYTHING_AT_ONCE)
def test_the_plan_never_contradicts_itself(case):
    planned = plan(LIBRARY, case)
    order = names(case)
    assert len(order) == len(set(order)) and 4 <= len(order) <= MAX_STEPS
    assert {"evidence", "contact", "police"} <= set(order)
    assert order.index("evidence") < order.index("contact")
    assert ("removal" in order) == (case["spread"] is True)
    assert ("removal" in order) != ("helpwanted" in order)
    assert ("stop_paying" in order) == (case["paid"] is True or "paid_partly" in case["circumstance"])
    assert ("stop_giving" in order) == (case["complied"] is True)
    for entry in planned:
        assert entry.step.source
        assert all(0 < len(text) <= MAX_CHARACTERS and not NEVER.search(text) for text in text_of(entry.step))
    lead = "Dit is de volgorde die nu past:\n"
    assert len(lead + overview(LIBRARY, planned)) <= MAX_CHARACTERS


@settings(max_examples=2000, deadline=None)
@given(cases)
def test_whoever_protects_comes_before_evidence_and_blocking(case):
    order = names(case)
    danger = IN_DANGER & set(case["demands"]) or case["offender"] == "family"
    if danger or {"violence_threatened", "live_now", "institution"} & set(case["circumstance"]):
        assert order.index("police") < order.index("evidence")
    if case["offender"] in ("acquaintance", "ex_partner"):
        assert order.index("police") < order.index("contact")
    if "live_now" in case["circumstance"]:
        assert order.index("stop_contact_now") < order.index("evidence")
    if case["risk_state"] == "signalled":
        assert order[0] == "stay_near"
    if "home_unsafe" in case["circumstance"] and case["writer"] != "child":
        assert order.index("safe_home") < min(order.index("police"), order.index("evidence"))


@settings(max_examples=1000, deadline=None)
@given(cases)
def test_doing_what_the_plan_says_ends_it(case):
    for _ in range(MAX_STEPS + 5):
        step = next_step(plan(LIBRARY, case))
        if step is None:
            return
        for name, value in step.done_when.items():
            known = case.get(name) or []
            case = {**case, name: [*known, *value] if isinstance(value, list) else value}
    raise AssertionError(f"the plan never ends: {case}")


@pytest.mark.parametrize("fact", plan_table.single_facts(LIBRARY), ids=str)
def test_each_fact_that_a_rule_looks_at_changes_the_plan(fact):
    usual = [entry.step.id for entry in plan(LIBRARY, {})]
    on_the_way = {"spread": True} if fact[0] == "country" else {}
    changed = [entry.step.id for entry in plan(LIBRARY, {**on_the_way, **plan_table.case_of(fact)})]
    assert changed != usual


def test_what_is_done_is_ticked_off_and_not_asked_again():
    case = {"evidence_saved": True, "contact_cut": True}
    assert next_step(plan(LIBRARY, case)).id == "helpwanted.default"
    assert "2" in overview(LIBRARY, plan(LIBRARY, case)).splitlines()[0]


def test_the_printed_table_is_up_to_date():
    assert plan_table.DOCUMENT.read_text(encoding="utf-8") == plan_table.document(LIBRARY), "run `make plan-table`"
