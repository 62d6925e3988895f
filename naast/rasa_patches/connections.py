"""A request must arrive as a whole within the server's time, and there is an end to how many connections are kept.

Sanic counts its time-out from the last byte that came, so that one byte every few seconds keeps a connection for ever,
and it accepts connections until the process has no file left to open a database with.
"""

from __future__ import annotations

from asyncio import BaseTransport

from sanic.http import Stage
from sanic.server.protocols.http_protocol import HttpProtocol

MOST = 700
"""Beside them the process needs files for the database, the model and the action server; 1,024 is the usual limit."""

_data_received = HttpProtocol.data_received
_connection_made = HttpProtocol.connection_made


def _data_received_in_time(self: HttpProtocol, data: bytes) -> None:
    begun = self._time
    _data_received(self, data)
    http = getattr(self, "_http", None)  # there is none until the task of the connection runs
    if http is not None and http.stage is not Stage.IDLE:
        self._time = begun  # the clock runs from the first byte of the request


def _connection_made_if_room(self: HttpProtocol, transport: BaseTransport) -> None:
    if len(self.connections) >= MOST:
        transport.abort()  # type: ignore[attr-defined]
        return
    _connection_made(self, transport)


def apply() -> None:
    """Replace the two methods; doing so twice changes nothing."""
    HttpProtocol.data_received = _data_received_in_time  # type: ignore[method-assign]
    HttpProtocol.connection_made = _connection_made_if_room  # type: ignore[method-assign]
