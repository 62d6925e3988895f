"""The files of deploy/ fit each other: what they open, who reaches whom."""

from urllib.parse import urlsplit

import yaml

from naast.channels.telegram.setup import PATH
from naast.desk.shield import MAX_BODY
from naast.settings import DESK_URL
from tests.servers import ROOT

DEPLOY = ROOT / "deploy"


def read(path):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def test_the_rasa_containers_reach_the_action_server():
    services = read("deploy/compose.yml")["services"]
    assert read("deploy/endpoints.containers.yml")["action_endpoint"]["url"] == "http://actions:5055/webhook"
    assert services["actions"]["environment"]["SANIC_HOST"] == "0.0.0.0"
    assert "ports" not in services["actions"]


def test_an_installation_has_every_door_but_the_one_for_development():
    assert read("credentials.yml").keys() - read("deploy/credentials.yml").keys() == {"naast.channels.rest.RestInput"}


def test_the_proxies_let_telegram_through_and_one_server_answers_it():
    assert PATH in (DEPLOY / "Caddyfile").read_text() and PATH in (DEPLOY / "nginx.conf").read_text()
    services = read("deploy/compose.yml")["services"]
    holds = [name for name, service in services.items() if "NAAST_TELEGRAM_TOKEN" in service.get("environment", {})]
    assert holds == ["rasa1"]
    assert services["caddy"]["environment"]["NAAST_TELEGRAM_SERVER"] == "rasa1:5005"


def test_the_proxies_compress_no_message():
    caddy, nginx = (DEPLOY / "Caddyfile").read_text(), (DEPLOY / "nginx.conf").read_text()
    assert "@static path /webhooks/web/ /webhooks/web/naast.js /webhooks/web/page.css\n\tencode @static gzip" in caddy
    assert caddy.count("encode") == 1 and "gzip_types text/css text/javascript;" in nginx


def test_the_desk_has_a_proxy_of_its_own_and_no_container():
    """Caddy passes on who asks by itself."""
    port = urlsplit(DESK_URL).port
    assert MAX_BODY == 256_000
    for name in ("Caddyfile.desk", "nginx.desk.conf"):
        written = (DEPLOY / name).read_text()
        assert f"127.0.0.1:{port}" in written and "256k" in written.lower()
    assert "X-Forwarded-For $remote_addr" in (DEPLOY / "nginx.desk.conf").read_text()
    for parents in ("Caddyfile", "nginx.conf", "compose.yml"):
        assert str(port) not in (DEPLOY / parents).read_text(), "the desk stands apart from the parents' site"
    assert "the desk is for systemd only" in (ROOT / "docs" / "deployment.md").read_text().lower()
