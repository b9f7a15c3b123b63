"""The picture of the network, against what depends on what in the oracle; and what lines light in it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.checking.drawing import drawn
from engine.checking.oracles import forward
from engine.derivations.catalogue import MODELS, cleaned, has_steps
from engine.derivations.derive import derive
from engine.derivations.network import lit, network
from engine.derivations.programs import program
from engine.symbolic.jobs import GradientJob
from engine.symbolic.report import Network
from engine.tape.latex import latex

STEPS = 3
JOBS = tuple(
    dict.fromkeys(
        cleaned(GradientJob(card.key, steps=STEPS, outputs=outputs, gates=gates, reset=reset))
        for card in MODELS
        for outputs in ("last", "each")
        for gates, reset in (("apart", "after"), ("stacked", "before"))
    )
)
EACH = pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.model}-{JOBS.index(job)}")


def picture(job: GradientJob) -> Network:
    return network(job, STEPS)


def keyed(name: str, time: int | None) -> str:
    return name if time is None else f"{name}@{time}"


def reached(shown: Network, source: str) -> set[str]:
    """All that can be walked to along the wires."""
    found = {source}
    while True:
        more = found | {wire.target for wire in shown.wires if wire.source in found}
        if more == found:
            return found - {source}
        found = more


def changed(job: GradientJob, source: str) -> set[str]:
    """All quantities that are others when `source` is a little larger, by the oracle."""
    arrays = drawn(job)

    def values(by: float) -> dict[str, np.ndarray]:
        found: dict[str, np.ndarray] = {}

        def nudge(name: str, time: int | None, value: np.ndarray) -> np.ndarray:
            uneven = np.arange(1, 1 + value[0].size).reshape(value[0].shape)  # softmax heeds no even shift
            after = value + by * (keyed(name, time) == source) * uneven
            found[keyed(name, time)] = after
            return after

        forward(job, arrays, nudge)
        return found

    before, after = values(0), values(1e-2)
    return {key for key in before if not np.array_equal(before[key], after[key])} - {source}


@EACH
def test_wires_lead_to_all_that_depends_on_a_place_and_to_nothing_else(job: GradientJob) -> None:
    shown = picture(job)
    places = {place.key for place in shown.places}
    for place in shown.places:
        if place.key != "n" or job.model != "clipping":  # which other points clip is up to the numbers
            assert reached(shown, place.key) == changed(job, place.key) & places, place.key


@EACH
def test_places_and_wires_are_what_they_say(job: GradientJob) -> None:
    shown = picture(job)
    keys = [place.key for place in shown.places]
    assert len(set(keys)) == len(keys)
    assert {end for wire in shown.wires for end in (wire.source, wire.target)} == set(keys)
    assert len({wire.key for wire in shown.wires}) == len(shown.wires)
    for place in shown.places:
        name, _, time = place.key.partition("@")
        if has_steps(job) and time and name != "d":
            assert place.time == int(time)
    kinds = {place.kind for place in shown.places}
    assert kinds <= {"input", "state", "gate", "sum", "output", "loss", "target", "parameter"}
    assert ("loss" in kinds) == (job.model != "clipping")


@EACH
def test_matrices_stand_on_the_wires_that_they_carry(job: GradientJob) -> None:
    matrices = {latex(one) for one in program(job).parameters if "1" not in one.shape}
    written = {wire.latex for wire in picture(job).wires} - {""}
    inside = {"U_n"} if job.reset == "before" and job.model == "gru" else set()
    assert written == matrices - inside if has_steps(job) else not written


def test_a_weight_stands_where_it_belongs() -> None:
    on = {wire.key: wire.latex for wire in picture(cleaned(GradientJob("lstm"))).wires}
    assert (on["h@1>f@2"], on["x@2>f@2"], on["c@1>c@2"], on["h@3>yhat"]) == ("U_f", "W_f", "", "W_y")
    on = {wire.key: wire.latex for wire in picture(cleaned(GradientJob("birnn", outputs="each"))).wires}
    assert on["h_rev@3>a_rev@2"] == r"\overleftarrow{W}_h"
    assert "h_rev@1>a_rev@2" not in on


@pytest.mark.parametrize("model", ["softmax", "layernorm", "batchnorm", "clipping"])
def test_without_time_wires_lead_to_the_right_and_begin_next_to_their_first_end(model: str) -> None:
    shown = picture(cleaned(GradientJob(model)))
    column = {place.key: place.time for place in shown.places}
    assert shown.steps == 0
    assert all(column[wire.source] < column[wire.target] for wire in shown.wires)
    for key in {wire.source for wire in shown.wires} - {wire.target for wire in shown.wires}:
        assert column[key] + 1 == min(column[wire.target] for wire in shown.wires if wire.source == key)
    assert len({(place.time, place.row) for place in shown.places}) == len(shown.places)


def test_long_networks_have_all_their_columns() -> None:
    shown = network(cleaned(GradientJob("lstm", steps=50)), 50)
    assert shown.steps == 50
    assert {place.time for place in shown.places} == set(range(51))


@EACH
def test_every_line_lights_something(job: GradientJob) -> None:
    shown = picture(job)
    keys = {place.key for place in shown.places} | {wire.key for wire in shown.wires}
    for number, step in enumerate(derive(job).steps, start=1):
        times = step.span.times({"T": STEPS}) if step.span else [STEPS]
        for t in times:
            found = lit(step.path, t, STEPS) & keys
            assert found or not step.path, (number, step.rule, step.path)


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        (("h@t-1>a@t", "a@t"), {"h@1>a@2", "a@2"}),
        (("a@t+1>h@t",), {"a@3>h@2"}),
        (("h@T>yhat", "h@0"), {"h@3>yhat", "h@0"}),
        (("a_f@t", "h@t-1>a_f@t", "a_f@t>f@t"), {"f@2", "h@1>f@2"}),
        (("m@t", "c@t>m@t", "m@t>h@t"), {"h@2", "c@2>h@2"}),
        (("v@t>a_i@t",), {"h@1>i@2", "x@2>i@2"}),
        (("x@t>v@t",), {"x@2>f@2", "x@2>i@2", "x@2>g@2", "x@2>o@2"}),
        (("x@*",), {"x@1", "x@2", "x@3"}),
        (("h@*>alpha",), {"h@1>alpha", "h@2>alpha", "h@3>alpha"}),
        (("H>c", "h@*>H"), {"h@1>c", "h@2>c", "h@3>c"}),
        (("h_rev@t+1>a_rev@t",), {"h_rev@3>a_rev@2"}),
        (("h_rev@T+1",), {"h_rev@4"}),
        (("s@t", "s@t>yhat@t"), {"yhat@2"}),
        (("L@*>L",), {"L@1", "L@2", "L@3"}),
    ],
)
def test_what_a_path_lights_at_time_2_of_3(path: tuple[str, ...], keys: set[str]) -> None:
    assert lit(path, 2, 3) == keys


def test_a_way_over_all_times_has_each_wire_once_and_no_long_jumps() -> None:
    keys = {wire.key for wire in picture(cleaned(GradientJob())).wires}
    found = lit(("h@*>a@*",), 1, 3)
    assert found & keys == {"h@1>a@2", "h@2>a@3"}
    assert "h@1>a@3" not in found
    assert lit((), 1, 3) == frozenset()
