"""bin/test runs its two shares side by side; together they are all of the tests."""

from opd_hub.local import testing


def test_what_one_share_leaves_out_is_what_the_other_runs(here):
    waiting, others = testing.shares()
    assert [f"--ignore={folder}" for folder in waiting] == others
    for folder in waiting:
        assert list((here / folder).glob("test_*.py")), folder


def test_a_failure_in_either_share_fails_the_run(monkeypatch, tmp_path):
    """Pytest told of a folder without tests ends with 5, "no tests collected"."""
    ended = {"others": 0}
    monkeypatch.setattr(testing, "run_pytest", lambda arguments, env: ended["others"])
    monkeypatch.setattr(testing, "shares", lambda: (["--version"], []))
    assert testing.run_all({}) == 0
    ended["others"] = 1
    assert testing.run_all({}) == 1
    monkeypatch.setattr(testing, "shares", lambda: ([str(tmp_path)], []))
    ended["others"] = 0
    assert testing.run_all({}) == 5
