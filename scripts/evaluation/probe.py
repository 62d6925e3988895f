"""Loads one model in a process of its own, so that start-up and memory are its own, and parses messages with it.

    python -m scripts.evaluation.probe MODEL < texts.json > parsed.json

In: a list of texts. Out: seconds to load, peak megabytes, and of each text what was understood and in how many
milliseconds. The texts are not in the answer: the page shows sums, never a message.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from typing import Any, Dict, List, Optional, Sequence

WARM_UP = ["hallo", "Mijn zoon van 14 wordt gechanteerd op Snapchat, wat moet ik nu doen?"]


@dataclasses.dataclass(frozen=True)
class Parsed:
    intent: str
    confidence: float
    facts: List[List[Any]]
    blame_kind: Optional[str]
    safety_score: Optional[float]
    also_asked: List[str]
    milliseconds: float


@dataclasses.dataclass(frozen=True)
class Probed:
    """`seconds` from nothing to a loaded agent, imports included; `megabytes` at the peak."""

    seconds: float
    megabytes: float
    parsed: List[Parsed]


def probe(model: str, texts: Sequence[str]) -> Probed:
    """Parse texts with a model, in another process.

    Raises:
        RuntimeError: the process failed; the message ends with what it said.
    """
    command = [sys.executable, "-m", "scripts.evaluation.probe", model]
    run = subprocess.run(command, input=json.dumps(list(texts)), capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"{model} could not be measured: {run.stderr[-2000:]}")
    answer = json.loads(run.stdout.splitlines()[-1])
    return Probed(answer["seconds"], answer["megabytes"], [Parsed(**each) for each in answer["parsed"]])


def main(model: str) -> None:
    import time

    texts = json.load(sys.stdin)
    started = time.perf_counter()
    import asyncio
    import logging
    import resource

    import structlog
    from rasa.core.agent import Agent

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    agent = Agent.load(model)
    asyncio.run(agent.parse_message(WARM_UP[0]))
    seconds = time.perf_counter() - started

    def parse(text: str) -> Dict[str, Any]:
        begun = time.perf_counter()
        parsed = asyncio.run(agent.parse_message(text))
        milliseconds = (time.perf_counter() - begun) * 1000
        return {
            "intent": parsed["intent"]["name"] or "",
            "confidence": float(parsed["intent"]["confidence"]),
            "facts": [[entity["entity"], entity["value"]] for entity in parsed["entities"]],
            "blame_kind": parsed.get("blame_kind"),
            "safety_score": parsed.get("safety_score"),
            "also_asked": [act["intent"] for act in parsed.get("also_asked") or []],
            "milliseconds": milliseconds,
        }

    for text in WARM_UP:
        parse(text)
    parsed = [parse(text) for text in texts]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "parsed": parsed}))


if __name__ == "__main__":
    main(sys.argv[1])
