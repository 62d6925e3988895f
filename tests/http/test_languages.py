"""Conversations in English, in two languages at once, and in one that Naast does not speak, with the servers."""

import pytest
import yaml

from tests.servers import ROOT

FOREIGN = yaml.safe_load((ROOT / "tests" / "unit" / "understanding" / "foreign_safety.yml").read_text(encoding="utf-8"))


def words(answer):
    return " ".join(bubble["text"] for bubble in answer)


def spoken(answer):
    return {bubble["language"] for bubble in answer}


def test_an_english_case_from_the_first_word_to_the_plan(parent):
    answer = parent.say("my son is 14, he sent a nude on snapchat and now someone wants 300 euros")
    assert spoken(answer) == {"en"} and answer[0]["text"].startswith("I understand: your son, aged 14, on Snapchat")
    assert "Where is your child" in words(answer)
    assert "suicid" in words(parent.say("he is upstairs, my wife is with him")) or "not want to live" in words(
        parent.answers[-1]
    )
    answer = parent.say("no, nothing like that")
    assert spoken(answer) == {"en"}
    answer = parent.say("what do we do now?")
    assert spoken(answer) == {"en"} and any((bubble.get("custom") or {}).get("kind") == "plan" for bubble in answer)


def test_english_on_request_and_back(parent):
    assert spoken(parent.say("mijn dochter wordt gechanteerd met een naaktfoto")) == {"nl"}
    answer = parent.say("English please")
    assert spoken(answer) == {"en"} and "Where is your child" in words(answer)
    assert spoken(parent.say("ok")) == {"en"}
    assert spoken(parent.say("liever Nederlands")) == {"nl"}


@pytest.mark.parametrize(
    "text",
    ["my son says he wants to die", "she says she does not want to live any more", "he took a whole box of pills"],
)
def test_danger_in_english_comes_first(parent, text):
    answer = parent.say(text)
    assert spoken(answer) == {"en"} and ("113" in answer[0]["text"] or "112" in answer[0]["text"])


@pytest.mark.parametrize(
    "text", ["mijn son wordt blackmailed op snapchat", "my dochter heeft nudes gestuurd en nu willen ze geld"]
)
def test_a_mixed_message_is_understood(parent, text):
    answer = parent.say(text)
    assert "112" in words(answer) or "kind" in words(answer) or "child" in words(answer)
    assert any(words_ in words(answer) for words_ in ("Waar is je kind", "Where is your child"))


@pytest.mark.parametrize("language", sorted(FOREIGN))
def test_another_language_gets_the_numbers_in_it_and_in_english(parent, language):
    answer = parent.say(FOREIGN[language]["calm"][0])
    assert spoken(answer) == {language, "en"}
    assert all(number in answer[0]["text"] for number in ("112", "113", "1813"))


@pytest.mark.parametrize(("language", "text"), [(name, text) for name in FOREIGN for text in FOREIGN[name]["danger"]])
def test_danger_in_another_language_is_caught(parent, language, text):
    answer = parent.say(text)
    assert spoken(answer) == {language, "en"} and answer[0]["language"] == language
    assert "112" in answer[0]["text"] and len(answer) > 1 and "{" not in words(answer)
