"""What a student may call things in a typed line: the names of one network, and what they stand for.

Names are those of the program; a few others that books use are understood where only one thing
can be meant. Window-safe: reads a `Program`, computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from engine.derivations.dependence import Dependence
from engine.tape.index import At, at, last, t
from engine.tape.latex import latex
from engine.tape.makers import slope, var
from engine.tape.names import is_sum, shape_words
from engine.tape.nodes import Fn, Shape, Slope, Var
from engine.tape.plain import plain
from engine.tape.program import Program
from engine.tape.walk import variables

LETTERS = ("t", "T", "j", "k", "i", "l", "s", "tau")  # of times
_NAMES_OF_PLAIN = {
    "W_i": ("W_ih", "W_xh", "W_hx", "W_x", "Wih", "Wxh", "U"),
    "W_h": ("W_hh", "W_rec", "Whh", "W"),
    "W_o": ("W_ho", "W_hy", "W_oh", "W_yh", "W_y", "Why", "V"),
    "b_h": ("b",),
    "b_o": ("b_y",),
}
_NAMES_OF_ALL = {
    "W_y": ("W_hy", "W_o", "Why", "V"),
    "b_y": ("b_o",),
    "s": ("z", "zhat", "logits"),
    "yhat": ("y_hat", "p"),
    "xhat": ("x_hat",),
    "L": ("loss", "E"),
    "d1": ("d_1",),
    "g_by_norm": ("g_norm",),
    "g_by_value": ("g_value",),
    "var": ("sigma^2",),
    "sd": ("sigma_eps", "std"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A quantity: its name and shape, and whether it is there `timed` (at each t), once, or both."""

    name: str
    shape: Shape
    timed: bool
    once: bool

    def at(self, time: At | None) -> Var:
        return var(self.name, self.shape, time)

    def shown(self) -> Var:
        """An example of it."""
        return self.at(t if self.timed else None)


class Listed(NamedTuple):
    """What to show of a name: how to type it, LaTeX, and its shape in words."""

    plain: str
    latex: str
    shape: str


