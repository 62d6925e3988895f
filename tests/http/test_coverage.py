"""Every piece of the article's advice is reachable by talking."""

import pytest

from naast.guidance.coverage import read
from tests.http.reading import assert_kind, said


@pytest.mark.parametrize("entry", read(), ids=lambda entry: entry.what)
def test_the_message_reaches_the_advice(parent, entry):
    for message in entry.say:
        answer = parent.say(message)
        assert_kind(answer)
    assert entry.item in said(answer)
