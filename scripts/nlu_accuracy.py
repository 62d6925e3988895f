"""Prints the intent accuracy that `rasa test nlu` measured and fails when it is below what we promise."""

from __future__ import annotations

import json
import sys
from pathlib import Path

PROMISED = 0.88


def main(report_path: str) -> None:
    report = json.loads(Path(report_path).read_text())
    # Rasa names it `accuracy`, or `micro avg` when a verdict fell outside the labels of the file (a fallback).
    accuracy = report["accuracy"] if "accuracy" in report else report["micro avg"]["recall"]
    macro, messages = report["macro avg"]["f1-score"], report["macro avg"]["support"]
    print(f"    intent accuracy {accuracy:.3f}, macro-F1 {macro:.3f}, on {messages:.0f} held-out messages")
    if accuracy < PROMISED:
        sys.exit(f"naast: intent accuracy {accuracy:.3f} is below {PROMISED}")


if __name__ == "__main__":
    main(sys.argv[1])
