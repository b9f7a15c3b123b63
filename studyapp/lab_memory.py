"""What the Lab remembers between two starts: its knobs and scales. A bad value reads as its default."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from engine.config import RunConfig, problem_of
from engine.errors import ConfigError
from studyapp.settings import Settings

PAGE = "lab"
TEMPERATURE = 0.8


@dataclass(frozen=True, slots=True)
class LabMemory:
    """Knobs of the run, temperature of the writing, which scales are logarithmic, and what is unfolded."""

    config: RunConfig = RunConfig()  # noqa: RUF009 - frozen
    temperature: float = TEMPERATURE
    log_loss: bool = False
    log_gradient: bool = False
    more_open: bool = False

    @classmethod
    def of(cls, settings: Settings) -> LabMemory:
        """What was kept, each value checked by itself."""
        kept = settings.knobs(PAGE)
        found = kept.get("temperature")
        temperature = found if isinstance(found, float) and 0.1 <= found <= 2.0 else TEMPERATURE
        return cls(
            _config(kept),
            temperature,
            kept.get("log_loss") is True,
            kept.get("log_gradient") is True,
            kept.get("more_open") is True,
        )

    def keep(self, settings: Settings) -> None:
        """Write it all down."""
        settings.keep_knobs(
            PAGE,
            dataclasses.asdict(self.config)
            | {
                "temperature": self.temperature,
                "log_loss": self.log_loss,
                "log_gradient": self.log_gradient,
                "more_open": self.more_open,
            },
        )


def _config(kept: dict[str, Any]) -> RunConfig:
    """The config that `kept` describes, without what is no longer allowed or cannot be together."""
    names = [f.name for f in dataclasses.fields(RunConfig) if f.name in kept]
    left = {name: kept[name] for name in names if not problem_of(name, kept[name])}
    try:
        return RunConfig(**left)
    except ConfigError:
        return _what_goes_together(left)


def _what_goes_together(wanted: dict[str, Any]) -> RunConfig:
    """One value after the other, as long as they suit those before; again for what a later one allows."""
    config, left = RunConfig(), dict(wanted)
    while left:
        before = len(left)
        for name, value in wanted.items():
            if name in left:
                try:
                    config = dataclasses.replace(config, **{name: value})
                except ConfigError:
                    continue
                del left[name]
        if len(left) == before:
            break
    return config
