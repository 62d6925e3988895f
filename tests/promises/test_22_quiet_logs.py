"""Promise 22: log and figures hold no message, no address and no token, and there is no access log."""

from prometheus_client.parser import text_string_to_metric_families

from naast.channels.metrics import KINDS
from naast.channels.texts import channel_texts
from tests.promises.canaries import UNUSUAL
from tests.promises.conftest import METRICS_TOKEN
from tests.promises.disk import files, holding


def test_the_log_holds_no_message_no_address_and_no_token(told, breakable):
    pages, _ = told
    logs = [breakable.folder / "rasa.log", breakable.folder / "actions.log"]
    assert holding(UNUSUAL, files(breakable.folder / "backups"))  # it was said and kept, else this proves nothing
    assert holding("naast.turn.failed", logs)
    assert holding(UNUSUAL, logs) == []
    for page in pages:
        assert holding(page.token, files(breakable.folder)) == []
        address = page.session.get_adapter("http://")._address
        assert holding(address, files(breakable.folder)) == []


LABELS = {
    "channel": {"web", "rest", "telegram"},
    "kind": {*KINDS.values(), "other", "failed", "too_slow"},
    "reason": set(channel_texts().sentences),
}
"""All that figures may be told apart by, and `le`, the bounds of a time."""


def test_the_figures_count_and_name_nothing_that_was_said(told, breakable):
    figures = breakable.ask_operator("metrics").text
    samples = [sample for family in text_string_to_metric_families(figures) for sample in family.samples]
    ours = [sample for sample in samples if sample.name.startswith("naast_")]
    assert {sample.name for sample in ours if sample.value} >= {"naast_answers_total", "naast_turns_failed_total"}
    for sample in ours:
        for label, value in sample.labels.items():
            assert label == "le" or value in LABELS[label], sample
    assert UNUSUAL not in figures and not any(page.token in figures for page in told[0])


def test_the_figures_are_for_this_machine_and_for_whoever_shows_the_token(breakable):
    passed_on = {"X-Forwarded-For": "203.0.113.7"}
    for shown in ({}, {"Authorization": f"Bearer {METRICS_TOKEN[:-1]}"}, {"Authorization": "Bearer "}):
        refused = breakable.ask_operator("metrics", headers={**passed_on, **shown})
        assert refused.status_code == 404 and "naast_" not in refused.text
        assert refused.json()["messages"][-1]["text"] == channel_texts().emergency
    shown = {"Authorization": f"Bearer {METRICS_TOKEN}"}
    for headers in ({}, {**passed_on, **shown}):
        assert "naast_answer_seconds" in breakable.ask_operator("metrics", headers=headers).text
