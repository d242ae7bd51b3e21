"""A minute of bin/soak in each mode: whatever the storm did, every promise was kept."""

import re
import subprocess
import sys

import pytest

from opd_hub.local.folders import ROOT

FAULTS, ACCEPTED = r"(\d+)  faults", r"accepted (\d+)"


@pytest.mark.parametrize(("broker", "seed"), [("redis", 20), ("memory", 21)])
def test_a_minute_of_bad_luck_breaks_no_promise(broker, seed, tmp_path):
    words = ["--minutes", "0.6", "--seed", str(seed), "--broker", broker, "--keep", str(tmp_path)]
    run = [sys.executable, "-m", "tests.faults.soak", *words]
    done = subprocess.run(run, cwd=ROOT, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    struck, accepted = (re.search(words, done.stdout) for words in (FAULTS, ACCEPTED))
    assert struck, done.stdout
    assert accepted, done.stdout
    assert int(struck[1]) > 60, "a storm that hardly blew proves nothing"
    assert int(accepted[1]) > 20, "nor does one in which nothing went out"
