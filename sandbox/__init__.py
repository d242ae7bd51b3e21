"""The platforms, played locally: X and the Graph API on loopback, with faults on request."""
