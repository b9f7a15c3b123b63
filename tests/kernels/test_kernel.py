"""The compiled kernel against autograd in float64 and, in every buffer, against the NumPy passes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import example as at
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import bptt, parameters
from engine.cells import Cell, cell_of
from engine.kernels import door
from engine.kernels.kernel import Kernel
from engine.kernels.layout import Layout
from engine.losses import LOSSES

pytestmark = pytest.mark.skipif(not door.available(), reason=door.state())

torch.set_num_threads(1)  # the matrices are tiny: a second thread only waits

CELLS = [("rnn", "keep"), ("lstm", "keep"), ("gru", "keep"), ("gru", "take")]
ISAS = door.candidates()
TOLERANCE = 1e-5  # of a tensor's largest entry


@dataclass
class Example:
    """A network with a batch, in float64; the numbers are such that float32 has them exactly."""

    layout: Layout
    cell: Cell
    update: str
    loss: str
    truncate: int
    weights: dict[str, Any]
    inputs: Any
    tokens: Any
    targets: Any
    labels: Any
    counts: Any
    start: tuple[Any, ...]

    @property
    def theta(self) -> Any:
        return np.concatenate([array.ravel() for array in self.weights.values()])

    def kernel(self, isa: str | None = None) -> Kernel:
        kernel = Kernel(self.layout, self.loss, self.update, self.truncate, door.load(isa))
        kernel.theta = self.theta
        kernel.read(self.inputs, self.tokens)
        kernel.want(self.targets, self.labels, self.counts)
        kernel.begin(self.start)
        return kernel


def example(
    name: str,
    sizes: tuple[int, int, int, int, int],
    *,
    update: str = "keep",
    loss: str = "cross-entropy",
    tokens: bool = False,
    counted: bool = True,
    truncate: int = 0,
    seed: int = 0,
) -> Example:
    """`sizes` are T, B, I, H, V."""
    T, B, I, H, V = sizes  # noqa: E741 - the kernel's letters
    rng = np.random.default_rng([seed, *sizes])
    cell = cell_of(name, update)
    shapes = parameters.shapes_of(cell, I, H, V)
    draw = lambda *shape: rng.normal(0, 1, shape).astype(np.float32).astype(np.float64)  # noqa: E731
    weights = {
        w: (draw(*s) / math.sqrt(s[-1])).astype(np.float32).astype(np.float64) for w, s in shapes.items()
    }
    weights |= {w: draw(*shapes[w]) * 0.5 for w in ("b_ih", "b_hh", "b_o")}
    places = rng.integers(0, I, (T, B))
    labels = rng.integers(0, V, (T, B))
    one_hot = loss == "cross-entropy"
    counts = rng.integers(0, 4, (T, B)).astype(float)
    counts[0, 0] = 1.0
    return Example(
        Layout(name, T, B, I, H, V),
        cell,
        update,
        loss,
        truncate,
        weights,
        np.eye(I)[places] if tokens else draw(T, B, I),
        places if tokens else None,
        np.eye(V)[labels] if one_hot else draw(T, B, V),
        labels if one_hot else None,
        counts if counted else None,
        tuple(draw(B, H) * 0.5 for _ in range(cell.parts)),
    )


def close(ours: Any, theirs: Any, name: str, tolerance: float = TOLERANCE) -> None:
    assert ours.shape == theirs.shape, name
    np.testing.assert_allclose(
        ours, theirs, rtol=0, atol=tolerance * np.abs(theirs).max() + 1e-30, err_msg=name
    )


# --- autograd ----------------------------------------------------------------------------------------


def autograd(e: Example, dtype: Any = torch.float64) -> dict[str, Any]:
    """The loss and every gradient by torch, written from the textbook for this test."""

    def tensor(array: Any) -> Any:
        return torch.tensor(array, dtype=dtype)

    p = {name: tensor(array).requires_grad_() for name, array in e.weights.items()}
    h, *rest = (tensor(part) for part in e.start)
    c = rest[0] if rest else None
    hs, cs = [], []
    for t, x in enumerate(tensor(e.inputs)):
        if e.truncate and t and t % e.truncate == 0:
            h, c = h.detach(), c if c is None else c.detach()
        ax, ah = x @ p["W_ih"].T + p["b_ih"], h @ p["W_hh"].T + p["b_hh"]
        if e.layout.cell == "rnn":
            h = torch.tanh(ax + ah)
        elif e.layout.cell == "lstm":
            i, f, g, o = (ax + ah).chunk(4, 1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
        else:
            (xr, xz, xn), (hr, hz, hn) = ax.chunk(3, 1), ah.chunk(3, 1)
            candidate, z = torch.tanh(xn + (xr + hr).sigmoid() * hn), (xz + hz).sigmoid()
            h = torch.lerp(candidate, h, z) if e.update == "keep" else torch.lerp(h, candidate, z)
        hs.append(h)
        cs.append(c)
    z = torch.stack(hs) @ p["W_o"].T + p["b_o"]
    y = tensor(e.targets)
    each = -(y * z.log_softmax(2)).sum(2) if e.loss == "cross-entropy" else 0.5 * ((z - y) ** 2).sum(2)
    w = torch.ones_like(each) if e.counts is None else tensor(e.counts)
    loss = (each * w).sum() / w.sum()
    sought = {**p, **{f"h{t}": h for t, h in enumerate(hs)}}
    if e.layout.cell == "lstm":
        sought |= {f"c{t}": c for t, c in enumerate(cs)}
    found = torch.autograd.grad(loss, list(sought.values()), allow_unused=True)
    named = {
        n: (torch.zeros_like(s) if g is None else g).numpy()
        for (n, s), g in zip(sought.items(), found, strict=True)
    }
    named["norm"] = np.sqrt(sum((named[name] ** 2).sum() for name in e.weights))
    named["dh"] = np.stack([named.pop(f"h{t}") for t in range(len(hs))])
    if e.layout.cell == "lstm":
        named["dc"] = np.stack([named.pop(f"c{t}") for t in range(len(hs))])
    return named | {"loss": np.array(loss.item())}


def by_kernel(e: Example, isa: str | None) -> dict[str, Any]:
    kernel = e.kernel(isa)
    found: dict[str, Any] = {"loss": np.array(kernel.passes()), "norm": np.array(kernel.norm)}
    found |= parameters.named(kernel.unpacked("gradient"), {n: w.shape for n, w in e.weights.items()})
    return found | {
        name: kernel.value(name) for name in (("dh", "dc") if e.layout.cell == "lstm" else ("dh",))
    }


def rounding(e: Example, right: dict[str, Any]) -> dict[str, float]:
    """How far torch's own float32 is off, at weights whose last digit is moved one way or the other."""
    rng = np.random.default_rng(0)
    off = dict.fromkeys(right, 0.0)
    for _ in range(5):
        weights = {n: w * (1 + rng.choice([-1, 1], w.shape) * 2.0**-23) for n, w in e.weights.items()}
        for name, array in autograd(replace(e, weights=weights), torch.float32).items():
            off[name] = max(off[name], float(np.abs(array - right[name]).max()))
    return off


