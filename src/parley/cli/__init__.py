"""The command line: the same calls as the library, with no logic of its own."""
