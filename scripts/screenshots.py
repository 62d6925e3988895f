"""`make screenshots`, beside a running `make run`: the chat on a phone and on a desk, into docs/screenshots/."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ADDRESS = "http://127.0.0.1:5005/webhooks/web/"
FOLDER = Path("docs/screenshots")
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
SAID = (
    "Mijn zoon van 14 wordt op snapchat gechanteerd, ze willen 300 euro",
    "hij zit naast me",
    "wat moeten we nu doen?",
)


def talk(page: Page) -> None:
    field = page.get_by_label("Typ je bericht")
    for message in SAID:
        said = page.locator(".message.naast").count()
        field.fill(message)
        page.keyboard.press("Enter")
        page.locator(".message.naast").nth(said).wait_for()
        page.locator(".typing").wait_for(state="detached", timeout=20_000)
        time.sleep(0.5)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, size in SIZES.items():
            page = browser.new_page(viewport=size, reduced_motion="reduce")
            page.goto(ADDRESS)
            talk(page)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
