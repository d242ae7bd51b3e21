"""bin/test runs its shares side by side; together they are all of the tests."""

from opd_hub.local import testing


def test_what_the_other_shares_leave_out_is_what_each_of_them_runs(here):
    *waiting, others = testing.shares()
    beside = [folder for folders in waiting for folder in folders]
    assert [f"--ignore={folder}" for folder in beside] == others
    assert len(beside) == len(set(beside))
    for folder in beside:
        assert list((here / folder).glob("test_*.py")), folder


def test_a_failure_in_any_share_fails_the_run(monkeypatch, tmp_path):
    """Pytest told of a folder without tests ends with 5, "no tests collected"."""
    ended = {"others": 0}
    fine, failing = ["--version"], [str(tmp_path)]
    monkeypatch.setattr(testing, "run_pytest", lambda arguments, env: ended["others"])
    monkeypatch.setattr(testing, "shares", lambda: [fine, []])
    assert testing.run_all({}) == 0
    ended["others"] = 1
    assert testing.run_all({}) == 1
    ended["others"] = 0
    for waiting in ([failing, fine], [fine, failing]):
        monkeypatch.setattr(testing, "shares", lambda waiting=waiting: [*waiting, []])
        assert testing.run_all({}) == 5
