"""The least that an action of our own can do: answer one sentence."""

from rasa_sdk import Action


class ActionAnswer(Action):
    def name(self):
        return "action_answer"

    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Ik lees mee.")
        return []
