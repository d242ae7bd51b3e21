"""The made-up accounts that a benchmark sends for: the same in the database and on the sandbox."""

CHANNELS = 120  # three of each agency, all on X: one call sends a text
APP = {"consumer_key": "app-key", "consumer_secret": "app-secret"}


def remote_id(n: int) -> str:
    return str(7000 + n)


def handle(n: int) -> str:
    return f"contoh_{n}"


def secrets(n: int) -> dict[str, str]:
    return {"access_token": f"token-{n}", "access_secret": f"rahasia-{n}"}