@dataclass(frozen=True)
class Vocabulary:
    """The names of one network.

    Attributes:
        program: the network.
        entries: by name.
        loss: name of the loss, empty where there is none.
        states: names of what is handed on through time.
        activation: what phi stands for; empty where that is not one function.
        steps: T, where it is a number: times beyond T + 1 are refused; 0: a letter.
        ones: how long a column, and a row, of ones is where nothing else says so.
        rows: vectors are typed as rows, all products the other way round; trees are those of columns.
    """

    program: Program
    entries: Mapping[str, Entry]
    loss: str
    states: tuple[str, ...]
    activation: str
    steps: int
    ones: tuple[str, str]
    rows: bool = False

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Other names, e.g. "W_hh" for "W_h"."""
        groups = {**(_NAMES_OF_PLAIN if "W_h" in self.entries else {}), **_NAMES_OF_ALL}
        found = {other: name for name, others in groups.items() if name in self.entries for other in others}
        found |= {name[0].lower() + name[1:]: name for name in self.entries if name[0] in "WU"}
        found |= {name.replace("_", ""): name for name in self.entries if "_" in name and name[0] in "WUb"}
        return {other: name for other, name in found.items() if other not in self.entries}

    @cached_property
    def words(self) -> frozenset[str]:
        """What a name can begin with, before its scripts."""
        return frozenset(name.split("_")[0] for name in (*self.entries, *self.aliases))

    def find(self, name: str) -> Entry | None:
        return self.entries.get(name) or self.entries.get(self.aliases.get(name, ""))

    def held(self, of: Var, by: Var) -> tuple[str, ...] | None:
        """What ∂⁺(of)/∂(by) holds: all else that `of` is computed from, or, further on, earlier states."""
        made = next((one for one, _ in self.program.definitions() if one.var.name == of.name), None)
        if made is None or by.name not in {leaf.name for leaf in variables(made.value)}:
            return self.states
        apart = 0
        if of.at is not None and by.at is not None:  # one time is as good as any, but not their distance
            apart = 1 if of.name == by.name or of.at.base != by.at.base else of.at.shift - by.at.shift
        made_at = of.at and t
        used_at = by.at if by.at is None or (of.at is None and not by.at.base) else t - apart
        return self._dependence.held(self.entries[of.name].at(made_at), self.entries[by.name].at(used_at))

    @cached_property
    def _dependence(self) -> Dependence:
        return Dependence(self.program)

    @property
    def spreads(self) -> bool:
        """Whether a number or a row is added to a whole matrix as it stands: x - mu, as books on norms do."""
        return "mu" in self.entries

    @property
    def sizes(self) -> tuple[str, ...]:
        """Names of sizes, that of a column of ones first, "1" last: I is a number only if nothing else."""
        found = {size: None for entry in self.entries.values() for size in entry.shape}
        sizes = dict.fromkeys((self.ones[0], *found))
        return tuple(sorted(sizes, key=lambda size: size == "1"))

    @property
    def small(self) -> bool:
        """A network of one unit, in which all is numbers."""
        return all(entry.shape == ("1", "1") for entry in self.entries.values())

    def listed(self) -> tuple[Listed, ...]:
        """Everything that has a name, and how a slope and a delta are typed."""
        shown: list[Var | Slope] = []
        for entry in self.entries.values():
            shown += [entry.at(time) for time, there in ((t, entry.timed), (None, entry.once)) if there]
        shown += [slope(leaf) for leaf in list(shown) if isinstance(leaf, Var) and is_sum(leaf.name)]
        return tuple(Listed(plain(leaf), latex(leaf), shape_words(leaf.shape)) for leaf in shown)


def vocabulary(program: Program, steps: int = 0, rows: bool = False) -> Vocabulary:
    """The names of `program`; with `steps`, T, also which times there are; `rows`: vectors are rows."""
    found: dict[str, Entry] = {}
    leaves = [*program.parameters, *program.inputs, *program.targets, *program.starts]
    for leaf in (*leaves, *(definition.var for definition, _ in program.definitions())):
        known = found.get(leaf.name, Entry(leaf.name, leaf.shape, False, False))
        found[leaf.name] = Entry(
            leaf.name, leaf.shape, known.timed or leaf.at is not None, known.once or leaf.at is None
        )
    squashed = {
        definition.value.name
        for definition, _ in program.definitions()
        if definition.kind == "state" and isinstance(definition.value, Fn)
    }
    sizes = [size for entry in found.values() for size in entry.shape]
    ones = (next((size for size in "mhn" if size in sizes), "1"), "T" if "T" in sizes else "h")
    return Vocabulary(
        program=program,
        entries=found,
        loss=program.loss.name if program.loss else "",
        states=program.states,
        activation=squashed.pop() if len(squashed) == 1 else "",
        steps=steps,
        ones=ones,
        rows=rows,
    )


# --- from a name and its scripts to what it stands for ---


class Script(NamedTuple):
    """Something below a name: as a part of the name, and as a time, where it can be one."""

    label: str
    time: At | None


class Unknown(LookupError):
    """A name that means nothing here; the message says what does."""


def meant(word: str, scripts: list[Script], known: Vocabulary) -> Var | Slope:
    """The quantity that is written `word` with `scripts` below it; a delta is the slope of its sum.

    Raises Unknown, with a sentence.
    """
    if word.startswith("delta"):
        return _delta(word, scripts, known)
    for count in (len(scripts), len(scripts) - 1):
        if count < 0 or (count < len(scripts) and scripts[-1].time is None):
            continue
        entry = known.find(_joined(word, scripts[:count]))
        time = None if count == len(scripts) else scripts[-1].time
        if entry is not None and (found := _at(entry, time, known)) is not None:
            return found
    return _digits(word, scripts, known)


def _at(entry: Entry, time: At | None, known: Vocabulary) -> Var | None:
    """The entry at that time; None where it is not there then."""
    if time is None:
        return entry.at(None) if entry.once else None
    if entry.timed:
        return entry.at(_checked(time, known))
    is_last = time in (last, at(known.steps))
    return entry.at(None) if is_last and entry.name in ("yhat", "y", "s", "L") else None


def _checked(time: At, known: Vocabulary) -> At:
    most = known.steps + 1 if known.steps else time.shift
    if not time.base and not 0 <= time.shift <= most:
        there = f"0 to {most}" if known.steps else "0, 1, 2 and so on"
        raise Unknown(f"There is no time {time}. Times here are {there}.")
    return time


def _digits(word: str, scripts: list[Script], known: Vocabulary) -> Var | Slope:
    """h3 for h_3; else says what is wrong."""
    letters = word.rstrip("0123456789")
    if letters != word and not scripts and known.find(letters):
        number = word[len(letters) :]
        return meant(letters, [Script(number, at(int(number)))], known)
    raise Unknown(_reason(word, scripts, known))


def _reason(word: str, scripts: list[Script], known: Vocabulary) -> str:
    whole = _joined(word, scripts)
    if (entry := known.find(whole)) is not None:
        return f"{whole} needs its time, such as {plain(entry.at(t))}."
    shorter = _joined(word, scripts[:-1])
    entry = known.entries.get(shorter) if scripts else None
    if entry is not None and not entry.timed:
        return f"{plain(entry.at(None))} has no time here; write it without one."
    if entry is not None:
        return f"“{scripts[-1].label}” is not a time. Times are t, T, j, k, t-1, 2 and the like."
    near = sorted(name for name in known.entries if name.split("_")[0] == word)
    if near:
        return f"There is no {whole} here. There {'is' if len(near) == 1 else 'are'} {_told(near, known)}."
    return f"“{whole}” is not known here. Known are {_told(list(known.entries), known)}."


def _told(names: list[str], known: Vocabulary) -> str:
    entries = [known.entries[name] for name in names]
    return ", ".join(plain(entry.shown()) for entry in entries)


def _delta(word: str, scripts: list[Script], known: Vocabulary) -> Slope:
    sums = [name for name in known.entries if is_sum(name)]
    if not sums:
        raise Unknown("There is no delta here: delta is the slope of a sum a, and this network has none.")
    try:
        found = meant("a" + word.removeprefix("delta"), scripts, known)
    except Unknown:
        shown = ", ".join(plain(slope(known.entries[name].shown())) for name in sums)
        raise Unknown(f"This delta is not known here. Known are {shown}.") from None
    if isinstance(found, Var):
        return slope(found)
    return found


def _joined(word: str, scripts: list[Script]) -> str:
    """W and rev, h are W_h_rev."""
    labels = [script.label for script in scripts]
    back = ["rev"] * ("rev" in labels)
    return "_".join([word, *(label for label in labels if label != "rev"), *back])
