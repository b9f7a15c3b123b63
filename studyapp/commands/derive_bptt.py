"""`studyapp derive bptt`: its options, what they ask for, and the list of all there is to ask."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator, Mapping

from engine.derivations import catalogue
from engine.errors import ConfigError
from engine.symbolic.jobs import GradientJob
from studyapp.commands.voice import Voice, whole_number

_FIELDS = ("steps", "scalar", "activation", "outputs", "loss", "truncate", "gates", "update", "reset", "rows")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Everything that `job` reads; a field that is not said stays None."""
    parser.add_argument("--cell", help="the model, see --list (rnn)")
    parser.add_argument("--steps", type=_steps, help="T, 1 to 50; T leaves it a letter (3)")
    parser.add_argument("--wrt", help="by what, e.g. W_f, see --list (the model's first)")
    parser.add_argument("--activation", help="tanh, sigmoid, relu or identity (tanh)")
    parser.add_argument("--outputs", help="last or each: the loss of one output, or of every step's (last)")
    parser.add_argument("--loss", help="half, whole or cross-entropy: with 1/2, without, of a softmax (half)")
    parser.add_argument("--truncate", type=whole_number, help="window of truncated BPTT in steps (none)")
    parser.add_argument("--gates", help="apart or stacked, of an LSTM (apart)")
    parser.add_argument("--update", help="keep or take: what z of a GRU does with the old state (keep)")
    parser.add_argument("--reset", help="after or before the product, of a GRU (after)")
    parser.add_argument("--scalar", action="store_true", default=None, help="one unit: letters are numbers")
    parser.add_argument("--rows", action="store_true", default=None, help="vectors are rows")
    parser.add_argument("--seed", type=int, default=1, help="of the numbers put in (1)")


def _steps(text: str) -> int:
    if text in ("T", "t"):
        return 0
    try:
        number = int(text)
    except ValueError:
        number = -1
    if not 1 <= number <= catalogue.MOST_STEPS:
        raise argparse.ArgumentTypeError(f"T is {text!r}; it can be 1 to {catalogue.MOST_STEPS}, or T")
    return number


def job(said: argparse.Namespace) -> GradientJob:
    """What was asked for.

    Raises:
        ConfigError: a choice that is not there, or an option that the model does not have.
    """
    chosen = {name: getattr(said, name) for name in _FIELDS if getattr(said, name) is not None}
    asked = GradientJob(model="rnn" if said.cell is None else said.cell, seed=said.seed, **chosen)
    _has_all(asked, chosen)
    wrt = catalogue.cleaned(asked).wrt if said.wrt is None else said.wrt
    found = dataclasses.replace(asked, wrt=wrt)
    refused = catalogue.refused(found)
    if refused is not None:
        raise ConfigError((" ".join(refused),))
    return found


def _has_all(asked: GradientJob, chosen: Mapping[str, object]) -> None:
    """The catalogue heeds no option that a model lacks; who typed one should hear of it."""
    if asked.model not in {card.key for card in catalogue.MODELS}:
        return  # which is refused by the catalogue
    has = [option.field for option in catalogue.options(asked)]
    has += ["steps"] if catalogue.has_steps(asked) else []
    for name in chosen:
        if name not in has:
            theirs = ", ".join(f"--{field}" for field in has) or "none"
            unit = " with --scalar" if asked.scalar and "scalar" in has else ""
            raise ConfigError((f"--{name} says nothing about {asked.model}{unit}. Its options: {theirs}.",))


def told(voice: Voice, cell: str | None = None) -> None:
    """Every model, or the one that is asked for, with what it leaves open and what the slope can be of.

    Raises:
        ConfigError: there is no such model.
    """
    cards = [card for card in catalogue.MODELS if cell in (None, card.key)]
    if not cards:
        known = ", ".join(card.key for card in catalogue.MODELS)
        raise ConfigError((f"There is no model called “{cell}”; there are {known}.",))
    for card in cards:
        default = catalogue.cleaned(GradientJob(model=card.key, wrt=""))
        parameters = catalogue.parameters(default)
        options = {
            each.field: [choice.value for choice in each.choices] for each in catalogue.options(default)
        }
        voice.say(
            "\n".join(_in_words(card, default)),
            model=card.key,
            title=card.title,
            about=card.about,
            options=options,
            wrt=[dataclasses.asdict(parameter) for parameter in parameters],
        )


def _in_words(card: catalogue.Card, default: GradientJob) -> Iterator[str]:
    yield f"{card.key}: {card.title}"
    yield f"  {card.about}"
    for option in catalogue.options(default):
        yield f"  --{option.field:<12} {_to_type(option)}"
    for parameter in catalogue.parameters(default):
        yield f"  --wrt {parameter.key:<8} {parameter.label} ({parameter.shape})"
    yield ""


def _to_type(option: catalogue.Option) -> str:
    """What to type behind the option; of one that is a yes, what it means."""
    if option.field == "truncate":
        return "a number of steps"
    if isinstance(option.choices[-1].value, bool):
        return f"({option.choices[-1].label})"
    return " | ".join(str(choice.value) for choice in option.choices)
