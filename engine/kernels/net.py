"""Net: the structure that Python and the C kernel share, field by field as in net.h."""

from __future__ import annotations

import ctypes

CELLS = ("rnn", "lstm", "gru")  # places are the numbers of the enums in net.h
UPDATES = ("keep", "take")
LOSSES = ("cross-entropy", "half squared error")
OPTIMISERS = ("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw")
CLIPS = ("norm", "value")

_INTS = "cell take loss_kind optimiser clip_by truncate T B I H V Hp Vp G with_tokens with_weights finite"
_LONGS = "ld_x ld_g ld_h ld_v ld_d n_theta updates"
_DOUBLES = "rate clip l2 momentum alpha beta_1 beta_2 epsilon loss norm"
_BUFFERS = (
    "theta first second theta_next first_next second_next gradient W_hh_t W_o_t bias x w targets tokens "
    "labels h c gates tanh_c m outputs dz dh dc da"
)
BUFFERS = tuple(_BUFFERS.split())


class Net(ctypes.Structure):
    """One network: sizes, rule of the update, and the addresses of buffers that NumPy owns."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in _INTS.split()),
        *((name, ctypes.c_int64) for name in _LONGS.split()),
        *((name, ctypes.c_double) for name in _DOUBLES.split()),
        *((name, ctypes.c_void_p) for name in BUFFERS),
        ("room", ctypes.c_int64 * len(BUFFERS)),
    ]