def check_against_autograd(e: Example, isa: str | None = None) -> None:
    """Within TOLERANCE; where terms cancel so that float32 cannot do that, near what torch's float32 does."""
    ours, right = by_kernel(e, isa), autograd(e)
    assert {n: a.shape for n, a in ours.items()} == {n: a.shape for n, a in right.items()}
    off = {name: float(np.abs(ours[name] - right[name]).max()) for name in right}
    poor = [n for n in off if not off[n] <= TOLERANCE * np.abs(right[n]).max()]
    theirs = rounding(e, right) if poor else {}
    for name in poor:
        assert off[name] <= 32 * theirs[name], name  # its tanh is right to the last digit, ours to a few


SIZES = st.tuples(
    st.integers(1, 14), st.integers(1, 19), st.integers(1, 81), st.integers(1, 129), st.integers(1, 100)
)


@settings(max_examples=60)
@given(
    st.sampled_from(CELLS),
    SIZES,
    st.sampled_from(list(LOSSES)),
    st.booleans(),
    st.booleans(),
    st.integers(0, 5),
)
@at(("lstm", "keep"), (1, 13, 72, 65, 1), "half squared error", True, True, 0)  # db_o nearly cancels
@at(("gru", "take"), (1, 1, 1, 1, 30), "half squared error", True, True, 0)  # dh nearly cancels
@at(("rnn", "keep"), (2, 1, 43, 43, 1), "half squared error", True, True, 0)  # all slopes are nearly 0
def test_every_gradient_is_what_autograd_finds(
    cell: tuple[str, str], sizes: Any, loss: str, tokens: bool, counted: bool, truncate: int
) -> None:
    name, update = cell
    check_against_autograd(
        example(name, sizes, update=update, loss=loss, tokens=tokens, counted=counted, truncate=truncate)
    )


