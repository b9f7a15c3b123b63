"""torch: the oracle that the hand-written passes are held against.

Everything here is written a second time from the papers and differentiated by autograd, in
float64 whatever it is given; none of it uses `cells`, `bptt` or `models`. Nothing that the window
imports may import this file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.snapshot import Array

Named = Mapping[str, Tensor]
States = list[tuple[Tensor, ...]]  # by time: (h,) or (h, c), each [B, h]


@dataclass(frozen=True, slots=True)
class Spec:
    """A network without its weights; the words are those of RunConfig.

    Attributes:
        cell: "rnn", "lstm" or "gru".
        both: a second network in each layer reads from the end.
        update, reset: the GRU's conventions, "keep" or "take", "after" or "before".
    """

    cell: str
    layers: int = 1
    both: bool = False
    residual: bool = False
    norm: str = "none"
    activation: str = "tanh"
    peepholes: bool = False
    update: str = "keep"
    reset: str = "after"

    def suffixes(self, layer: int) -> tuple[str, ...]:
        """What ends the names of a layer's weights (0 is the lowest): forward, then reverse."""
        place = f"_l{layer + 1}" if self.layers > 1 else ""
        return (place, f"{place}_reverse") if self.both else (place,)


@dataclass(frozen=True, slots=True)
class Oracle:
    """What autograd found.

    Attributes:
        loss: the loss of the run.
        z: [T, B, k] outputs before any softmax.
        gradients: parameter name -> dL/d(parameter).
        named: "h", "dh" and for an LSTM "c", "dc", each [T, B, h] in the order of time and with the
            suffix of its layer and direction: dL/dh_t and dL/dc_t are through all paths.
        start: dL/d(each part of the state at the start), where one was given.
    """

    loss: float
    z: Array
    gradients: dict[str, Array]
    named: dict[str, Array]
    start: tuple[Array, ...] = ()

    @property
    def hidden(self) -> Array:
        """[T, B, h] of a single layer."""
        return self.named["h"]

    @property
    def dh(self) -> Array:
        """[T, B, h] of a single layer."""
        return self.named["dh"]


def autograd(
    cell: str, weights: Mapping[str, Array], inputs: Array, targets: Array, *, loss: str, update: str = "keep"
) -> Oracle:
    """`autograd_network` of one plain layer."""
    return autograd_network(Spec(cell, update=update), weights, inputs, targets, loss)


def autograd_network(
    spec: Spec,
    weights: Mapping[str, Array],
    inputs: Array,
    targets: Array,
    loss: str,
    weights_of_positions: Array | None = None,
    masks: Sequence[Array] = (),
    start: Sequence[Array] = (),
    window: int = 0,
) -> Oracle:
    """Unroll the network over inputs [T, B, d] and differentiate.

    `loss` is "cross-entropy" (targets [T, B, k] one-hot) or "half squared error" (targets
    [T, B, k] values), a mean over T and B, weighted where `weights_of_positions` [T, B] is given.
    `masks` [T, B, n] multiply what the layers above the first read, one for each. `start` holds the
    parts of the state of each forward network, lowest layer first; zeros without it. With a
    `window` k each network is cut after every k steps that it has read (truncated BPTT).
    """
    p = {name: _tensor(array, grad=True) for name, array in weights.items()}
    begin = [_tensor(part, grad=True) for part in start]
    outputs, states = _network(spec, p, _tensor(inputs), [_tensor(mask) for mask in masks], begin, window)
    z = outputs @ p["W_o"].T + p["b_o"]
    value = _loss(z, _tensor(targets), loss, weights_of_positions)
    parts = {
        part + suffix: [state[place] for state in visited]
        for suffix, visited in states.items()
        for place, part in enumerate("hc"[: len(visited[0])])
    }
    visited = [state for over_time in parts.values() for state in over_time]
    found = [g.numpy() for g in torch.autograd.grad(value, [*p.values(), *begin, *visited])]
    slopes = iter(found[len(p) + len(begin) :])
    named = {name: torch.stack(over_time).detach().numpy() for name, over_time in parts.items()}
    named |= {f"d{name}": np.stack([next(slopes) for _ in inputs]) for name in parts}
    return Oracle(
        value.item(),
        z.detach().numpy(),
        dict(zip(p, found, strict=False)),
        named,
        tuple(found[len(p) : len(p) + len(begin)]),
    )


def library_hidden(
    cell: str,
    weights: Mapping[str, Array],
    inputs: Array,
    *,
    layers: int = 1,
    both: bool = False,
    activation: str = "tanh",
) -> Array:
    """Hidden states of the top layer [T, B, h or 2h] by torch.nn.RNN ("tanh", "relu"), LSTM or GRU."""
    spec = Spec(cell, layers, both)
    size = weights["W_hh" + spec.suffixes(0)[0]].shape[1]
    kind = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell]
    more = {"nonlinearity": activation} if cell == "rnn" else {}
    module = kind(inputs.shape[2], size, num_layers=layers, bidirectional=both, **more).double()
    theirs = {}
    for layer in range(layers):
        for suffix, turned in zip(spec.suffixes(layer), ("", "_reverse"), strict=False):
            for ours, name in (
                ("W_ih", "weight_ih"),
                ("W_hh", "weight_hh"),
                ("b_ih", "bias_ih"),
                ("b_hh", "bias_hh"),
            ):
                array = weights.get(ours + suffix)
                theirs[f"{name}_l{layer}{turned}"] = (
                    torch.zeros(len(weights["b_ih" + suffix])) if array is None else torch.tensor(array)
                )
    module.load_state_dict(theirs)
    with torch.no_grad():
        states: Array = module(_tensor(inputs))[0].numpy()
    return states


