"""Commands of the assembly, one a file."""
