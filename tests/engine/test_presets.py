"""The presets: complete over the topics, cheap to import, and true; and the engine's README, run.

What they show is asserted by the claims of `benchmarks/claims.py`; those that take long are left to
`python benchmarks/presets.py`.
"""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import claims_core  # noqa: E402, F401 - they note their claims
import claims_gated  # noqa: E402, F401
import claims_language  # noqa: E402, F401
import claims_learning  # noqa: E402, F401
from claims import ALONE, BESIDE, Held, claims  # noqa: E402
from presets import LONG  # noqa: E402

from engine.presets import PRESETS, Preset, preset_of  # noqa: E402
from engine.presets.__main__ import table  # noqa: E402
from engine.presets.topics import NOT_SIMULATED, TOPICS, UNITS  # noqa: E402

README = (ROOT / "engine" / "README.md").read_text(encoding="utf-8")
TIMED = ("padding-cost", "bptt-cost")  # they measure time, which a loaded machine tells badly
QUICK = [preset for preset in PRESETS if preset.id not in (*LONG, *TIMED)]


# --- the list ------------------------------------------------------------------------------


def test_every_topic_has_a_preset_or_a_reason_and_never_both() -> None:
    simulated = {topic for preset in PRESETS for topic in preset.topics}
    assert len(TOPICS) == len(set(TOPICS)) == 70
    assert simulated | set(NOT_SIMULATED) == set(TOPICS)
    assert not simulated & set(NOT_SIMULATED)


def test_topics_are_those_of_the_course() -> None:
    """The course has more: subjects of the exam that have nothing recurrent to simulate."""
    written = {path.stem for path in (ROOT / "content" / "topics").glob("*.md")}
    assert set(TOPICS) <= written
    units = re.findall(r"^- id: (\S+)", (ROOT / "content" / "units.yaml").read_text(encoding="utf-8"), re.M)
    assert set(UNITS) <= set(units)


def test_where_to_look_can_begin_a_sentence() -> None:
    """On screen its first letter is made a capital, which changes a symbol: i, f, dL/dh, ln P."""
    assert [p.look_at for p in PRESETS if not re.match(r"(in|[a-z]{3,})[ ,]|W_o ", p.look_at)] == []


def test_every_preset_can_be_found_and_told_apart() -> None:
    assert len({preset.id for preset in PRESETS}) == len({preset.title for preset in PRESETS}) == len(PRESETS)
    for preset in PRESETS:
        assert preset_of(preset.id) is preset
        assert re.fullmatch(r"[a-z0-9-]{3,24}", preset.id)
        assert preset.topics
        assert preset.title
        assert preset.look_at
        assert preset.shows.endswith(".")
        assert preset.steps >= 1
    with pytest.raises(KeyError):
        preset_of("no-such-preset")


def test_the_run_beside_differs_and_shares_the_seed() -> None:
    for preset in PRESETS:
        if preset.contrast is not None:
            assert preset.contrast != preset.config, preset.id
            assert preset.contrast.seed == preset.config.seed, preset.id


def test_every_preset_has_a_claim() -> None:
    alone = {preset.id for preset in PRESETS if preset.contrast is None}
    assert set(ALONE) == alone
    assert set(BESIDE) == {preset.id for preset in PRESETS} - alone


def test_importing_them_loads_neither_numpy_nor_torch() -> None:
    code = "import sys, engine.presets, engine.presets.topics; print(*{'numpy', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not done.stdout.split()


# --- what they show ------------------------------------------------------------------------


@pytest.mark.parametrize("preset", QUICK, ids=lambda preset: preset.id)
def test_it_shows_what_it_says(preset: Preset) -> None:
    found = list(claims(preset))
    assert found
    assert all(held.ok for held in found), "; ".join(map(str, found))


@pytest.mark.parametrize("id", LONG)
def test_the_long_ones_start(id: str) -> None:
    from engine.train import Run

    preset = preset_of(id)
    for config in (preset.config, preset.contrast):
        if config is not None:
            run = Run(config)
            run.advance()
            assert run.losses[0] > 0


def test_a_claim_that_is_not_so_is_noticed() -> None:
    vanishing = preset_of("vanishing")
    assert vanishing.contrast is not None
    swapped = dataclasses.replace(vanishing, config=vanishing.contrast, contrast=vanishing.config)
    assert not all(held.ok for held in claims(swapped))
    assert Held("share", 0.5, 0.4, 0.6).ok
    assert not Held("share", 0.7, 0.4, 0.6).ok
    assert not Held("share", float("nan"), 0.4).ok


# --- engine/README.md ----------------------------------------------------------------------


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.M | re.S)


def test_the_table_is_that_of_the_presets() -> None:
    assert f"\n{table()}\n" in README, "paste what `python -m engine.presets` prints"


def test_the_table_has_every_topic_once_in_order_and_says_why_not() -> None:
    rows = [line.strip("|").split("|") for line in table().splitlines()[2:]]
    assert {len(row) for row in rows} == {4}, "a | in a sentence splits its row"
    assert [row[0].strip() for row in rows] == list(TOPICS)
    for topic, ids, _, shows in rows:
        named = set(re.findall(r"`([^`]+)`", ids))
        assert named == {preset.id for preset in PRESETS if topic.strip() in preset.topics}
        assert bool(named) != shows.strip().startswith("Not simulated: ")


def test_the_ten_lines_of_the_readme_run(tmp_path: Path) -> None:
    code = blocks("python")[0]
    assert 8 <= len([line for line in code.splitlines() if line and not line.startswith("#")]) <= 10
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    shape, step, others, text = done.stdout.split("\n", 3)
    assert (shape, step, others) == ("(24, 16)", "250", "350")
    assert len(text) == 81


def test_the_other_examples_of_the_readme_run(tmp_path: Path) -> None:
    for code in blocks("python")[1:]:
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            check=False,
            timeout=100,
        )
        assert done.returncode == 0, done.stderr


def test_every_file_named_in_the_map_is_there() -> None:
    lines = README.split("## Map", 1)[1].split("```")[1].strip().splitlines()
    named = [
        name
        for line in lines
        for name in re.findall(r"^\S+/|\b[a-z_]+\.py", line)
        if "catalogue" not in name and name != "topics.py"
    ]
    assert len(named) > 30
    assert [name for name in named if not (ROOT / "engine" / name).exists()] == []


def test_every_file_of_the_engine_is_in_the_map() -> None:
    mapped = README.split("## Map", 1)[1].split("```")[1]
    files = {path.name for path in (ROOT / "engine").glob("*.py")} - {"__init__.py", "sample_text.py"}
    assert {name for name in files if name not in mapped} == set()


def test_the_readme_names_every_live_knob() -> None:
    from engine.train import LIVE

    part = README.split("changes a live knob (", 1)[1].split(")", 1)[0]
    assert set(re.findall(r"`([a-z0-9_]+)`", part)) == set(LIVE)
