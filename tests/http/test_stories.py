"""Every story takes the same turns with and without facts in the messages, and never falls silent.

Rasa goes silent in a story as soon as a message carries a fact, unless slot and entity both leave the talk alone.
"""

import asyncio
import json
import uuid

import pytest
import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActionExecuted
from rasa.utils.endpoints import EndpointConfig

from tests.servers import MODEL, ROOT

FACTS = {"child_relation": "son", "child_age": 14, "platforms": ["snapchat"], "demands": ["money"], "paid": False}
STORIES = [
    story
    for path in sorted((ROOT / "data" / "stories").glob("*.yml"))
    for story in yaml.safe_load(path.read_text())["stories"]
]


@pytest.fixture(scope="module")
def agent(servers) -> Agent:
    return Agent.load(str(MODEL), action_endpoint=EndpointConfig(f"http://127.0.0.1:{servers.action_port}/webhook"))


async def actions_taken(agent, story, facts):
    sender, taken = uuid.uuid4().hex, []
    for step in story["steps"]:
        if "intent" not in step:
            continue
        text = f"/{step['intent']}" + (json.dumps(facts) if facts else "")
        answers = await agent.handle_message(UserMessage(text, sender_id=sender))
        assert answers, f"silence after {text}"
        tracker = await agent.tracker_store.retrieve(sender)
        names = [event.action_name for event in tracker.events if isinstance(event, ActionExecuted)]
        taken.append(next(name for name in reversed(names) if name != "action_listen"))
    return taken


@pytest.mark.parametrize("facts", [None, FACTS], ids=["without facts", "with facts"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"])
def test_a_story_goes_its_way(agent, story, facts):
    expected = [step["action"] for step in story["steps"] if "action" in step]
    assert asyncio.run(actions_taken(agent, story, facts)) == expected
