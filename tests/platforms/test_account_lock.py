"""Two workers on two machines and one account: PostgreSQL says whose turn it is."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from platforms import account_lock
from platforms.account_lock import advisory

NAME = "instagram_private:900"


@pytest.mark.django_db
def test_whoever_comes_second_is_told_so_and_does_not_wait():
    with advisory(NAME) as first, advisory(NAME) as second, advisory("lain") as other:
        assert (first, second, other) == (True, False, True)
    with advisory(NAME) as again:
        assert again


@pytest.mark.django_db
def test_a_worker_in_another_thread_is_told_so_too():
    told = []

    def come() -> None:
        with advisory(NAME) as ours:
            told.append(ours)

    with advisory(NAME):
        other = threading.Thread(target=come)
        other.start()
        other.join(10)
    assert told == [False]


@pytest.mark.django_db
def test_a_turn_is_given_back_by_who_fails():
    with pytest.raises(ZeroDivisionError), advisory(NAME):
        raise ZeroDivisionError
    with advisory(NAME) as ours:
        assert ours


@pytest.mark.django_db
def test_a_broken_transaction_keeps_no_turn():
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        advisory(NAME),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 / 0")
    with advisory(NAME) as ours:
        assert ours


def test_without_a_database_it_is_nobodys_turn(monkeypatch):
    class Gone:
        def cursor(self) -> None:
            raise DatabaseError("gone")

        def close(self) -> None:
            raise DatabaseError("gone")

        def copy(self) -> "Gone":
            return self

    monkeypatch.setattr(account_lock, "connection", Gone())
    with advisory(NAME) as ours:
        assert not ours
