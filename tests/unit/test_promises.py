"""docs/promises.md and the tests, held against each other both ways."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
NUMBER_OF_PROMISES = 27


def rows():
    found = ROW.findall((ROOT / "docs" / "promises.md").read_text(encoding="utf-8"))
    return {int(number): proof for number, _, _, proof in found}


def test_every_promise_is_proved_by_a_test_that_is_there():
    assert list(rows()) == list(range(1, NUMBER_OF_PROMISES + 1))
    for proof in rows().values():
        for file in proof.split():
            assert re.search(r"^def test_", (ROOT / file).read_text(encoding="utf-8"), re.M), file


def test_every_test_of_a_promise_stands_under_its_number():
    for file in (ROOT / "tests" / "promises").glob("test_*.py"):
        number = int(file.name.split("_")[1])
        assert f"tests/promises/{file.name}" in rows()[number].split()
