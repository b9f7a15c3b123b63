"""The jobs of the command line, one a file. They know no Qt."""

NAMES = ("train", "sweep", "presets", "derive", "search", "note", "bank")
"""What can be said after `studyapp`, for its helps; a test holds it against the command line itself."""
