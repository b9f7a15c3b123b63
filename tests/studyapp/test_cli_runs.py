"""`studyapp train`, `sweep` and `presets` as a person and as a machine use them, files and all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.presets import PRESETS, preset_of
from engine.presets.topics import NOT_SIMULATED
from studyapp import cli

ROOT = Path(__file__).resolve().parents[2]
SHORT = ["--steps", "12", "--every", "1", "--hidden", "5", "--json"]


def said(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Every line as strict JSON: no NaN, which only Python reads."""

    def refused(constant: str) -> float:
        raise AssertionError(f"{constant} is no JSON")

    return [json.loads(line, parse_constant=refused) for line in capsys.readouterr().out.splitlines()]


def losses(lines: list[dict[str, Any]]) -> dict[int, float]:
    return {line["step"]: line["loss"] for line in lines if line.get("event") == "loss"}


# --- presets -------------------------------------------------------------------------------


def test_all_presets_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["presets", "--json"]) == 0
    lines = said(capsys)
    assert [line["id"] for line in lines] == [preset.id for preset in PRESETS]
    assert lines[0]["config"]["task"] == PRESETS[0].config.task
    assert cli.main(["presets"]) == 0
    out = capsys.readouterr().out
    assert all(f"{preset.id:24}{preset.title}\n" in out for preset in PRESETS)
    assert max(map(len, out.splitlines())) <= 110


def test_presets_of_one_topic_and_how_to_get_the_run_beside(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["presets", "lstm-motivation"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("vanishing ")
    assert "beside it: --cell lstm\n" in out


@pytest.mark.parametrize("topic", ["big-o-rules", "tokenization"])
def test_a_topic_without_preset_says_why(topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["presets", topic]) == 1
    assert NOT_SIMULATED[topic] in capsys.readouterr().err
    assert cli.main(["presets", topic, "--json"]) == 1
    assert said(capsys)[0]["kind"] == "Nothing"


def test_a_topic_that_is_none_is_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["presets", "cooking"]) == 1
    assert "There is no topic 'cooking'" in capsys.readouterr().err


# --- train from a preset -------------------------------------------------------------------


def test_a_preset_is_trained_for_its_own_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--preset", "short-memory", "--json"]) == 0
    lines = said(capsys)
    preset = preset_of("short-memory")
    assert lines[0]["config"]["lag"] == preset.config.lag
    assert max(losses(lines)) == preset.steps
    assert losses(lines)[preset.steps] < 0.05


def test_the_run_beside_it_and_options_win(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--preset", "short-memory", "--contrast", "--json"]) == 0
    lines = said(capsys)
    assert lines[0]["config"]["lag"] == 10
    assert losses(lines)[200] > 0.5
    assert cli.main(["train", "--preset", "short-memory", "--contrast", "--lag", "3", *SHORT]) == 0
    lines = said(capsys)
    assert (lines[0]["config"]["lag"], lines[0]["config"]["hidden"], max(losses(lines))) == (3, 5, 12)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--preset", "nope"], "There is no preset 'nope'; `studyapp presets` lists them."),
        (["--contrast"], "--contrast needs a --preset"),
        (["--preset", "parity", "--contrast"], "The preset parity has no run beside it"),
        (["--preset", "vanishing", "--cell", "lstm", "--regulariser", "1"], "Gradient regulariser is on"),
    ],
)
@pytest.mark.parametrize("job", [["train"], ["sweep", "--over", "seed=1,2"]])
def test_what_is_no_preset(
    job: list[str], words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*job, *words]) == 2
    assert sentence in capsys.readouterr().err


def test_an_explosion_is_a_no_in_strict_json_and_can_be_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept = tmp_path / "run.safetensors"
    assert cli.main(["train", "--preset", "exploding", "--save", str(kept), "--json"]) == 1
    *_, diverged, saved = said(capsys)
    assert diverged["event"] == "diverged"
    assert diverged["norm"] is None or diverged["norm"] > 1e6
    assert "set a clip norm" in diverged["error"]
    assert saved["step"] < diverged["step"], "the last sound step, not the last before the explosion"
    words = ["train", "--load", str(kept), "--clip", "1", "--steps", "200", "--json"]
    assert cli.main(words) == 0, "with a clip norm the run goes on from there"
    assert losses(said(capsys))[200 + saved["step"]] < 1


