"""Promise 14: there is an end to what one message, one request and one connection may take; what is refused is refused
kindly, early, and costs nobody else anything."""

import socket
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from naast.channels.guard import MAX_CHARACTERS
from naast.channels.hardening import MAX_BODY, SECONDS_TO_ARRIVE
from naast.channels.texts import channel_texts
from naast.rasa_patches.connections import MOST
from tests.promises.until import acknowledged
from tests.web import Page

STORY = "mijn zoon wordt gechanteerd met een naaktfoto en ze willen geld. "


@pytest.fixture
def page(servers):
    return Page.begin(servers)


def memory(servers):
    """Megabytes that the Rasa server holds."""
    with open(f"/proc/{servers.processes['rasa'].pid}/status") as status:
        return next(int(line.split()[1]) / 1000 for line in status if line.startswith("VmRSS"))


def raw(servers, sent, every=0.0, seconds=60.0):
    """The answer to bytes that are sent one piece after the other, and after how many seconds it came."""
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", servers.rasa_port), timeout=0.02) as connection:
        for piece in sent:
            try:
                connection.sendall(piece)
                answer = connection.recv(4000)
                return answer, time.monotonic() - started
            except TimeoutError:
                time.sleep(every)
            except OSError:
                return b"", time.monotonic() - started
            if time.monotonic() - started > seconds:
                break
        connection.settimeout(seconds)
        return connection.recv(4000), time.monotonic() - started


def head(length):
    return f"POST /webhooks/web/messages HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n".encode()


def test_at_the_limit_it_is_read_and_above_it_the_way_out_is_said(page):
    assert len(acknowledged(page, (STORY * 100)[:MAX_CHARACTERS].strip(), uuid.uuid4().hex)) > 1
    refused = page.send("a" * (MAX_CHARACTERS + 1))
    texts = channel_texts()
    assert [each["text"] for each in refused.json()] == [texts.sentences["too_long"], texts.emergency]


def test_a_body_above_the_limit_is_refused_with_the_numbers(page):
    refused = page.ask("POST", "/messages", data=b"x" * (MAX_BODY + 1))
    assert refused.status_code == 413
    assert refused.json()["messages"][1]["text"] == channel_texts().emergency


def test_a_hundred_megabytes_are_refused_before_they_are_sent_and_take_no_memory(servers):
    before = memory(servers)

    def endless():
        yield head(100_000_000)
        while True:
            yield b"x" * 65536

    answer, seconds = raw(servers, endless())
    assert b" 413 " in answer.split(b"\r\n")[0] and seconds < 5
    chunked = b"POST /webhooks/web/messages HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"

    def chunks():
        yield chunked
        while True:
            yield b"10000\r\n" + b"x" * 65536 + b"\r\n"

    answer, seconds = raw(servers, chunks())
    assert (not answer or b" 413 " in answer or b" 401 " in answer) and seconds < 5
    assert memory(servers) - before < 50


def test_endless_headers_are_refused(servers):
    answer, seconds = raw(
        servers, (b"GET / HTTP/1.1\r\n" if not n else b"X-A: " + b"a" * 4000 + b"\r\n" for n in range(99))
    )
    assert (not answer or b" 413 " in answer) and seconds < 5


@pytest.mark.prove
def test_who_sends_a_byte_a_second_is_not_waited_for(servers):
    """Heads and bodies that never end, next to each other; meanwhile a parent is answered as ever."""
    drip = ([b"GET /webhooks/web/health HTTP/1.1\r\nX-A: "] + [b"a"] * 60, [head(3000)] + [b"x"] * 60)
    with ThreadPoolExecutor(20) as pool:
        slow = [pool.submit(raw, servers, drip[number % 2], 1.0) for number in range(20)]
        page = Page.begin(servers)
        assert len(acknowledged(page, "hallo", uuid.uuid4().hex)) > 0
        for number, each in enumerate(slow):
            answer, seconds = each.result()
            assert not answer or answer.split()[1] in (b"408", b"503")
            assert seconds < SECONDS_TO_ARRIVE * (1 + number % 2) * 1.6 + 2


def test_there_is_an_end_to_connections_and_it_passes(servers):
    held = []
    try:
        for _ in range(MOST + 50):
            held.append(socket.create_connection(("127.0.0.1", servers.rasa_port), timeout=2))
        held[-1].settimeout(5)
        assert held[-1].recv(10) == b""
    except ConnectionError:
        pass  # reset is as good
    finally:
        for each in held:
            each.close()
    assert Page.begin(servers).send("hallo").status_code == 200
