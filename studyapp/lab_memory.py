"""What the Lab remembers between two starts: its knobs and scales. A bad value reads as its default."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from engine.config import RunConfig
from engine.errors import ConfigError
from studyapp.settings import Settings

PAGE = "lab"
TEMPERATURE = 0.8


@dataclass(frozen=True, slots=True)
class LabMemory:
    """Knobs of the run, temperature of the writing, and which scales are logarithmic."""

    config: RunConfig = RunConfig()  # noqa: RUF009 - frozen
    temperature: float = TEMPERATURE
    log_loss: bool = False
    log_gradient: bool = False

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
            },
        )


def _config(kept: dict[str, Any]) -> RunConfig:
    """The config that `kept` describes, without what is no longer allowed."""
    good: dict[str, Any] = {}
    for field in dataclasses.fields(RunConfig):
        if field.name in kept:
            try:
                RunConfig(**{field.name: kept[field.name]})
            except ConfigError:
                continue
            good[field.name] = kept[field.name]
    return RunConfig(**good)
