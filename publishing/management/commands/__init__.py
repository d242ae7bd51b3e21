"""Commands of the delivery engine."""
