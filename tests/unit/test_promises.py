"""docs/promises.md and the tests, held against each other both ways."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
NUMBER_OF_PROMISES = 27
IN_A_BROWSER = {9, 27}
"""What only a browser can tell; the file with the number stands in tests/browser."""


def rows():
    found = ROW.findall((ROOT / "docs" / "promises.md").read_text(encoding="utf-8"))
    return {int(number): proof for number, _, _, proof in found}


def test_every_promise_is_proved_by_a_test_that_is_there():
    assert list(rows()) == list(range(1, NUMBER_OF_PROMISES + 1))
    for proof in rows().values():
        for file in proof.split():
            assert re.search(r"^def test_", (ROOT / file).read_text(encoding="utf-8"), re.M), file


def test_every_promise_has_one_test_of_its_number_which_stands_first():
    for number, proof in rows().items():
        folder = "tests/browser" if number in IN_A_BROWSER else "tests/promises"
        (own,) = (ROOT / folder).glob(f"test_{number:02}_*.py")
        assert proof.split()[0] == f"{folder}/{own.name}"
        unmarked = re.findall(r"^(?:@pytest\.mark\.(\w+).*\n)*def test_", own.read_text(encoding="utf-8"), re.M)
        assert any(mark != "prove" for mark in unmarked), f"{own.name} has no test that runs in `make test`"


def test_every_test_with_a_number_is_of_a_promise():
    for folder in ("promises", "browser"):
        for file in (ROOT / "tests" / folder).glob("test_[0-9]*.py"):
            number = int(file.name.split("_")[1])
            assert (folder == "browser") is (number in IN_A_BROWSER) and number in rows()
