"""One message that tells, asks and panics: each act is answered, in three bubbles and with buttons for the rest."""

from tests.http.reading import assert_kind, said, says, titles, words

STORY = (
    "Mijn zoon van 14 heeft via Snapchat een foto gestuurd naar een meisje dat hij niet kent. Nu dreigt ze die naar al "
    "zijn vrienden te sturen als hij niet binnen een uur 300 euro betaalt. "
)
FILLER = "Wij zaten net aan tafel toen hij het vertelde en sindsdien zitten we hier met zijn allen in de keuken. "


def test_a_question_inside_a_report_is_answered_in_the_same_breath(parent):
    answer = parent.say(STORY + "Moeten we betalen?")
    assert_kind(answer)
    assert "betaal" in words(answer).lower()
    assert said(answer)[-1] == "question.child_safe"


def test_a_second_question_comes_back_as_a_button(parent):
    parent.say("Moeten we naar de politie gaan met ons verhaal? En hoe krijgen we die foto weer offline?")
    offered = set(titles(parent.answers[-1]))
    asked = {"Moet ik naar de politie?", "Hoe krijg ik het offline?"}
    reached = says(parent.answers[-1], "ask_police") or says(parent.answers[-1], "ask_image_removal")
    assert reached and offered & asked


def test_five_hundred_words_lose_neither_the_facts_nor_the_question(parent):
    answer = parent.say(STORY + FILLER * 24 + "Gelukkig hebben we nog niets betaald. Moeten we naar de politie?")
    assert_kind(answer)
    summary = words(answer) + words(parent.say("nee, 13"))
    for fact in ("13", "Snapchat", "300 euro", "nog niets betaald"):
        assert fact in summary


def test_what_was_said_is_not_asked_again(parent):
    parent.say(STORY + "We hebben niks betaald en er is nog niks verspreid.")
    asked = []
    for _ in range(4):
        asked += said(parent.say("nee, dat niet"))
    assert not {"question.paid", "question.demands", "question.spread"} & set(asked)
