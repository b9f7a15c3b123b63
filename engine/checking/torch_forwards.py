"""torch: the models of the catalogue once more, for autograd. Nothing the window imports may import this.

Written with torch's own pieces where it has them (linear, layer_norm, cross_entropy, ..), in
float64, for one sequence of vectors [n]. Knows no tape, no oracle and no cell of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from engine.snapshot import Array
from engine.symbolic.jobs import GradientJob

_PHI: Mapping[str, Callable[[Tensor], Tensor]] = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "identity": torch.clone,
}
_FIRST_STATES = {
    "h_0": ("h", 0),
    "c_0": ("c", 0),
    "h1_0": ("h1", 0),
    "h2_0": ("h2", 0),
    "h_rev_T+1": ("h_rev", -1),
}


def gradient(job: GradientJob, arrays: Mapping[str, Array], wrt: str) -> Array:
    """dL/d`wrt` at one point, in the shape of the quantity; of one with a time [T, r, 1], t = 1 .. T.

    `arrays` are in the layout of `oracles`, without leading axes. Of clipping, which has no loss,
    it is g after clipping. Raises KeyError: no such quantity.
    """
    if job.model == "clipping":
        return _clipped(arrays, wrt)
    p = {name: torch.tensor(array, dtype=torch.float64) for name, array in arrays.items()}
    p |= {start: p[name][at] for start, (name, at) in _FIRST_STATES.items() if name in p}
    p = {name: tensor.clone().requires_grad_() for name, tensor in p.items()}
    run = _Run(job, p)
    loss = _MODELS[job.model](run)
    if wrt in run.over_time:
        slopes = torch.autograd.grad(loss, run.over_time[wrt], materialize_grads=True)
        return torch.stack(slopes)[..., None].numpy()
    return torch.autograd.grad(loss, p[wrt], materialize_grads=True)[0].numpy()


class _Run:
    """One forward pass; keeps what it makes over time, so that autograd can be asked for its slopes."""

    def __init__(self, job: GradientJob, p: Mapping[str, Tensor]) -> None:
        self.job, self.p = job, p
        self.over_time: dict[str, list[Tensor]] = {}

    def column(self, name: str) -> Tensor:
        """A given column as a vector."""
        return self.p[name][:, 0]

    def inputs(self) -> list[Tensor]:
        return [x[:, 0] for x in self.p["x"][1:-1]]

    def keep(self, name: str, value: Tensor) -> Tensor:
        self.over_time.setdefault(name, []).append(value)
        return value

    def linear(self, end: str, *sources: Tensor, bias: str = "", letters: str = "WU") -> Tensor:
        """W_end x + U_end h + b_end of the sources x, h."""
        total = self.column(bias or f"b_{end}")
        for letter, source in zip(letters, sources, strict=False):
            total = total + functional.linear(source, self.p[f"{letter}_{end}"])
        return total

    def handed(self, time: int, state: Tensor) -> Tensor:
        """A state as the next step gets it: cut off where truncated BPTT cuts."""
        return state.detach() if self.job.truncate and time % self.job.truncate == 0 else state


def _plain(
    run: _Run, inputs: Sequence[Tensor], start: str, names: tuple[str, str, str], kept: str
) -> list[Tensor]:
    """The states of a layer of Elman's network; `names` of W_h, W_i and the bias, `kept` as "1" of a1, h1."""
    to_state, to_input, bias = (run.p[name] for name in names)
    h, states = run.column(start), []
    for time, x in enumerate(inputs, start=1):
        a = run.keep(f"a{kept}", functional.linear(h, to_state) + functional.linear(x, to_input, bias[:, 0]))
        states.append(run.keep(f"h{kept}", _PHI[run.job.activation](a)))
        h = run.handed(time, states[-1])
    return states


def _rnn(run: _Run) -> Tensor:
    states = _plain(run, run.inputs(), "h_0", ("W_h", "W_i", "b_h"), "")
    return _read_out(run, [run.linear("o", h) for h in states])


def _two_layers(run: _Run) -> Tensor:
    lower = _plain(run, run.inputs(), "h1_0", ("W_h1", "W_i1", "b_1"), "1")
    upper = _plain(run, lower, "h2_0", ("W_h2", "W_i2", "b_2"), "2")
    return _read_out(run, [run.linear("o", h) for h in upper])


def _both_ways(run: _Run) -> Tensor:
    ahead = _plain(run, run.inputs(), "h_0", ("W_h", "W_i", "b_h"), "")
    behind = _plain(run, run.inputs()[::-1], "h_rev_T+1", ("W_h_rev", "W_i_rev", "b_h_rev"), "_rev")
    for name in ("a_rev", "h_rev"):
        run.over_time[name].reverse()
    W = torch.cat([run.p["W_o"], run.p["W_o_rev"]], dim=1)
    pairs = zip(ahead, reversed(behind), strict=True)
    return _read_out(run, [functional.linear(torch.cat(pair), W, run.column("b_o")) for pair in pairs])