@pytest.mark.parametrize(
    "sizes", [(101, 65, 81, 129, 256), (100, 1, 3, 16, 2), (1, 1, 1, 1, 1), (37, 64, 17, 48, 33)]
)
@pytest.mark.parametrize(("name", "update"), CELLS)
def test_the_largest_and_the_smallest_network(name: str, update: str, sizes: Any) -> None:
    check_against_autograd(example(name, sizes, update=update, tokens=sizes[0] == 37))


@pytest.mark.parametrize("isa", ISAS)
@pytest.mark.parametrize(("name", "update"), CELLS)
def test_every_instruction_set_that_is_here(name: str, update: str, isa: str) -> None:
    if isa not in door.available():
        pytest.skip(f"no library for {isa} can run here")
    check_against_autograd(example(name, (9, 13, 21, 35, 18), update=update), isa)


# --- the NumPy passes --------------------------------------------------------------------------------


def by_numpy(e: Example) -> dict[str, Any]:
    """Every value that the NumPy passes have of `e`, by the kernel's names, [T, B, n]."""
    run = bptt.forward(e.cell, e.weights, e.inputs, e.start)
    loss = LOSSES[e.loss](run.z, e.targets, e.counts)
    back = bptt.rewind(run, loss.dz @ e.weights["W_o"], e.truncate)
    found: dict[str, Any] = {
        "loss": loss.value,
        "outputs": loss.outputs,
        "dz": loss.dz,
        "dh": back.dh,
        "h": run.hidden[1:],
    }
    for letter in run.steps[0].values:
        found[letter] = np.stack([step.values[letter] for step in run.steps])
    blocks = zip(e.cell.stacked, np.split(back.da_x, len(e.cell.stacked), axis=2), strict=True)
    found |= {f"da_{letter}": block for letter, block in blocks}
    if e.layout.cell == "lstm":
        found["dc"] = back.dc
    if e.layout.cell == "gru":
        found["dm"] = np.split(back.da_h, 3, axis=2)[2]
    return found


@pytest.mark.parametrize("truncate", [0, 1, 3])
@pytest.mark.parametrize("loss", list(LOSSES))
@pytest.mark.parametrize(("name", "update"), CELLS)
def test_every_buffer_is_what_numpy_has(name: str, update: str, loss: str, truncate: int) -> None:
    e = example(name, (11, 5, 7, 19, 6), update=update, loss=loss, truncate=truncate)
    kernel = e.kernel()
    theirs = by_numpy(e)
    assert kernel.passes() == pytest.approx(theirs["loss"], rel=1e-5)
    assert set(kernel.names) <= set(theirs)
    for buffer in kernel.names:
        close(kernel.value(buffer), theirs[buffer], buffer)
    final = (theirs["h"][-1], *((theirs["c"][-1],) if name == "lstm" else ()))
    for ours, part in zip(kernel.state, final, strict=True):
        close(ours, part, "state")
