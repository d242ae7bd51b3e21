"""The ways outside, each one function: `send(to, subject, text)` says what became of it."""
