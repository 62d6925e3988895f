"""`python -m naast.desk` serves the desk on loopback, at the port of NAAST_DESK_URL (behind a proxy: DESK_URL's)."""

from __future__ import annotations

import uvicorn

from naast.desk.app import build
from naast.desk.start import open_desk
from naast.settings import desk_port


def main() -> None:
    desk = open_desk()
    # No access log: it would hold addresses. One process: limits and the reader of events live in it.
    quiet = {"access_log": False, "log_level": "warning", "server_header": False, "ws": "none"}
    uvicorn.run(build(desk), host="127.0.0.1", port=desk_port(), **quiet)


if __name__ == "__main__":
    main()
