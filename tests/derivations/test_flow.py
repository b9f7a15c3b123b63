"""Who uses what at which time, against a network unrolled step by step."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.derivations.dependence import Dependence, reached
from engine.derivations.flow import Segment, segments
from engine.derivations.programs import asked_for, program
from engine.symbolic.jobs import GradientJob
from engine.tape import makers as make
from engine.tape.index import At, at, last, t
from engine.tape.nodes import Beside, Sum, Var
from engine.tape.program import Program
from engine.tape.walk import variables, walk

JOBS = (
    GradientJob(),
    GradientJob(outputs="each"),
    GradientJob("lstm", outputs="each"),
    GradientJob("lstm", gates="stacked"),
    GradientJob("gru", reset="before"),
    GradientJob("birnn", outputs="each"),
    GradientJob("birnn", outputs="last"),
    GradientJob("layers"),
    GradientJob("attention"),
    GradientJob("rnn", truncate=2, outputs="each"),
    GradientJob("lstm", truncate=3),
    GradientJob("layers", truncate=1),
)
Quantity = tuple[str, int | None]


def readers(network: Program, steps: int) -> Counter[tuple[Quantity, Quantity]]:
    """(what is read, what is computed from it), with how many of its leaves read it."""
    found: Counter[tuple[Quantity, Quantity]] = Counter()
    for definition, span in network.definitions():
        for time in span.times({"T": steps}) if span else [0]:
            letters = {"T": steps, "t": time}
            made = definition.var
            target = made.name, made.at and made.at.number(letters)
            over = {part.index: part for part in walk(definition.value) if isinstance(part, Sum | Beside)}
            for leaf in variables(definition.value):
                if leaf.at and leaf.at.base in over:
                    whole = over[leaf.at.base]
                    times = range(whole.low.number(letters), whole.high.number(letters) + 1)
                    found.update(((leaf.name, n + leaf.at.shift), target) for n in times)
                else:
                    found[(leaf.name, leaf.at and leaf.at.number(letters)), target] += 1
    return found


def told(network: Program, segment: Segment, steps: int) -> Counter[tuple[Quantity, Quantity]]:
    """The same of one segment."""
    found: Counter[tuple[Quantity, Quantity]] = Counter()
    times = segment.span.times({"T": steps}) if segment.span else [0]
    for time in times:
        letters = {"T": steps, "t": time}
        source = segment.of.name, segment.of.at and segment.of.at.number(letters)
        for use in segment.uses:
            for every in use.every.times({"T": steps}) if use.every else [time]:
                made = use.definition.var
                found[source, (made.name, made.at and made.at.number({**letters, "t": every}))] += 1
    return found


@pytest.mark.parametrize("steps", [1, 2, 3, 6])
@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{job.outputs}-{job.truncate}-{job.gates}")
def test_segments_together_are_all_uses(job: GradientJob, steps: int) -> None:
    network = program(job)
    expected = readers(network, steps)
    made = {definition.var for definition, _ in network.definitions()} - {network.loss}
    for of in (*made, *network.parameters, *network.starts):
        found = sum((told(network, one, steps) for one in segments(network, of, steps)), Counter())
        letter = of.at is not None and of.at.base == "t"
        when = None if of.at is None or letter else of.at.number({"T": steps})
        wanted = {
            pair: count
            for pair, count in expected.items()
            if pair[0][0] == of.name
            and (pair[0][1] in range(1, steps + 1) if letter else pair[0][1] == when)
            and not _is_cut(network, of, pair)
        }
        assert found == wanted, of


def _is_cut(network: Program, of: Var, pair: tuple[Quantity, Quantity]) -> bool:
    (name, time), (_, later) = pair
    cuts = bool(network.window) and name in network.states and bool(time) and later is not None
    return cuts and later == time + 1 and time % network.window == 0


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 7])
@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{job.outputs}-{job.truncate}-{job.gates}")
def test_every_time_is_in_one_segment(job: GradientJob, steps: int) -> None:
    network = program(job)
    for definition, span in network.definitions():
        if span and definition.var.at == t:
            covered: list[int] = []
            for segment in segments(network, definition.var, steps):
                letters = {"T": steps or 9}
                when = segment.of.at
                covered += segment.span.times(letters) if segment.span else [when.number(letters)]
            assert sorted(covered) == list(range(1, (steps or 9) + 1))


def test_the_last_state_of_many_to_one_is_read_by_the_output_alone() -> None:
    network = program(GradientJob())
    end, before = segments(network, network.definition("h").var, 0)
    assert (end.of.at, before.span and (before.span.low, before.span.high)) == (last, (at(1), last - 1))
    assert [use.definition.var.name for use in end.uses] == ["yhat"]
    assert [use.definition.var.name for use in before.uses] == ["a"]


def test_names_that_are_reached() -> None:
    def names(job: GradientJob) -> frozenset[str]:
        return reached(program(job), asked_for(job), job.steps)

    assert names(GradientJob(wrt="W_o")) == {"W_o", "yhat", "L"}
    assert names(GradientJob(wrt="W_h")) == {"W_h", "a", "h", "yhat", "L"}
    assert "a_o" in names(GradientJob("lstm", "U_f", steps=2))
    assert "a_o" not in names(GradientJob("lstm", "U_f", steps=1))
    assert "h_rev" not in names(GradientJob("birnn", "W_h"))


def test_what_is_held() -> None:
    lstm, gru, rnn = (
        Dependence(program(GradientJob(model, wrt)))
        for model, wrt in (("lstm", "U_f"), ("gru", "U_z"), ("rnn", "W_h"))
    )
    H = ("h", "1")

    def at_t(name: str, when: At = t) -> Var:
        return make.var(name, H, when)

    assert lstm.held(at_t("c"), at_t("c", t - 1)) == ("f", "i", "g")
    assert lstm.held(at_t("c"), at_t("f")) is None
    assert gru.held(at_t("h"), at_t("h", t - 1)) == ("z", "n")
    assert rnn.held(at_t("a", t + 1), at_t("h")) is None
    assert rnn.held(at_t("a"), make.var("W_h", ("h", "h"))) == ("h",)
