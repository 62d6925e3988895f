"""The plan, over thousands of combinations of facts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from naast.guidance.library import load
from naast.guidance.plan import next_step, overview, plan

LIBRARY = load()
maybe = st.sampled_from([None, True, False])
lists = {
    "platforms": ["instagram", "snapchat", "whatsapp", "roblox", "other_game"],
    "demands": ["money", "images", "sexual_acts", "criminal_acts", "meeting", "self_harm"],
    "circumstance": ["chat_deleted", "live_now", "violence_threatened", "institution", "child_forwarded"],
}
facts = st.fixed_dictionaries(
    {
        **{name: st.lists(st.sampled_from(values), unique=True, max_size=3) for name, values in lists.items()},
        "offender": st.sampled_from([None, "stranger", "acquaintance", "ex_partner", "family"]),
        "image_origin": st.sampled_from([None, "seduced", "hacked", "fabricated", "bluff"]),
        "country": st.sampled_from([None, "nl", "be"]),
        "writer": st.sampled_from([None, "child"]),
        "child_age": st.sampled_from([None, 9, 13, 16, 18]),
        **{
            name: maybe
            for name in ("paid", "complied", "spread", "contact_cut", "evidence_saved")
            + ("reported_helpwanted", "reported_police")
        },
    }
)


def names(case):
    return [entry.step.id.split(".")[0] for entry in plan(LIBRARY, case)]


@settings(max_examples=2000, deadline=None)
@given(facts)
def test_the_plan_never_contradicts_itself(case):
    planned = plan(LIBRARY, case)
    order = names(case)
    assert len(order) == len(set(order)) and 4 <= len(order) <= 6
    assert {"evidence", "contact", "helpwanted", "police"} <= set(order)
    assert order.index("evidence") < order.index("contact")
    if case["demands"] and {"meeting", "self_harm"} & set(case["demands"]) or case["offender"] == "family":
        assert order.index("police") < order.index("contact")
    if case["spread"]:
        assert "removal" in order
    assert ("stop_paying" in order) == (case["paid"] is True)
    for entry in planned:
        assert entry.step.source and entry.step.text
    assert len(overview(LIBRARY, planned)) <= 250


@settings(max_examples=500, deadline=None)
@given(facts)
def test_doing_what_the_plan_says_ends_it(case):
    for _ in range(10):
        step = next_step(plan(LIBRARY, case))
        if step is None:
            return
        case = {**case, **step.done_when}
    raise AssertionError(f"the plan never ends: {case}")


def test_what_is_done_is_ticked_off_and_not_asked_again():
    case = {"evidence_saved": True, "contact_cut": True}
    assert next_step(plan(LIBRARY, case)).id == "helpwanted.default"
    assert overview(LIBRARY, plan(LIBRARY, case)).count(LIBRARY.wording.done_mark) == 2
