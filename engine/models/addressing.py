"""Where a head of a Neural Turing Machine looks, and how it writes: one function an equation, in torch.

The numbers are the equations of Graves, Wayne & Danihelka 2014. N places, each a vector of
m numbers; the axis of the heads, H, is there because a machine computes all of them at once.
Knows no controller.
"""

from __future__ import annotations

import torch
from torch import Tensor

SHIFTS = (-1, 0, 1)
EPSILON = 1e-8  # keeps K from dividing by 0


def similarity(key: Tensor, memory: Tensor) -> Tensor:
    """K[k, M(i)] = k·M(i) / (|k| |M(i)|), the cosine (6): keys [B, H, m], memory [B, N, m] -> [B, H, N]."""
    norm = torch.linalg.vector_norm
    lengths = norm(key, dim=2, keepdim=True) * norm(memory, dim=2).unsqueeze(1)
    cosine: Tensor = key @ memory.transpose(1, 2) / (lengths + EPSILON)
    return cosine


def content(key: Tensor, beta: Tensor, memory: Tensor) -> Tensor:
    """w^c(i) = exp(β K[k, M(i)]) / Σ_j exp(β K[k, M(j)]) (5): [B, H, N], for β [B, H, 1]."""
    return (beta * similarity(key, memory)).softmax(dim=2)


def gated(gate: Tensor, by_content: Tensor, before: Tensor) -> Tensor:
    """w^g = g w^c + (1 - g) w_{t-1} (7): [B, H, N], for g [B, H, 1]."""
    return gate * by_content + (1 - gate) * before


def shifted(address: Tensor, shift: Tensor) -> Tensor:
    """w~(i) = Σ_j w^g(j) s(i - j), round the circle (8): [B, H, N], for s [B, H, 3] over -1, 0, +1."""
    moved = torch.stack([address.roll(by, dims=2) for by in SHIFTS], dim=3)
    return (moved @ shift.unsqueeze(3)).squeeze(3)


def sharpened(address: Tensor, gamma: Tensor) -> Tensor:
    """w(i) = w~(i)^γ / Σ_j w~(j)^γ (9): [B, H, N], for γ >= 1 [B, H, 1]."""
    powers = address**gamma
    return powers / powers.sum(dim=2, keepdim=True)


def written(memory: Tensor, address: Tensor, erase: Tensor, add: Tensor) -> Tensor:
    """M_t(i) = M_{t-1}(i) ⊙ (1 - w(i) e) + w(i) a (3, 4): [B, N, m], for w [B, N], e and a [B, m]."""
    w = address.unsqueeze(2)
    return memory * (1 - w * erase.unsqueeze(1)) + w * add.unsqueeze(1)


def reading(memory: Tensor, address: Tensor) -> Tensor:
    """r = Σ_i w(i) M(i) (2): [B, m], for one head's w [B, N]."""
    return (address.unsqueeze(1) @ memory).squeeze(1)
