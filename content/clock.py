"""A moment, and the study day it belongs to. Pure: nobody here asks what time it is.

A study day begins at 4 in the morning local time, so that a session after midnight still
counts for the evening it belongs to. FSRS is fed with differences of study days, never
with hours: feeding it timestamps put 63 % of cards off by more than 5 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

ROLLOVER_HOUR = 4
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time as it is stored with each review.

    Attributes:
        utc_ms: milliseconds since 1970-01-01 UTC.
        offset_minutes: local time minus UTC.
    """

    utc_ms: int
    offset_minutes: int = 0

    @staticmethod
    def of(when: datetime) -> Moment:
        """From an aware datetime; ValueError for a naive one."""
        offset = when.utcoffset()
        if offset is None:
            raise ValueError("a moment needs a datetime with a time zone")
        return Moment(round(when.timestamp() * 1000), round(offset.total_seconds() / 60))

    @property
    def study_day(self) -> int:
        """Days since 1970-01-01 of the local calendar, the day beginning at 4 am."""
        return (self.utc_ms + self.offset_minutes * 60_000 - ROLLOVER_HOUR * 3_600_000) // _DAY_MS

    def plus(self, milliseconds: int) -> Moment:
        return Moment(self.utc_ms + milliseconds, self.offset_minutes)
