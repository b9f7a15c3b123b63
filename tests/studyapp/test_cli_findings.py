"""What `studyapp train` shows after the training: against the engine asked for the same."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import numpy as np
import pytest

from engine.config import RunConfig
from engine.sampling import log_probabilities, read
from engine.train import Run
from engine.writing import stepper_of
from studyapp import cli


def told(capsys: pytest.CaptureFixture[str], event: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line for line in lines if line["event"] == event]


def test_a_beam_is_the_best_of_all_texts_where_it_is_wide_enough(capsys: pytest.CaptureFixture[str]) -> None:
    """Two symbols after "a", by brute force over every pair."""
    words = ["train", "--steps", "20", "--hidden", "4", "--prompt", "a", "--sample", "2", "--json"]
    assert cli.main([*words, "--beam", "24"]) == 0
    found = told(capsys, "beam")
    run = Run(RunConfig(hidden=4))
    run.go_to(20)
    symbols, stepper = run.task.symbols, stepper_of(run)
    start = symbols.index("a")
    first = log_probabilities(read(stepper, [start])[1])
    totals = {}
    for one, two in itertools.product(range(len(symbols)), repeat=2):
        after = log_probabilities(read(stepper, [start, one])[1])
        totals[symbols[one] + symbols[two]] = float(first[one] + after[two])
    best = sorted(totals, key=totals.__getitem__, reverse=True)[:24]
    assert [line["text"] for line in found] == best
    np.testing.assert_allclose([line["log_probability"] for line in found], [totals[t] for t in best], 1e-5)


def test_a_sample_is_told_in_nats_of_surprise(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["train", "--steps", "5", "--hidden", "4", "--sample", "20"]
    assert cli.main(words) == 0
    shown = re.search(r", (\S+) nats a symbol:", capsys.readouterr().out)
    assert cli.main([*words, "--json"]) == 0
    (sample,) = told(capsys, "sample")
    assert shown
    assert float(shown[1]) == pytest.approx(-sample["mean_log_probability"], abs=0.006)
    assert sample["mean_log_probability"] < 0


def test_a_beam_that_cannot_be_is_told_before_the_training(capsys: pytest.CaptureFixture[str]) -> None:
    for words, code in ((["--beam", "65"], 2), (["--beam", "2", "--task", "latch"], 1)):
        assert cli.main(["train", *words]) == code
        said = capsys.readouterr()
        assert "step" not in said.out
        assert said.err.strip()


def test_word_vectors_are_shown_as_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--preset", "word-vectors", "--json"]) == 0
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (near,) = [line for line in out if line["event"] == "nearest"]
    (analogy,) = [line for line in out if line["event"] == "analogy"]
    assert near["word"] == "paris"
    assert "paris" not in near["found"]
    assert len(near["found"]) == 3
    assert analogy["asked"] == "king - man + woman"
    assert next(iter(analogy["found"])) == "queen"


def test_the_two_sentences_are_judged(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "--preset", "pear-salad", "--json"]) == 0
    pear, pair = told(capsys, "sentence")
    assert (pear["sentence"], pair["sentence"]) == ("the apple and pear salad", "the apple and pair salad")
    assert pair["log_probability"] + 2 < pear["log_probability"] < 0


def test_vectors_and_sentences_of_another_text(capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    text = tmp_path / "own.txt"
    text.write_text("one two three. two three four. three four one. " * 3, encoding="utf-8")
    short = ["--steps", "3", "--text", str(text), "--sample", "0"]
    assert cli.main(["train", "--task", "skipgrams", *short]) == 0
    out = capsys.readouterr().out
    assert "Nearest to " in out
    assert "king" not in out
    assert cli.main(["train", "--task", "sentences", *short]) == 0
    assert capsys.readouterr().out.count("not known here") == 2


@pytest.mark.parametrize(
    ("over", "heading"),
    [
        (["cell=rnn,lstm"], "Next character: Recurrent network, 16 hidden units: 2 variants"),
        (["hidden=2,3"], "Next character: Recurrent network of LSTM: 2 variants"),
        (["seed=1,2"], "Next character: Recurrent network of LSTM, 16 hidden units: 2 variants"),
        (["hidden=2,3", "cell=rnn,gru"], "Next character: Recurrent network: 4 variants"),
        (["task=sine,noisy"], "LSTM, 16 hidden units: 2 variants"),
    ],
)
def test_a_sweep_is_not_headed_by_what_it_sweeps(
    over: list[str], heading: str, capsys: pytest.CaptureFixture[str]
) -> None:
    axes = [word for axis in over for word in ("--over", axis)]
    assert cli.main(["sweep", *axes, "--steps", "2"]) == 0
    assert capsys.readouterr().out.startswith(heading)
