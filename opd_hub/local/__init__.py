"""Everything a bare machine needs to run us: database, processes, demo, tests, checks."""
