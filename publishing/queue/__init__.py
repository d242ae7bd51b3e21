"""The review queue as its pages read it: whose turn it is, what waits, what a row says."""
