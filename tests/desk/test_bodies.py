"""There is an end to what one form may send."""

from naast.desk.shield import MAX_BODY


def test_a_body_that_is_too_large_is_refused(visitor):
    browser = visitor("reviewer")
    assert browser.post("/login", content=b"x" * (MAX_BODY + 1)).status_code == 413

    def endless():
        for _ in range(MAX_BODY // 1000 + 2):
            yield b"x" * 1000

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/login", content=endless(), headers=form).status_code == 413
