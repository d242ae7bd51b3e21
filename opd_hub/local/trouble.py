"""What can stand in the way of a local run, told as a sentence."""


class Trouble(Exception):
    """The run cannot go on; the message is the sentence shown at the terminal."""
