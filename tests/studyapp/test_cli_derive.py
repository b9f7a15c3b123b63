"""`studyapp derive bptt`: what it answers, what it lists, and what it says to a choice that is not there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.derivations import catalogue
from engine.symbolic.jobs import GradientJob, OpinionJob
from engine.symbolic.report import Refusal
from studyapp import cli
from studyapp.commands import derive


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_gate_of_an_lstm_is_derived_and_torch_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "bptt", "--cell", "lstm", "--steps", "3", "--wrt", "W_f", "--json"]) == 0
    (said,) = told(capsys)
    assert said["title"] == "∂L/∂W_f of the LSTM, T = 3"
    assert said["status"] == "proven"
    assert all(line["check"] is None or line["check"]["ok"] for line in said["lines"])
    sources = [way["source"] for way in said["agreements"]]
    assert any("autograd" in source for source in sources)
    values = [way["value"] for way in said["agreements"]]
    assert len(values) >= 4
    assert max(values) - min(values) < 1e-7
    assert said["costs"]
    assert said["network"]["steps"] == 3


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the symbolic process is asked; it refuses all."""
    jobs: list[Any] = []

    def refuse(job: Any) -> Refusal:
        jobs.append(job)
        return Refusal("Not today.", "Ask tomorrow.")

    monkeypatch.setattr(derive, "ask", refuse)
    return jobs


@pytest.mark.parametrize(
    ("words", "job"),
    [
        ("", GradientJob()),
        ("--steps T --wrt b_h --seed 7", GradientJob(wrt="b_h", steps=0, seed=7)),
        (
            "--scalar --activation sigmoid --loss whole",
            GradientJob(scalar=True, activation="sigmoid", loss="whole"),
        ),
        (
            "--outputs each --loss cross-entropy --truncate 2",
            GradientJob(outputs="each", loss="cross-entropy", truncate=2),
        ),
        ("--cell lstm --gates stacked", GradientJob("lstm", "W_f", gates="stacked")),
        (
            "--cell gru --update take --reset before --rows",
            GradientJob("gru", "U_z", update="take", reset="before", rows=True),
        ),
        ("--cell softmax", catalogue.cleaned(GradientJob("softmax", ""))),
    ],
)
def test_options_become_a_job(words: str, job: GradientJob, asked: list[Any]) -> None:
    assert cli.main(["derive", "bptt", *words.split()]) == 1
    assert catalogue.cleaned(asked[0]) == catalogue.cleaned(job)
    assert asked[0].wrt == job.wrt


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("--cell cnn", ("cnn", "lstm", "gru")),
        ("--wrt W_q", ("W_q", "W_h", "b_o")),
        ("--activation swish", ("swish", "relu")),
        ("--outputs all", ("all", "each")),
        ("--gates stacked", ("--gates", "rnn", "--activation")),
        ("--cell lstm --activation relu", ("--activation", "lstm", "--gates")),
        ("--cell softmax --steps 4", ("--steps", "softmax", "--rows")),
        ("--scalar --rows", ("--rows", "--scalar")),
        ("--scalar --loss cross-entropy", ("softmax",)),
    ],
)
def test_a_choice_that_is_not_there_is_named_with_what_is(
    words: str, names: tuple[str, ...], asked: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["derive", "bptt", *words.split()]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in names), said
    assert said.count("\n") == 1
    assert not asked, "no process is started for it"


@pytest.mark.parametrize("steps", ["0", "51", "-3", "many", "2.5", ""])
def test_t_out_of_bounds_is_mistyped(steps: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["derive", "bptt", f"--steps={steps}"])
    assert ended.value.code == 2
    assert "1 to 50, or T" in capsys.readouterr().err


def test_a_refusal_is_said_and_ends_with_1(asked: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "bptt", "--json"]) == 1
    assert told(capsys) == [
        {"error": "Not today. Ask tomorrow.", "kind": "Refusal", "column": -1, "way_out": "Ask tomorrow."}
    ]
    assert not any(isinstance(job, OpinionJob) for job in asked), "torch need not be asked"


def test_every_model_is_listed_with_what_can_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "bptt", "--list", "--json"]) == 0
    models = {said["model"]: said for said in told(capsys)}
    assert set(models) == {card.key for card in catalogue.MODELS}
    assert models["gru"]["options"]["reset"] == ["after", "before"]
    assert {"W_f", "h_0", "c"} <= {each["key"] for each in models["lstm"]["wrt"]}
    assert cli.main(["derive", "bptt", "--list"]) == 0
    said = capsys.readouterr().out
    assert "--wrt c_n" in said
    assert "bias of what the reset gate chooses from" in said


def test_the_list_is_of_one_model_if_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["derive", "bptt", "--list", "--cell", "lstm", "--json"]) == 0
    assert [said["model"] for said in told(capsys)] == ["lstm"]
    assert cli.main(["derive", "bptt", "--list", "--cell", "cnn"]) == 2
    assert "no model called “cnn”; there are rnn, lstm" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "names"), [("--wrt=", "W_h"), ("--cell=", "lstm")])
def test_an_empty_word_is_no_default(
    words: str, names: str, asked: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["derive", "bptt", words]) == 2
    said = capsys.readouterr().err
    assert "“”" in said
    assert names in said
    assert not asked


def test_detail_and_numbers_are_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    counts = {}
    for detail in ("compact", "normal", "fine"):
        words = ["derive", "bptt", "--detail", detail, "--no-torch", "--json"]
        assert cli.main(words) == 0
        counts[detail] = len(told(capsys)[0]["lines"])
    assert counts["compact"] < counts["normal"] <= counts["fine"]
    assert cli.main(["derive", "bptt", "--no-torch", "--values"]) == 0
    said = capsys.readouterr().out
    assert "W_h =" in said
    assert "t = 3:" in said
