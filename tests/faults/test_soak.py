"""A minute of bin/soak in each mode: whatever the storm did, every promise was kept."""

import subprocess
import sys

import pytest

from opd_hub.local.folders import ROOT


@pytest.mark.parametrize(("broker", "seed"), [("redis", 20), ("memory", 21)])
def test_a_minute_of_bad_luck_breaks_no_promise(broker, seed, tmp_path):
    words = ["--minutes", "0.6", "--seed", str(seed), "--broker", broker, "--keep", str(tmp_path)]
    run = [sys.executable, "-m", "tests.faults.soak", *words]
    done = subprocess.run(run, cwd=ROOT, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " faults" in done.stdout
