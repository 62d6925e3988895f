"""Debian's Chromium, driven by Playwright; on a phone and on a desk."""

from __future__ import annotations

import shutil
from typing import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.desk import served as served
from tests.browser.site import Site, site

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("no chromium here; scripts/browser installs it on Debian")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        started.close()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def context(request, browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=request.param, locale="nl-NL", reduced_motion="reduce")
    yield opened
    opened.close()


@pytest.fixture
def address(servers) -> str:
    return f"http://127.0.0.1:{servers.rasa_port}/webhooks/web/"


@pytest.fixture
def school(servers, address: str) -> Iterator[Site]:
    """A website that the server lets in."""
    with site(servers.site, servers.site_port, address) as made:
        yield made


@pytest.fixture
def chat(context: BrowserContext, address: str) -> Page:
    """The page with nothing but the chat. Whatever it asks of another host fails the test."""
    page = context.new_page()
    strangers = []
    page.on("request", lambda request: strangers.append(request.url) if not request.url.startswith(address) else None)
    page.goto(address)
    page.get_by_label("Typ je bericht").wait_for()
    page.strangers = strangers
    return page
