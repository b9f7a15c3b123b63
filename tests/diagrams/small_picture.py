"""A picture of a few lines, for tests of the reader."""

from __future__ import annotations

from collections.abc import Callable

from content.course import Problem
from content.diagram import Diagram

Read = Callable[[str], tuple[Diagram | None, list[Problem]]]

HEAD = """\
id: small
title: A small picture
topics: [a-topic]
claims: [a-topic.c1]
size: [12, 6]
parts:
"""
