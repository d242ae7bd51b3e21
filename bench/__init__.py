"""Benchmarks: ratios taken side by side in one run, printed, never asserted in CI."""
