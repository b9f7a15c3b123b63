"""The window and everything one can click. Imports nothing, so that start-up pays only for what it uses."""

__version__ = "0.1.0"
