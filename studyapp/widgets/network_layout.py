"""Where the places of an unrolled network stand: which times have a column, and who stands where in it.

Pure: no Qt, no colours. Lengths are pixels, y down; nothing here knows what is lit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.symbolic.report import Network, Place

ALL_UP_TO = 6  # time steps that always have a column each, where there is room
SMALLEST, LEAST, LARGEST = 7.0, 9.0, 22.0  # radius of a place: below LEAST rather than hide a short network
ROOM = 1.3  # a place's share of its column's width to its diameter
MARGIN, HEAD, FOOT = 10.0, 8.0, 30.0  # at the sides, above, and below for the times
ELLIPSIS = 0.62  # width of what stands for hidden columns, to that of a column


@dataclass(frozen=True, slots=True)
class Column:
    """The times `first` .. `last`: one that is shown, several that are hidden, or none before any T."""

    first: int
    last: int
    hidden: bool
    left: float
    width: float

    @property
    def x(self) -> float:
        """Its middle."""
        return self.left + self.width / 2

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def is_gap(self) -> bool:
        """Whether it stands for however many times there are before the last one, which is any T."""
        return self.count == 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture.

    Attributes:
        crowd: how many stand beside each other there.
        hidden: it has no column: this is where its dots are.
    """

    place: Place
    x: float
    y: float
    crowd: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture.

    Attributes:
        columns: from left to right.
        spots: of all places that are shown, by key; ghosts: of those that are hidden.
        radius: of a place.
    """

    columns: tuple[Column, ...]
    spots: Mapping[str, Spot]
    ghosts: Mapping[str, Spot]
    radius: float

    def column_at(self, x: float) -> Column:
        """The column under `x`, or the nearest."""
        return min(self.columns, key=lambda one: max(one.left - x, x - one.left - one.width))


def chosen_times(
    times: Sequence[int], steps: int, cursor: int, most: int, lit: Collection[int] = ()
) -> list[int]:
    """Those of `times` that get a column of their own, about `most`: around the cursor and at both ends.

    Of the neighbours of the cursor those come first in which something is `lit`. A single time between
    two of them is shown, too: what says that it is hidden needs as much room.
    """
    if len(times) <= most:
        return list(times)
    near = [time for time in (cursor - 1, cursor + 1) if time in lit]
    wanted = (cursor, *near, times[-1], cursor - 1, steps, 1, times[0], cursor + 1, 2)
    chosen: list[int] = []
    for time in wanted:
        if time in times and time not in chosen and len(chosen) < max(2, most):
            chosen.append(time)
    shown = set(chosen)
    singles = {t for t in times if t not in shown and _beside(times, t, shown)}
    return sorted(shown | singles)


def _beside(times: Sequence[int], time: int, shown: set[int]) -> bool:
    """Whether both neighbours of `time` are shown."""
    place = times.index(time)
    return 0 < place < len(times) - 1 and times[place - 1] in shown and times[place + 1] in shown


def laid_out(
    network: Network,
    cursor: int,
    width: float,
    height: float,
    lit: Collection[str] = (),
    letter: bool = False,
) -> Layout:
    """The picture of `network` in a room of this size, with the time `cursor` in sight.

    Where there is little room, places whose keys are `lit` come first. `letter`: the last time is any T.
    """
    times = sorted({place.time for place in network.places})
    beside = _beside_each_other(network)
    crowd = _crowds(network, times)
    room = max(1.0, width - 2 * MARGIN)
    bright = {place.time for place in network.places if place.key in lit}
    chosen = chosen_times(times, network.steps, cursor, _most(times, crowd, network.steps, room), bright)
    columns = _columns(times, chosen, crowd, room, network.steps if letter else 0)
    shown = {column.first: column for column in columns if not column.hidden}
    rows = sorted({place.row for place in network.places}) or [0.0]
    pitch = max(1.0, height - HEAD - FOOT) / (rows[-1] - rows[0] + 1.0)
    share = min((c.width / max(1, crowd[t]) for t, c in shown.items()), default=room)
    radius = max(SMALLEST, min(LARGEST, share / (2 * ROOM), pitch / 3.0))
    bottom = height - FOOT - pitch / 2
    spots, ghosts = {}, {}
    for place in network.places:
        y = bottom - pitch * (place.row - rows[0])
        if place.time in shown:
            mates, column = beside[place.time, place.row], shown[place.time]
            x = column.left + column.width * (mates.index(place.key) + 0.5) / len(mates)
            spots[place.key] = Spot(place, x, y, len(mates))
        else:
            dots = next(one for one in columns if one.first <= place.time <= one.last)
            ghosts[place.key] = Spot(place, dots.x, y, 1, hidden=True)
    return Layout(columns, spots, ghosts, radius)


def rows_of(network: Network) -> float:
    """How many rows high the picture is."""
    rows = [place.row for place in network.places] or [0.0]
    return max(rows) - min(rows) + 1


def _beside_each_other(network: Network) -> Mapping[tuple[int, float], list[str]]:
    found: defaultdict[tuple[int, float], list[str]] = defaultdict(list)
    for place in network.places:
        found[place.time, place.row].append(place.key)
    return found


def _crowds(network: Network, times: Sequence[int]) -> dict[int, int]:
    """For each time, how many places stand beside each other at most."""
    crowd = dict.fromkeys(times, 1)
    for (time, _), keys in _beside_each_other(network).items():
        crowd[time] = max(crowd[time], len(keys))
    return crowd


def _most(times: Sequence[int], crowd: Mapping[int, int], steps: int, room: float) -> int:
    """How many columns there is room for; all of a short network, if at all possible."""
    if not steps:
        return len(times)  # no time runs here: nothing can stand for what is hidden
    if steps <= ALL_UP_TO and sum(crowd.values()) * 2 * SMALLEST * ROOM <= room:
        return len(times)
    typical = sorted(crowd.values())[len(crowd) // 2]
    fit = int(room / max(typical * 2 * LEAST * ROOM, 26.0))
    return min(fit, len(times), ALL_UP_TO + 2)


def _columns(
    times: Sequence[int], chosen: Sequence[int], crowd: Mapping[int, int], room: float, any_t: int
) -> tuple[Column, ...]:
    """Columns from left to right; what is hidden between two of them is one narrow column, and so is
    what lies before the time `any_t`, if that is one of them."""
    parts: list[tuple[int, int, bool, float]] = []
    for time in times:
        if time == any_t and parts and not parts[-1][2]:
            parts.append((time, time - 1, True, ELLIPSIS))
        if time in chosen:
            parts.append((time, time, False, 1.0 + 0.6 * (crowd[time] - 1)))
        elif parts and parts[-1][2] and parts[-1][1] >= parts[-1][0]:
            parts[-1] = (parts[-1][0], time, True, parts[-1][3])
        else:
            parts.append((time, time, True, ELLIPSIS))
    unit = room / max(1e-9, sum(part[3] for part in parts))
    columns, left = [], MARGIN
    for first, last, hidden, share in parts:
        columns.append(Column(first, last, hidden, left, share * unit))
        left += share * unit
    return tuple(columns)