# --- checkpoints and export ----------------------------------------------------------------


def test_a_saved_run_goes_on_exactly(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first, whole = str(tmp_path / "first"), str(tmp_path / "whole")
    assert cli.main(["train", *SHORT, "--save", first]) == 0
    begun = losses(said(capsys))
    assert cli.main(["train", "--load", first, "--steps", "12", "--every", "1", "--json"]) == 0
    lines = said(capsys)
    gone_on = losses(lines)
    words = ["train", "--hidden", "5", "--steps", "24", "--every", "1", "--save", whole, "--json"]
    assert cli.main(words) == 0
    at_once = said(capsys)
    assert begun | gone_on == losses(at_once)
    assert sorted(gone_on) == list(range(13, 25))
    assert _text(lines) == _text(at_once)


def _text(lines: list[dict[str, Any]]) -> str:
    (text,) = (line["text"] for line in lines if line.get("event") == "sample")
    return str(text)


def test_a_live_knob_may_be_turned_on_the_way(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept = str(tmp_path / "run")
    assert cli.main(["train", *SHORT, "--save", kept]) == 0
    capsys.readouterr()
    went = {}
    for rate in ("0.01", "0.2"):
        words = ["train", "--load", kept, "--steps", "9", "--every", "1", "--learning-rate", rate, "--json"]
        assert cli.main(words) == 0
        went[rate] = losses(said(capsys))
    assert went["0.01"][13] == went["0.2"][13], "the first loss comes before the first update"
    assert went["0.01"][21] != went["0.2"][21]


@pytest.mark.parametrize(
    "words",
    [["--hidden", "9"], ["--preset", "parity"], ["--task", "sine", "--lag", "3"], ["--text", "a.txt"]],
)
def test_what_a_saved_run_has_of_its_own_cannot_be_given(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept = str(tmp_path / "run")
    assert cli.main(["train", *SHORT, "--save", kept]) == 0
    capsys.readouterr()
    assert cli.main(["train", "--load", kept, *words]) == 2
    err = capsys.readouterr().err
    assert f"{words[0]} cannot be given with --load" in err
    assert "learning_rate" in err


@pytest.mark.parametrize("content", [b"", b"hi\n", b"\0" * 100, b"\xff" * 40])
def test_a_file_that_is_no_run(content: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "no-run"
    path.write_bytes(content)
    assert cli.main(["train", "--load", str(path)]) == 1
    err = capsys.readouterr().err
    assert err.startswith("no-run is no whole saved run.")
    assert "Traceback" not in err
    assert cli.main(["train", "--load", str(tmp_path / "none")]) == 1
    assert "is not a file" in capsys.readouterr().err


def test_an_exported_script_runs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["train", *SHORT, "--cell", "gru", "--export", str(tmp_path / "out")]) == 0
    script = Path(said(capsys)[-1]["path"])
    assert script.parent == tmp_path / "out"
    command = [sys.executable, str(script)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--prompt", "Ω"], 1, "The network has never seen 'Ω'"),
        (["--task", "sine", "--prompt", "x"], 1, "writes no text"),
        (["--temperature", "-1"], 2, "The temperature is -1.0"),
        (["--top-k", "-1"], 2, "Top-k is -1"),
        (["--save", "no/such/folder/run"], 2, "there is no folder no/such/folder"),
        (["--save", ""], 2, "it is a folder, not a file"),
        (["--save", "/"], 2, "it is a folder, not a file"),
        (["--save", "a\0b"], 2, "its name has a zero byte"),
        (["--export", "n" * 300], 2, "File name too long"),
        (["--export", "a\0b"], 2, "its name has a zero byte"),
        (["--task", "numbers", "--export", "out"], 2, "cannot be exported to PyTorch"),
        (["--export", "taken"], 2, "already holds network.py"),
    ],
)
def test_what_would_fail_afterwards_is_said_before_the_training(
    words: list[str],
    code: int,
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "network.py").write_text("", encoding="utf-8")
    assert cli.main(["train", "--steps", "1000000", *words]) == code
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert not captured.out, "nothing was begun"


# --- sweep ---------------------------------------------------------------------------------


def test_a_sweep_ranks_its_variants(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["sweep", "--preset", "vanishing", "--over", "cell=rnn,lstm", "--over", "seed=1,3", "--json"]
    assert cli.main(words) == 0
    lines = said(capsys)
    ranked = [line for line in lines if line["event"] == "variant"]
    assert [line["knobs"]["cell"] for line in ranked] == ["lstm", "lstm", "rnn", "rnn"]
    steps = {line["variant"]: line["step"] for line in lines if line["event"] == "news"}
    assert steps == dict.fromkeys(range(4), preset_of("vanishing").steps)
    counted = [
        sum(len(n["losses"]) for n in lines if n["event"] == "news" and n["variant"] == v) for v in steps
    ]
    assert counted == [200] * 4


def test_a_sweep_gives_the_numbers_of_each_run_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sweep", "--over", "seed=4,5", "--hidden", "5", "--steps", "12", "--json"]) == 0
    lines = [line for line in said(capsys) if line["event"] == "news"]
    for place, seed in enumerate(("4", "5")):
        assert cli.main(["train", *SHORT, "--seed", seed]) == 0
        alone = losses(said(capsys))
        together = [loss for line in lines if line["variant"] == place for loss in line["losses"]]
        assert together == [alone[step] for step in range(1, 13)]


def test_a_sweep_where_some_or_all_explode(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["sweep", "--preset", "exploding", "--steps", "80", "--json", "--over"]
    assert cli.main([*words, "clip=0,1"]) == 0
    *_, good, bad = said(capsys)
    assert (good["knobs"]["clip"], bad["knobs"]["clip"], bad["loss"]) == (1.0, 0.0, None)
    assert "Exploded at step" in bad["exploded"]
    assert cli.main([*words, "clip=0"]) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--over", "foo=1"], "'foo=1' is no sweep of a knob"),
        (["--over", "seed"], "'seed' is no sweep of a knob"),
        (["--over", "text=a,b"], "'text=a,b' is no sweep of a knob"),
        (["--over", "seed=a"], "Seed takes numbers; 'a' has something else"),
        (["--over", "seed="], "Seed takes numbers; ''"),
        (["--over", "hidden=4,0"], "Variant 2 of the sweep: Hidden units is 0"),
        (["--over", "cell=foo"], "Cell is 'foo'; it must be one of rnn, lstm, gru, jordan"),
        (["--over", "seed=1", "--over", "seed=2"], "seed is swept twice"),
        (["--over", "seed=1", "--over", "hidden=3", "--over", "lag=3"], "turns one or two knobs"),
        (["--over", "seed=" + ",".join(map(str, range(65)))], "has 1 to 64 variants; this one has 65"),
    ],
)
def test_what_is_no_sweep(words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sweep", *words, "--steps", "2"]) == 2
    assert sentence in capsys.readouterr().err


# --- what the documents promise --------------------------------------------------------------


def commands(path: str) -> list[list[str]]:
    """Every `studyapp train`, `sweep` or `presets` line of a document, in order."""
    text = (ROOT / path).read_text(encoding="utf-8")
    lines = re.findall(r"^studyapp ((?:train|sweep|presets)\b.*?)\s*(?:#.*)?$", text, re.M)
    return [line.split() for line in lines]


@pytest.mark.parametrize("path", ["README.md", "engine/README.md"])
def test_the_commands_in_the_documents_work(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    found = commands(path)
    assert len(found) >= 4
    for words in found:
        assert cli.main([*words, "--json"]) == 0, words
        said(capsys)
