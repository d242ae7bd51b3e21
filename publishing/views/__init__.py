"""One module per screen: find, do, answer."""