def _network(
    spec: Spec,
    p: Named,
    inputs: Tensor,
    masks: Sequence[Tensor],
    start: Sequence[Tensor],
    window: int,
) -> tuple[Tensor, dict[str, States]]:
    """The top layer's outputs [T, B, n], and suffix -> the states of that network in the order of time."""
    states: dict[str, States] = {}
    reads = inputs
    parts = len(start) // spec.layers
    for layer in range(spec.layers):
        if layer and masks:
            reads = reads * masks[layer - 1]
        outputs = []
        for suffix in spec.suffixes(layer):
            reverse = suffix.endswith("_reverse")
            begin = () if reverse else tuple(start[layer * parts : (layer + 1) * parts])
            own = {name.removesuffix(suffix): array for name, array in p.items() if _belongs(name, suffix)}
            visited = _unroll(spec, own, reads.flip(0) if reverse else reads, begin, window)
            states[suffix] = visited[::-1] if reverse else visited
            outputs.append(torch.stack([state[0] for state in states[suffix]]))
        above = torch.cat(outputs, dim=2)
        reads = above + reads if spec.residual and layer else above
    return reads, states


def _belongs(name: str, suffix: str) -> bool:
    return name.endswith(suffix) and (suffix.endswith("_reverse") or not name.endswith("_reverse"))


def _unroll(spec: Spec, p: Named, inputs: Tensor, begin: tuple[Tensor, ...], window: int) -> States:
    """The states after steps 1 .. T, as separate tensors: autograd can then be asked for dL/dh_t."""
    zeros = torch.zeros(inputs.shape[1], p["W_hh"].shape[1], dtype=torch.float64)
    state = begin or ((zeros, zeros) if spec.cell == "lstm" else (zeros,))
    step = {"rnn": _rnn, "lstm": _lstm, "gru": _gru}[spec.cell]
    visited = []
    for t, x in enumerate(inputs):
        if window and t and t % window == 0:
            state = tuple(part.detach() for part in state)
        state = step(spec, p, x, state)
        visited.append(state)
    return visited


def _rnn(spec: Spec, p: Named, x: Tensor, state: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Ba et al. 2016, eq. 4, where b is the sum of our biases."""
    a = functional.linear(x, p["W_ih"]) + functional.linear(state[0], p["W_hh"])
    if spec.norm != "none":
        a = _norm(spec, a, p["gain_h"])
    a = a + p["b_ih"] + p.get("b_hh", 0.0)
    activations = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "identity": torch.clone}
    return (activations[spec.activation](a),)


def _lstm(spec: Spec, p: Named, x: Tensor, state: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Gers & Schmidhuber 2000; Ba et al. 2016, supplement; Cooijmans et al. 2017, section 3."""
    h, c = state
    i, f, g, o = (_sum(spec, p, "ih", x) + _sum(spec, p, "hh", h)).chunk(4, dim=1)
    if spec.peepholes:
        i, f = torch.addcmul(i, p["p_i"], c), torch.addcmul(f, p["p_f"], c)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    if spec.peepholes:
        o = torch.addcmul(o, p["p_o"], c)
    out = c if spec.norm == "none" else _norm(spec, c, p["gain_c"]) + p["shift_c"]
    return torch.sigmoid(o) * torch.tanh(out), c


def _gru(spec: Spec, p: Named, x: Tensor, state: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """Cho et al. 2014 (reset "before") or torch.nn.GRU ("after"); Ba et al. 2016, supplement."""
    (h,) = state
    rz, n = _rows(p, 0, 2), _rows(p, 2, 3)
    r, z = torch.sigmoid(_sum(spec, rz, "ih", x) + _sum(spec, rz, "hh", h)).chunk(2, dim=1)
    offered = _sum(spec, n, "hh", r * h) if spec.reset == "before" else r * _sum(spec, n, "hh", h)
    candidate = torch.tanh(_sum(spec, n, "ih", x) + offered)
    return (torch.lerp(candidate, h, z) if spec.update == "keep" else torch.lerp(h, candidate, z),)


def _rows(p: Named, first: int, end: int) -> Named:
    """The rows of gates first .. end - 1 of three in every parameter."""
    size = p["W_hh"].shape[1]
    return {name: array[first * size : end * size] for name, array in p.items()}


def _sum(spec: Spec, p: Named, end: str, source: Tensor) -> Tensor:
    a = functional.linear(source, p[f"W_{end}"])
    if spec.norm != "none":
        a = _norm(spec, a, p[f"gain_{end}"])
    return a + p.get(f"b_{end}", 0.0)


def _norm(spec: Spec, a: Tensor, gain: Tensor) -> Tensor:
    if spec.norm == "layer":
        return functional.layer_norm(a, a.shape[1:], weight=gain)
    return functional.batch_norm(a, None, None, weight=gain, training=True)


def _loss(z: Tensor, targets: Tensor, loss: str, weights: Array | None) -> Tensor:
    each = _LOSSES[loss.replace(" ", "-")](z.flatten(0, 1), targets.flatten(0, 1))
    if weights is None:
        return each.mean()
    w = _tensor(weights).flatten()
    return (w * each).sum() / w.sum()


_LOSSES: Mapping[str, Callable[[Tensor, Tensor], Tensor]] = {
    "cross-entropy": lambda z, y: functional.cross_entropy(z, y.argmax(1), reduction="none"),
    "half-squared-error": lambda z, y: 0.5 * ((z - y) ** 2).sum(1),
}


def _tensor(array: Array, grad: bool = False) -> Tensor:
    return torch.tensor(array, dtype=torch.float64, requires_grad=grad)
