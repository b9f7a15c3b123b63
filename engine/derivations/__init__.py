"""Gradients of networks, derived line by line in the tape language, every line checked by numbers.

This file imports nothing.
"""
