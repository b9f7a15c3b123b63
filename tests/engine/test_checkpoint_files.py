"""Files that are no saved run, or half of one, are told in a sentence and at once."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.checkpoint import load, save
from engine.errors import CheckpointError
from tests.engine.saved_runs import same, told, trained


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "a.run"
    save(path, trained())
    return path.read_bytes()


def test_no_file_no_run(tmp_path: Path) -> None:
    with told("is not a file"):
        load(tmp_path / "none.run")
    with told("is not a file"):
        load(tmp_path)


@settings(max_examples=150)
@given(data=st.data())
def test_truncated_files_are_told(data: st.DataObject, whole: bytes, tmp_path: Path) -> None:
    length = data.draw(st.integers(0, len(whole) - 1))
    (tmp_path / "a.run").write_bytes(whole[:length])
    with told("a.run is no whole saved run"):
        load(tmp_path / "a.run")


@settings(max_examples=300)
@given(data=st.data())
def test_flipped_bytes_are_told_or_change_nothing(data: st.DataObject, whole: bytes, tmp_path: Path) -> None:
    head = 8 + int.from_bytes(whole[:8], "little")
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.one_of(st.integers(0, head - 1), st.integers(0, len(whole) - 1)))
        damaged[place] ^= data.draw(st.integers(1, 255))
    (tmp_path / "a.run").write_bytes(damaged)
    (tmp_path / "b.run").write_bytes(whole)
    try:
        found = load(tmp_path / "a.run")
    except CheckpointError:
        return
    assert same(found, load(tmp_path / "b.run"))


@settings(max_examples=100)
@given(junk=st.binary(max_size=300))
def test_junk_is_told(junk: bytes, tmp_path: Path) -> None:
    for content in (junk, struct.pack("<Q", len(junk)) + junk):
        (tmp_path / "a.run").write_bytes(content)
        with told("a.run is no whole saved run|cannot be loaded"):
            load(tmp_path / "a.run")


ENTRY = '{"dtype":"F64","shape":[2],"data_offsets":[0,16]}'


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (b"[1]", "not a JSON object"),
        (b"{nonsense", "JSON cannot be read"),
        (b"\xff\xfe{}", "utf-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"a":NaN}', "NaN, which is no number"),
        (b'{"a":1e999}', "1e999, which is too large"),
        (b'{"a":' + b"9" * 5000 + b"}", "which is too long"),
        (f'{{"a":{ENTRY},"a":{ENTRY}}}'.encode(), "'a' is in its JSON twice"),
        (b'{"__metadata__":{"a":"1","a":"2"}}', "'a' is in its JSON twice"),
        (b'{"__metadata__":{"a":1}}', "must be words"),
        (b'{"__metadata__":[]}', "must be words"),
        (b'{"a":7}', "must have data_offsets, dtype, shape"),
        (b'{"a":{"dtype":"F64","shape":[2]}}', "must have data_offsets, dtype, shape"),
        (ENTRY.replace("F64", "I8"), "dtype 'I8'; it must be F32 or F64"),
        (ENTRY.replace('"F64"', "[]"), r"dtype \[\]"),
        (ENTRY.replace("[2]", "[-2]"), r"has shape \[-2\]; up to"),
        (ENTRY.replace("[2]", "[2.0]"), r"has shape \[2.0\]; up to"),
        (ENTRY.replace("[2]", "[true]"), r"has shape \[True\]; up to"),
        (ENTRY.replace("[2]", '"2"'), "shape '2'"),
        (ENTRY.replace("[2]", str([1] * 9)), "up to 8 whole numbers"),
        (ENTRY.replace("[2]", "[4]"), r"has 16 bytes; its shape \[4\] needs 32"),
        (ENTRY.replace("[0,16]", "[16,0]"), "has -16 bytes"),
        (ENTRY.replace("[0,16]", "[0]"), r"lies at \[0\]"),
        (ENTRY.replace("[0,16]", "[8,24]"), "begins at byte 8; it must be 0"),
        (
            ENTRY.replace("[2]", "[10000000000]").replace("[0,16]", "[0,80000000000]"),
            "arrays end at byte 80,0",
        ),
        (ENTRY.replace("[2]", "[999999999999999999,999999999999999999,9]"), "needs 7[0-9,]+"),
        (f'{{"a":{ENTRY},"b":{ENTRY}}}'.encode(), "begins at byte 0; it must be 16"),
    ],
    ids=str,
)
def test_crafted_heads_are_told_at_once(head: bytes | str, says: str, tmp_path: Path) -> None:
    """`head` as bytes is the whole head, as text the entry of one array; 16 bytes of array follow."""
    whole = head if isinstance(head, bytes) else f'{{"a":{head}}}'.encode()
    (tmp_path / "a.run").write_bytes(struct.pack("<Q", len(whole)) + whole + bytes(16))
    with told(says):
        load(tmp_path / "a.run")


@pytest.mark.parametrize(
    ("length", "size", "says"),
    [
        (2**63, 100, "length of its head is 9,223"),
        (5 * 2**20, 6 * 2**20, "length of its head is 5,242,880 bytes; it must be from 2 to 4,194,304"),
        (1000, 100, "head ends at byte 1,008 and the file has 108"),
        (0, 0, "length of its head is 0"),
        (10, 2**31, "2,147,483,666 bytes; 134,217,728 is the most"),
        (100, 20_000_000 * 8, "160,000,008 bytes; 134,217,728 is the most"),
    ],
)
def test_huge_claims_are_told_at_once(length: int, size: int, says: str, tmp_path: Path) -> None:
    with (tmp_path / "a.run").open("wb") as file:
        file.write(struct.pack("<Q", length))
        file.truncate(8 + size + (10 if size == 2**31 else 0))  # sparse: takes no room on the disk
    with told(says):
        load(tmp_path / "a.run")


def test_a_head_of_many_names_is_told_in_time(tmp_path: Path) -> None:
    names = ",".join(f'"{n}":{{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}' for n in range(60_000))
    head = f"{{{names}}}".encode()
    (tmp_path / "a.run").write_bytes(struct.pack("<Q", len(head)) + head)
    with told("60,000 arrays; 1,000 is the most"):
        load(tmp_path / "a.run")
