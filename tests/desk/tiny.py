"""A small assistant for trials that end within a minute: three intents out of the real training data, and the real
components up to those that learn from thousands of examples of their own (facts, blame, safety)."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List

import yaml

from naast.desk.training.trials import Training
from tests.servers import MODEL, ROOT

INTENTS = ("greet", "thank", "ask_evidence")
EXAMPLES = 40
COMPONENTS = 6
"""Tokens, two bags of n-grams, the sentence encoder, the classifier, the fallback."""
HELD_OUT = {"greet": "goedenavond samen", "thank": "ontzettend bedankt hoor", "ask_evidence": "hoe leg ik dat vast"}


def _examples() -> Dict[str, List[str]]:
    found: Dict[str, List[str]] = {intent: [] for intent in INTENTS}
    for path in sorted((ROOT / "data" / "nlu" / "nl").glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            if block["intent"] in found:
                found[block["intent"]] += block["examples"].splitlines()
    return {intent: lines[:EXAMPLES] for intent, lines in found.items()}


def training(folder: Path) -> Training:
    """Write it into a folder. The running model is the real one."""

    def write(path: str, content: Dict) -> Path:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return folder / path

    def blocks(by_intent: Dict[str, List[str]]) -> Dict:
        found = [{"intent": intent, "examples": "\n".join(lines) + "\n"} for intent, lines in by_intent.items()]
        return {"version": "3.1", "nlu": found}

    write("data/nlu/messages.yml", blocks(_examples()))
    steps = [[{"intent": intent}, {"action": "action_advise"}] for intent in INTENTS]
    write(
        "data/rules/rules.yml",
        {"version": "3.1", "rules": [{"rule": each[0]["intent"], "steps": each} for each in steps]},
    )
    domain = write("domain.yml", {"version": "3.1", "intents": list(INTENTS), "actions": ["action_advise"]})
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    config["pipeline"] = config["pipeline"][:COMPONENTS]
    write("evaluation/intents/first.yml", blocks({intent: [f"- {text}"] for intent, text in HELD_OUT.items()}))
    return Training(
        folder=folder / "trials",
        data=folder / "data",
        config=write("config.yml", config),
        domain=domain,
        model=MODEL,
        evaluation=folder / "evaluation",
    )
