"""`make desk-account`: accounts of the trainers' desk, on the command line.

python -m naast.desk.accounts add anna reviewer      asks for a password; without a terminal it reads one line
python -m naast.desk.accounts password anna
python -m naast.desk.accounts role anna trainer
python -m naast.desk.accounts totp anna              prints what an authenticator app reads
python -m naast.desk.accounts end-sessions anna
python -m naast.desk.accounts close anna
python -m naast.desk.accounts list
"""

from __future__ import annotations

import argparse
import getpass
import sys

from naast.desk.auth import accounts
from naast.desk.auth.passwords import WeakPassword
from naast.desk.auth.roles import ROLES
from naast.desk.desk import Desk
from naast.desk.start import open_desk


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("password: ")
    if getpass.getpass("once more: ") != password:
        sys.exit("naast: the passwords differ")
    return password


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="naast.desk.accounts", description="Accounts of the trainers' desk.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("add", "password", "role", "totp", "end-sessions", "close"):
        command = commands.add_parser(name)
        command.add_argument("name")
        if name in ("add", "role"):
            command.add_argument("role", choices=ROLES)
    commands.add_parser("list")
    return parser.parse_args()


def _run(desk: Desk, given: argparse.Namespace) -> str:
    if given.command == "add":
        accounts.add(desk, given.name, given.role, _password())
        return f"the account {given.name} ({given.role}) can log in at {desk.url}"
    if given.command == "password":
        accounts.change_password(desk, given.name, _password())
        return "changed; whoever was logged in with it is not any more"
    if given.command == "role":
        accounts.change_role(desk, given.name, given.role)
        return f"{given.name} is {given.role}"
    if given.command == "totp":
        return accounts.set_second_factor(desk, given.name)
    if given.command == "end-sessions":
        accounts.end_sessions(desk, given.name)
        return "every session has ended"
    if given.command == "close":
        accounts.close(desk, given.name)
        return "closed"
    rows = accounts.listed(desk)
    marks = {row.name: ["closed"] * row.closed + ["second factor"] * bool(row.totp) for row in rows}
    return "\n".join(f"{row.name:20} {row.role:10} {', '.join(marks[row.name])}" for row in rows) or "no accounts yet"


def main() -> None:
    given = _arguments()
    try:
        print(_run(open_desk(), given))
    except (accounts.WrongAccount, WeakPassword) as error:
        sys.exit(f"naast: {error}")
    except accounts.NoSuchAccount as error:
        sys.exit(f"naast: there is no account {error}")


if __name__ == "__main__":
    main()
