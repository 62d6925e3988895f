""" "Ja" and "nee", read against the question that was asked."""

from typing import ClassVar, Text, Tuple

from actions.answers import denies_to_live, is_told_who_is_with_the_child, normal
from actions.base import NaastAction
from actions.safety_checks import ABOUT_DYING
from actions.turn import Turn
from naast.guidance.conversation import Reply
from naast.guidance.plan import next_step, plan

UNCLEAR_YES = ("suicide_check", "suicide_check_again", "safety_doubt", "own_safety_doubt", "child_answer")
SHORT_YES = 4
NO_SIGN = 0.05
LONGEST_NO = 6
PERHAPS = 0.15


class ActionShortAnswer(NaastAction):
    """A "nee" is never argued with; after a safety answer it gets one open check (the question's own `no`)."""

    intents: ClassVar[Tuple[Text, ...]] = ("affirm", "deny")

    def name(self) -> Text:
        return "action_short_answer"

    def reply(self, turn: Turn) -> Reply:
        yes = turn.intent == "affirm"
        question = turn.open_question
        if question in UNCLEAR_YES and yes and self._is_about_something_else(turn):
            return self.answer_question(turn, "unsure")
        if question in ABOUT_DYING and set(turn.text.lower().split()) & set(self.companion.library.wording.disbelief):
            return self.answer_question(turn, "unsure")  # "nee, zegt ze, maar ik geloof haar niet"
        if question in ABOUT_DYING and not yes and denies_to_live(self.companion, f" {normal(turn.text)} "):
            return self.answer_question(turn, "unsure")  # "gevraagd of ze wil leven, nee"
        if question in ABOUT_DYING and not yes and not turn.is_denial and self._may_be_a_sign(turn):
            return self.answer_question(turn, "unsure")
        if question in self.companion.library.questions:
            if question == "child_safe" and not yes and is_told_who_is_with_the_child(self.companion, turn):
                return self.answer_question(turn, "yes")  # "ik ga niet, ze ligt boven, haar moeder ligt ernaast"
            filled = turn.new_facts.get(self.companion.library.questions[question].fills or "")
            # "nee, hij heeft al betaald": the fact that was said outweighs the yes or no around it.
            says_yes = filled if isinstance(filled, bool) else yes
            return self.answer_question(turn, "yes" if says_yes else "no")
        if question and question.startswith("step."):
            return self._step(turn, yes)
        if turn.case_is_known and yes:
            return self.companion.carry_on(Reply(), turn.situation)
        name = "interface/affirm" if yes else "interface/deny"
        return self.companion.say(Reply(), self.companion.pick(name, turn.situation), turn.situation)

    def _is_about_something_else(self, turn: Turn) -> bool:
        """ "Ja ik heb haar telefoon hier" says nothing about suicide; "ja, dat zei ze gisteren" does."""
        words = set(turn.text.lower().split())
        tells = words & set(self.companion.library.wording.tells)
        return len(words) > SHORT_YES and turn.safety_score < NO_SIGN and not tells

    def _may_be_a_sign(self, turn: Turn) -> bool:
        """ "She said no one would miss her" begins like a "nee"; a short "nee, dat niet" is one."""
        return len(turn.text.split()) > LONGEST_NO and turn.safety_score >= PERHAPS

    def _step(self, turn: Turn, yes: bool) -> Reply:
        if not yes and not turn.new_facts:
            return self.companion.say(
                Reply(open_question=turn.open_question),
                self.companion.pick("journey/step_not_yet", turn.situation),
                turn.situation,
            )
        step = next_step(plan(self.companion.library, turn.situation.known))
        if yes and step is not None and turn.open_question == f"step.{step.id}":
            turn.settle(step.done_when)
        return self.companion.show_plan(Reply(), turn.situation)