def _lstm(run: _Run) -> Tensor:
    h, c, outputs = run.column("h_0"), run.column("c_0"), []
    for time, x in enumerate(run.inputs(), start=1):
        sources = (torch.cat([h, x]),) if run.job.gates == "stacked" else (x, h)
        i, f, g, o = (run.keep(f"a_{gate}", run.linear(gate, *sources)) for gate in "ifgo")
        c = run.keep("c", torch.addcmul(f.sigmoid() * c, i.sigmoid(), g.tanh()))
        h = run.keep("h", o.sigmoid() * c.tanh())
        outputs.append(run.linear("y", h))
        h, c = run.handed(time, h), run.handed(time, c)
    return _read_out(run, outputs)


def _gru(run: _Run) -> Tensor:
    h, outputs = run.column("h_0"), []
    for time, x in enumerate(run.inputs(), start=1):
        r, z = (run.keep(f"a_{gate}", run.linear(gate, x, h)).sigmoid() for gate in "rz")
        if run.job.reset == "after":
            recalled = r * functional.linear(h, run.p["U_n"], run.column("c_n"))
        else:
            recalled = functional.linear(r * h, run.p["U_n"])
        n = run.keep("a_n", run.linear("n", x) + recalled).tanh()
        h = run.keep("h", torch.lerp(n, h, z) if run.job.update == "keep" else torch.lerp(h, n, z))
        outputs.append(run.linear("y", h))
        h = run.handed(time, h)
    return _read_out(run, outputs)


def _attention(run: _Run) -> Tensor:
    states = torch.stack(_plain(run, run.inputs(), "h_0", ("W_h", "W_i", "b_h"), ""))  # [T, h]
    d_0 = states[-1]
    keys = torch.tanh(functional.linear(d_0, run.p["W_a"]) + functional.linear(states, run.p["U_a"]))
    alpha = torch.softmax(keys @ run.column("v_a"), dim=0)
    context = torch.einsum("t,th->h", alpha, states)
    d_1 = torch.tanh(run.linear("d", d_0) + functional.linear(context, run.p["W_c"]))
    return _cross_entropy(run.linear("o", d_1), run.column("y"))


def _softmax(run: _Run) -> Tensor:
    return _cross_entropy(run.column("s"), run.column("y"))


def _layer_norm(run: _Run) -> Tensor:
    x, gamma, beta, y = (run.column(name) for name in ("x", "gamma", "beta", "y"))
    out = functional.layer_norm(x, x.shape, gamma, beta, run.p["eps"].item())
    return 0.5 * functional.mse_loss(out, y, reduction="sum")


def _batch_norm(run: _Run) -> Tensor:
    gamma, beta = run.p["gamma"][0], run.p["beta"][0]
    out = functional.batch_norm(run.p["X"], None, None, gamma, beta, training=True, eps=run.p["eps"].item())
    return 0.5 * functional.mse_loss(out, run.p["Y"], reduction="sum")


def _read_out(run: _Run, outputs: Sequence[Tensor]) -> Tensor:
    """The loss of the last output, or the sum over all, given what the output layer made at t = 1 .. T."""
    if run.job.outputs == "last":
        return _loss(run.job.loss, outputs[-1], run.column("y"))
    targets = [y[:, 0] for y in run.p["y"][1:-1]]
    losses = [_loss(run.job.loss, z, y) for z, y in zip(outputs, targets, strict=True)]
    return torch.stack(losses).sum()


def _loss(kind: str, z: Tensor, y: Tensor) -> Tensor:
    if kind == "cross-entropy":
        return _cross_entropy(z, y)
    return functional.mse_loss(z, y, reduction="sum") * (0.5 if kind == "half" else 1.0)


def _cross_entropy(s: Tensor, y: Tensor) -> Tensor:
    return functional.cross_entropy(s, y)  # y are probabilities


def _clipped(arrays: Mapping[str, Array], wrt: str) -> Array:
    g, limit = torch.tensor(arrays["g"]), float(arrays["v"].item())
    if wrt == "g_by_value":
        cut = g.clamp(-limit, limit)
    else:
        cut = g * (limit / torch.linalg.vector_norm(g)).clamp(max=1.0)
    found: Array = cut.numpy()
    return found


_MODELS: Mapping[str, Callable[[_Run], Tensor]] = {
    "rnn": _rnn,
    "lstm": _lstm,
    "gru": _gru,
    "birnn": _both_ways,
    "layers": _two_layers,
    "attention": _attention,
    "softmax": _softmax,
    "layernorm": _layer_norm,
    "batchnorm": _batch_norm,
}
