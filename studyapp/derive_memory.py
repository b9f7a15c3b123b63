"""What the Derive page remembers between two starts. A bad value reads as its default."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, TypeGuard

from engine.symbolic.jobs import BpttJob
from studyapp.settings import Settings

PAGE = "derive"
RECURRENCE, BPTT = "recurrence", "bptt"
PARAMETERS = ("w", "u", "b", "v", "c", "h_0")
LONGEST, MOST = 400, 30  # characters of an entry, entries


@dataclass(frozen=True, slots=True)
class DeriveMemory:
    """Which segment was open, what was typed and entered, and which gradient was shown."""

    segment: str = RECURRENCE
    text: str = ""
    entries: tuple[str, ...] = ()
    bptt: BpttJob = BpttJob()  # noqa: RUF009 - frozen

    @classmethod
    def of(cls, settings: Settings) -> DeriveMemory:
        """What was kept, each value checked by itself."""
        kept = settings.knobs(PAGE)
        entries = kept.get("entries")
        good = tuple(filter(_is_entry, entries))[-MOST:] if isinstance(entries, list) else ()
        text = kept.get("text")
        segment = kept.get("segment")
        return cls(
            segment if segment in (RECURRENCE, BPTT) else RECURRENCE,
            text if _is_entry(text) else "",
            good,
            _bptt(kept),
        )

    def keep(self, settings: Settings) -> None:
        """Write it all down; what is too long to be read again is left out."""
        values = dataclasses.asdict(self)
        values["text"] = self.text if _is_entry(self.text) else ""
        values["entries"] = [entry for entry in self.entries if _is_entry(entry)]
        settings.keep_knobs(PAGE, values)


def _is_entry(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and 0 < len(text) <= LONGEST and "\0" not in text


def _bptt(kept: dict[str, Any]) -> BpttJob:
    found = kept.get("bptt")
    if not isinstance(found, dict):
        return BpttJob()
    steps, wrt, seed = found.get("steps"), found.get("wrt"), found.get("seed")
    plain = BpttJob()
    return BpttJob(
        steps if type(steps) is int and 1 <= steps <= 6 else plain.steps,
        wrt if wrt in PARAMETERS else plain.wrt,
        found.get("half_loss") is not False,
        seed if type(seed) is int and 0 <= seed <= 9999 else plain.seed,
    )
