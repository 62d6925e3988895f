"""Without a token the door to Telegram is closed, and says so."""

import requests


def test_without_a_token_nothing_listens_for_telegram(servers):
    base = f"http://127.0.0.1:{servers.rasa_port}/webhooks/telegram"
    assert requests.get(f"{base}/health", timeout=30).json() == {"status": "closed"}
    assert requests.post(f"{base}/webhook", json={"update_id": 1}, timeout=30).status_code == 404
