"""The error tree of the content package.

    ContentError            something in the world is not as we need it
    ├── BankError           about the bank file; `sentence` says what, `way_out` what to do
    │   ├── NotABank        some other file, a damaged one, or a place where no file can be
    │   ├── BankLocked      another StudyApp has it open
    │   ├── BankReadOnly    it can be read but not written
    │   ├── BankTooNew      written by a newer StudyApp; opened for reading only
    │   └── BankWriteFailed the disk is full, or went away; nothing was half-written
    ├── CourseError         a topic, card or question file is wrong: names file and id
    └── UnknownItem         no topic, card or question has this id

Anything else that escapes is a bug of ours.
"""

from __future__ import annotations

from pathlib import Path


class ContentError(Exception):
    """Base of all that can be told to the user; `str(error)` is fit to show."""


class BankError(ContentError):
    """About the bank file.

    Attributes:
        path: the file.
        sentence: what happened.
        way_out: what the user can do.
    """

    def __init__(self, path: Path, sentence: str, way_out: str) -> None:
        super().__init__(f"{sentence} {way_out}")
        self.path = path
        self.sentence = sentence
        self.way_out = way_out


class NotABank(BankError):
    """Some other file, a damaged one, or a place where no file can be."""


class BankLocked(BankError):
    """Another StudyApp has it open."""


class BankReadOnly(BankError):
    """It can be read but not written."""


class BankTooNew(BankError):
    """Written by a newer StudyApp."""


class BankWriteFailed(BankError):
    """The disk is full, or went away; nothing was half-written."""


class CourseError(ContentError):
    """A topic, card or question file is wrong; the sentence names the file and the id."""


class UnknownItem(ContentError, LookupError):
    """No topic, card or question of the bank has this id."""

    def __init__(self, kind: str, item: str) -> None:
        super().__init__(f"There is no {kind} with the id {item[:80]!r}.")
