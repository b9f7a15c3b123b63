"""What the Derive page remembers between two starts. A bad value reads as its default."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from engine.derivations.catalogue import cleaned
from engine.symbolic.jobs import GradientJob
from studyapp.settings import Settings

PAGE = "derive"
RECURRENCE, CODE, GROWTH, GRADIENT = "recurrence", "code", "growth", "gradient"
VIEWS = ("matrices", "one", "both")
MODES = ("read", "work", "gaps")
LEVELS = ("compact", "normal", "fine")
CASES = ("worst", "best")
LONGEST, MOST = 400, 30  # characters of an entry, entries
AXES = (True, True, True)
LONGEST_CODE = 20_000  # characters
_HIGHEST_SEED = 9999


@dataclass(frozen=True, slots=True)
class DeriveMemory:
    """Which desk was in front, what was typed and entered; which gradient was shown, and how.

    Attributes:
        job: without given numbers. view: how it is written. level: how finely it is told.
        news, numbers: what was shown with each line. more_open: the fold of rare choices.
        folded: the whole form is one line. mode: what was done with the gradient.
        working: what was typed for it (`working_memory.kept`).
        growth: what was in the forms of growth, by name. modes, workings: those of the other desks,
            by desk, as `mode` and `working`.
        code: what was in the editor. case: which one was told. axes: log n, log T, families of the plot.
    """

    segment: str = RECURRENCE
    text: str = ""
    entries: tuple[str, ...] = ()
    job: GradientJob = GradientJob()  # noqa: RUF009 - frozen
    view: str = VIEWS[0]
    level: str = LEVELS[1]
    news: bool = False
    numbers: bool = True
    more_open: bool = False
    folded: bool = False
    mode: str = MODES[0]
    working: dict[str, Any] | None = None
    code: str = ""
    case: str = CASES[0]
    axes: tuple[bool, ...] = AXES
    growth: dict[str, str] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)
    workings: dict[str, dict[str, Any] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings) -> DeriveMemory:
        """What was kept, each value checked by itself."""
        kept = settings.knobs(PAGE)
        entries, text, code = kept.get("entries"), kept.get("text"), kept.get("code")
        return cls(
            _one_of(kept, "segment", (RECURRENCE, CODE, GROWTH, GRADIENT)),
            text if _is_entry(text) else "",
            tuple(filter(_is_entry, entries))[-MOST:] if isinstance(entries, list) else (),
            _job(kept),
            _one_of(kept, "view", VIEWS),
            _one_of(kept, "level", (LEVELS[1], LEVELS[0], LEVELS[2])),
            kept.get("news") is True,
            kept.get("numbers") is not False,
            kept.get("more_open") is True,
            kept.get("folded") is True,
            _one_of(kept, "mode", MODES),
            _dict(kept.get("working")),
            code if _is_code(code) else "",
            _one_of(kept, "case", CASES),
            _axes(kept.get("axes")),
            {name: text for name, text in _named(kept, "growth") if _is_code(text)},
            {name: mode for name, mode in _named(kept, "modes") if mode in MODES},
            {name: _dict(working) for name, working in _named(kept, "workings")},
        )

    def keep(self, settings: Settings) -> None:
        """Write it all down; what is too long to be read again is left out."""
        values = dataclasses.asdict(dataclasses.replace(self, job=dataclasses.replace(self.job, given=None)))
        values["text"] = self.text if _is_entry(self.text) else ""
        values["growth"] = {name: text for name, text in self.growth.items() if _is_code(text)}
        values["code"] = self.code if _is_code(self.code) else ""
        values["entries"] = [entry for entry in self.entries if _is_entry(entry)]
        settings.keep_knobs(PAGE, values)


def _is_entry(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and 0 < len(text) <= LONGEST and "\0" not in text


def _is_code(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and len(text) <= LONGEST_CODE and "\0" not in text


def _axes(found: object) -> tuple[bool, ...]:
    if not isinstance(found, list | tuple) or len(found) != len(AXES):
        return AXES
    return tuple(one is not False for one in found)


def _one_of(kept: dict[str, Any], name: str, choices: tuple[str, ...]) -> str:
    """What was kept under `name`; the first of `choices` if it is none of them."""
    found = kept.get(name)
    return found if isinstance(found, str) and found in choices else choices[0]


def _named(kept: dict[str, Any], name: str) -> list[tuple[str, Any]]:
    """The pairs of the dictionary that was kept under `name`."""
    return list((_dict(kept.get(name)) or {}).items())


def _dict(found: object) -> dict[str, Any] | None:
    return found if isinstance(found, dict) else None


def _job(kept: dict[str, Any]) -> GradientJob:
    found = kept.get("job")
    if not isinstance(found, dict):
        return GradientJob()
    plain = GradientJob()
    fields = [field.name for field in dataclasses.fields(GradientJob) if field.name != "given"]
    values = {name: found[name] for name in fields if type(found.get(name)) is type(getattr(plain, name))}
    if not 0 <= values.get("seed", 0) <= _HIGHEST_SEED:
        del values["seed"]
    return cleaned(dataclasses.replace(plain, **values))
