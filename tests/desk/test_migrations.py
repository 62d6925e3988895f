"""The desk's tables: what the migrations make is what the code expects, up and down, with data; and what is erased."""

import asyncio
import shutil

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from naast.desk import audit, database
from naast.desk.auth import accounts
from naast.desk.conversations.sync import read_new
from naast.desk.reviews import corrections, notes, status
from naast.desk.tables import AUDIT, BATCH, CONVERSATION, CORRECTION, EVENTS, ITEM, METADATA
from naast.desk.teaching import lessons
from naast.store.tracker_store import ErasableTrackerStore
from tests.desk.conftest import PASSWORD

HOLD_NO_WORD_OF_A_CONVERSATION = {
    "desk_account",
    "desk_session",
    "desk_audit",
    "desk_state",
    "desk_filter",
    "desk_batch",
    "desk_trial",
    "desk_lesson",
}
"""Names, moments, and what a trainer named something. Whoever adds a table decides on which side it is."""


def tables(engine) -> set:
    return {name for name in sa.inspect(engine).get_table_names() if name.startswith("desk_")}


def differences(engine) -> list:
    with engine.connect() as connection:
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or name in METADATA.tables,
        }
        return compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)


def test_the_migrations_make_what_the_code_expects(desk):
    assert differences(desk.engine) == []


def test_every_migration_goes_down_and_up_and_leaves_the_events_alone(desk):
    with desk.engine.connect() as connection:
        before = connection.execute(sa.select(EVENTS)).all()
    database.downgrade(desk.engine, "base")
    assert tables(desk.engine) == {database.TABLE_OF_VERSIONS}
    database.upgrade(desk.engine)
    assert differences(desk.engine) == []
    assert read_new(desk) == 3  # the lines come back from the events
    with desk.engine.connect() as connection:
        assert connection.execute(sa.select(EVENTS)).all() == before


def test_upgrading_twice_keeps_everything(desk):
    with desk.engine.connect() as connection:
        before = {table.name: connection.execute(sa.select(table)).all() for table in METADATA.sorted_tables}
    database.upgrade(desk.engine)
    with desk.engine.connect() as connection:
        assert before == {table.name: connection.execute(sa.select(table)).all() for table in METADATA.sorted_tables}


def test_each_table_hangs_on_a_conversation_or_holds_none_of_its_words():
    hanging = {CONVERSATION.name}
    for table in METADATA.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name in hanging and key.ondelete == "CASCADE" and not key.parent.nullable:
                hanging.add(table.name)
    assert hanging | HOLD_NO_WORD_OF_A_CONVERSATION == {table.name for table in METADATA.sorted_tables}
    assert not hanging & HOLD_NO_WORD_OF_A_CONVERSATION


def test_the_audit_log_cannot_be_changed(desk):
    with desk.writing.begin() as connection:
        audit.record(connection, 1, "reviewer", "conversation_seen", "conversation 3")
    for statement in (AUDIT.delete(), AUDIT.update().values(account="somebody")):
        with pytest.raises(sa.exc.IntegrityError, match="endures"), desk.writing.begin() as connection:
            connection.execute(statement)


@pytest.fixture
def reviewed(desk, tmp_path):
    """Conversation 3 with something in every table that hangs on it."""
    with desk.writing.begin() as connection:
        event = connection.execute(
            sa.select(EVENTS.c.id).where(EVENTS.c.sender_id == f"{3:032x}", EVENTS.c.type_name == "user")
        ).scalar()
        status.set_tags(connection, 3, event, ["kanarie-label"], 0, "reviewer")
        notes.add(connection, 3, event, 1, "kanarie-notitie", 1)
        about = {"conversation_id": 3, "event_id": event, "account_id": 1, "seen": 0, "now": 1}
        value = {"facts": [{"entity": "topic", "value": "kanarie-feit", "start": 0, "end": 1}]}
        corrections.correct(connection, kind="facts", value=value, reason="kanarie-reden", **about)
        batch = connection.execute(BATCH.insert().values(account_id=1, name="eerste", made=1)).inserted_primary_key[0]
        connection.execute(CORRECTION.update().values(batch_id=batch))
        item = {"event_id": event, "conversation_id": 3, "text": "kanarie-voorbeeld", "intent": "greet"}
        connection.execute(ITEM.insert().values(batch_id=batch, **item))
        lesson = lessons.make(connection, "les", 1, 1)
        lessons.add(connection, lesson, 3, [lessons.Part(event, "kanarie-les")], ["kanarie-vraag"])
    return desk


def content(engine) -> dict:
    with engine.connect() as connection:
        return {table.name: connection.execute(sa.select(table)).all() for table in (*METADATA.sorted_tables, EVENTS)}


def test_erasing_a_conversation_takes_all_the_desk_wrote_about_it_and_nothing_else(reviewed, tmp_path):
    before = content(reviewed.engine)
    store = ErasableTrackerStore(db=str(tmp_path / "naast.db"))
    assert asyncio.run(store.erase(f"{3:032x}")) > 0
    after = content(reviewed.engine)
    sender = f"{3:032x}"
    for name, rows in before.items():
        belongs = [row for row in rows if sender in tuple(row) or row._mapping.get("conversation_id") == 3]
        assert after[name] == [row for row in rows if row not in belongs], name
        if name not in HOLD_NO_WORD_OF_A_CONVERSATION:
            assert belongs, f"nothing was tried for {name}"
    store.engine.dispose()
    reviewed.engine.dispose()
    for path in tmp_path.iterdir():
        kept = path.read_bytes()
        for canary in (b"kanarie", b"gechanteerd", sender.encode()):
            assert canary not in kept, (path, canary)


def test_the_number_of_an_erased_conversation_is_not_given_again(reviewed, tmp_path):
    with reviewed.writing.begin() as connection:
        connection.execute(CONVERSATION.delete().where(CONVERSATION.c.id == 3))
    read_new(reviewed)
    with reviewed.writing.begin() as connection:
        connection.execute(CONVERSATION.delete().where(CONVERSATION.c.id == 3))
        connection.execute(sa.text("UPDATE desk_state SET value = 0"))
    read_new(reviewed)
    with reviewed.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.max(CONVERSATION.c.id))).scalar() > 3


def test_erasing_works_where_the_desk_has_never_run(tmp_path):
    store = ErasableTrackerStore(db=str(tmp_path / "naast.db"))
    assert asyncio.run(store.erase("nobody")) == 0


def test_a_backup_restores_the_desk(desk, tmp_path, desk_in):
    desk.engine.dispose()
    (tmp_path / "backup").mkdir()
    shutil.copy(tmp_path / "naast.db", tmp_path / "backup" / "naast.db")
    restored = desk_in(tmp_path / "backup")
    assert content(restored.engine) == content(desk.engine)
    assert accounts.log_in(restored, "reviewer", PASSWORD, "")
