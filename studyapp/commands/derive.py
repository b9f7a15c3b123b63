"""`studyapp derive`: recurrences, code, growth and gradients, line by line, with how each was checked."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

from engine.errors import ChildError
from engine.symbolic.jobs import GradientJob, Job, OpinionJob
from engine.symbolic.report import Agreement, Refusal, Report
from studyapp.commands import derive_batch, derive_bptt, derive_questions, derive_words
from studyapp.commands.derive_asking import ask
from studyapp.commands.voice import Voice, add_json

_LEVELS = {"compact": 0, "normal": 1, "fine": 2}


def add_to(jobs: Any) -> None:
    """Add `derive` and its kinds to the command line."""
    parser = jobs.add_parser(
        "derive",
        help="solve a recurrence, count code, compare growth, derive BPTT; line by line",
        description=derive_batch.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--batch", metavar="FILE.jsonl", help="answer each line of the file; - : standard input"
    )
    add_json(parser)
    parser.set_defaults(run=_run_batch)
    kinds = parser.add_subparsers(metavar="recurrence | code | compare | sort | bptt")
    derive_questions.add_to(kinds)
    bptt = kinds.add_parser("bptt", help="a gradient of an RNN, LSTM, GRU, ... through time")
    derive_bptt.add_options(bptt)
    bptt.add_argument("--detail", choices=_LEVELS, help="how finely it is told (normal; with --json fine)")
    bptt.add_argument("--values", action="store_true", help="the numbers behind each line")
    bptt.add_argument("--no-torch", action="store_true", help="do not wait for torch's opinion (2 s)")
    bptt.add_argument("--list", action="store_true", help="models, or the one of --cell: options, parameters")
    bptt.set_defaults(run=_run_bptt)
    add_json(bptt)
    parser.set_defaults(mistyped=parser.error)


def _run_batch(said: argparse.Namespace, _voice: Voice) -> bool:
    """All lines of the file; ends with a mistyped command where neither a file nor a kind is named.

    JSON with and without `--json`: what goes in as objects comes out as objects.
    """
    if said.batch is None:
        said.mistyped("say what to derive: recurrence, code, compare, sort or bptt; or --batch FILE.jsonl")
    return derive_batch.run(said.batch)


def _run_bptt(said: argparse.Namespace, voice: Voice) -> bool:
    """Derive and print; False for a refusal, or if two ways to the number disagree, torch's among them.

    Raises:
        ConfigError: a choice that is not there.
    """
    if said.list:
        derive_bptt.told(voice, said.cell)
        return True
    job = derive_bptt.job(said)
    report = _derived(job, voice)
    if report is None:
        return False
    if not said.no_torch:
        report = _with_opinion(report, job, voice)
    level = _LEVELS[said.detail or ("fine" if voice.as_json else "normal")]
    shown = tuple(line for line in report.lines if line.level <= level)
    report = dataclasses.replace(report, lines=shown)
    voice.say(derive_words.words(report, said.values), **derive_words.fields(report))
    return all(way.ok for way in report.agreements)


def _derived(job: Job, voice: Voice) -> Report | None:
    """The report; None, and said so, for a refusal."""
    answer = ask(job)
    if isinstance(answer, Refusal):
        derive_questions.refused(answer, voice)
        return None
    if not isinstance(answer, Report):
        raise ChildError("The symbolic process answered something else. Please report this.")
    return answer


def _with_opinion(report: Report, job: GradientJob, voice: Voice) -> Report:
    voice.progress("asking torch for its gradient ...")
    opinion = ask(OpinionJob(job))
    voice.progress("")
    if not isinstance(opinion, Agreement):
        return report
    return dataclasses.replace(report, agreements=(*report.agreements, opinion))
