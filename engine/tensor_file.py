"""One safetensors file: arrays and a few words, written whole or not at all, read with suspicion.

A file may come from a stranger, so its head is judged here before anything is made of it: every
size is held against the file's own before a byte of an array is read. Nothing in it is run.
(Format: 8 bytes length of the head, the head as JSON, then the arrays.) Knows nothing of training.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import safetensors.numpy
from safetensors import SafetensorError

from engine import whole_file
from engine.errors import CheckpointError
from engine.snapshot import Array

MAX_HEAD = 4 * 2**20  # bytes; the longest text of a run, escaped, takes 3 million
MAX_FILE = 2**27  # bytes; the largest run has 80 million of losses and 40 million beside them
BYTES = {"F32": 4, "F64": 8}
MAX_ARRAYS = 1_000
MAX_DIMENSIONS = 8
_LENGTH = 8
_MAX_DIGITS = 18  # a whole number of more is no count of ours
_WORDS = "__metadata__"
_ENTRY = {"dtype", "shape", "data_offsets"}


def write(path: Path, arrays: Mapping[str, Array], words: Mapping[str, str]) -> None:
    """Write arrays (float32 or float64) and words in one go: after a fault the old file is still there.

    Raises:
        CheckpointError: the disk refused, the path leads to no file, or the words are longer than
            `read` would take.
    """
    whole = safetensors.numpy.save(dict(arrays), dict(words))
    head = int.from_bytes(whole[:_LENGTH], "little")
    if head > MAX_HEAD or len(whole) > MAX_FILE:
        raise CheckpointError(
            f"The run needs a file of {len(whole):,} bytes, {head:,} of them in its head; "
            f"{MAX_FILE:,} and {MAX_HEAD:,} are the most. Use a shorter text."
        )
    try:
        whole_file.write({path: whole})
    except ValueError as fault:
        raise CheckpointError(str(fault)) from None
    except OSError as error:
        raise CheckpointError(f"{path} could not be written: {error.strerror or error}.") from None


def read(path: Path) -> tuple[dict[str, Array], dict[str, str]]:
    """The arrays and the words of a file.

    Raises:
        CheckpointError: it cannot be read, is no safetensors file, or is not whole.
    """
    try:
        if not path.is_file():
            raise CheckpointError(f"{path} is not a file. Choose a saved run.")
        with path.open("rb") as file:
            words = _words(file, path.stat().st_size)
            file.seek(0)
            return safetensors.numpy.load(file.read()), words
    except OSError as error:
        raise CheckpointError(f"{path} could not be read: {error.strerror or error}.") from None
    except (ValueError, SafetensorError) as fault:
        raise CheckpointError(f"{path.name} is no whole saved run. {fault}") from None


def plain_json(text: str) -> Any:
    """The value of strict JSON: no key twice, no NaN, no number beyond all counts, no bottomless nesting.

    Raises:
        ValueError: with a sentence.
    """
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole, parse_float=_real
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"Its JSON cannot be read: {error}.") from None
    except RecursionError:
        raise ValueError("Its JSON is nested too deeply.") from None


def short(value: object) -> str:
    """`value` for a sentence, whatever a stranger put there."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


# --- the head: each function raises ValueError with a sentence -----------------------------------


def _words(file: BinaryIO, size: int) -> dict[str, str]:
    """The words, once the head has proved to describe a file of `size` bytes."""
    if size > MAX_FILE:
        raise ValueError(f"It has {size:,} bytes; {MAX_FILE:,} is the most.")
    length = int.from_bytes(file.read(_LENGTH), "little")
    if not 2 <= length <= MAX_HEAD:
        raise ValueError(f"The length of its head is {length:,} bytes; it must be from 2 to {MAX_HEAD:,}.")
    if _LENGTH + length > size:
        raise ValueError(f"Its head ends at byte {_LENGTH + length:,} and the file has {size:,}.")
    head = plain_json(str(file.read(length), "utf-8"))
    if not isinstance(head, dict):
        raise ValueError("Its head is not a JSON object.")
    words = head.pop(_WORDS, {})
    if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
        raise ValueError(f"Its {_WORDS} must be words.")
    if len(head) > MAX_ARRAYS:
        raise ValueError(f"It has {len(head):,} arrays; {MAX_ARRAYS:,} is the most.")
    needed = _LENGTH + length + _end([_span(name, entry) for name, entry in head.items()])
    if needed != size:
        raise ValueError(f"Its arrays end at byte {needed:,} and the file has {size:,}.")
    return words


def _end(spans: list[tuple[int, int, str]]) -> int:
    """Where the last array ends; they must lie one after the other."""
    end = 0
    for begin, stop, name in sorted(spans):
        if begin != end:
            raise ValueError(f"The array {short(name)} begins at byte {begin:,}; it must be {end:,}.")
        end = stop
    return end


def _span(name: str, entry: Any) -> tuple[int, int, str]:
    """Where one array lies among the arrays: first byte, last byte + 1, its name."""
    if not isinstance(entry, dict) or set(entry) != _ENTRY:
        raise ValueError(f"The array {short(name)} must have {', '.join(sorted(_ENTRY))}, no more, no less.")
    dtype, shape, place = entry["dtype"], entry["shape"], entry["data_offsets"]
    if not isinstance(dtype, str) or dtype not in BYTES:
        raise ValueError(
            f"The array {short(name)} has dtype {short(dtype)}; it must be {' or '.join(BYTES)}."
        )
    if not _counts(shape) or len(shape) > MAX_DIMENSIONS:
        raise ValueError(
            f"The array {short(name)} has shape {short(shape)}; "
            f"up to {MAX_DIMENSIONS} whole numbers are allowed."
        )
    if not _counts(place) or len(place) != 2:
        raise ValueError(f"The array {short(name)} lies at {short(place)}; it must be two whole numbers.")
    begin, stop = place
    if stop - begin != (needed := math.prod(shape) * BYTES[dtype]):
        raise ValueError(
            f"The array {short(name)} has {stop - begin:,} bytes; its shape {short(shape)} needs {needed:,}."
        )
    return begin, stop, name


def _counts(value: Any) -> bool:
    return isinstance(value, list) and all(type(each) is int and each >= 0 for each in value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"The name {short(name)} is in its JSON twice.")
        found[name] = value
    return found


def _constant(word: str) -> Any:
    raise ValueError(f"Its JSON has {word}, which is no number.")


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(f"Its JSON has the number {digits[:20]}..., which is too long.")
    return int(digits)


def _real(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise ValueError(f"Its JSON has the number {digits[:20]}, which is too large.")
    return number
