"""`studyapp derive`: a recurrence or a gradient, line by line, with how each line was checked."""

from __future__ import annotations

import argparse
import dataclasses
import time
from typing import Any

from engine.errors import ChildError, FormulaError
from engine.symbolic import worker
from engine.symbolic.client import SymbolicProcess
from engine.symbolic.jobs import GradientJob, Job, OpinionJob, RecurrenceJob
from engine.symbolic.report import Agreement, Answer, Refusal, Report
from studyapp.commands import derive_bptt, derive_words
from studyapp.commands.voice import Voice, add_json

_PATIENCE = 120.0  # torch may have to come off a cold disk
_LOOK = 0.01
_LEVELS = {"compact": 0, "normal": 1, "fine": 2}


def add_to(jobs: Any) -> None:
    """Add `derive` and its two kinds to the command line."""
    parser = jobs.add_parser("derive", help="derive a recurrence's solution, or BPTT, line by line")
    kinds = parser.add_subparsers(required=True, metavar="recurrence | bptt")
    recurrence = kinds.add_parser("recurrence", help='e.g. "T(n) = 2T(n/2) + n, T(1) = 1"')
    recurrence.add_argument("text", help='the recurrence, in quotes: "T(n) = 3T(n-1), T(0) = 1"')
    recurrence.set_defaults(run=_run_recurrence)
    bptt = kinds.add_parser("bptt", help="a gradient of an RNN, LSTM, GRU, ... through time")
    derive_bptt.add_options(bptt)
    bptt.add_argument("--detail", choices=_LEVELS, help="how finely it is told (normal; with --json fine)")
    bptt.add_argument("--values", action="store_true", help="the numbers behind each line")
    bptt.add_argument("--no-torch", action="store_true", help="do not wait for torch's opinion (2 s)")
    bptt.add_argument("--list", action="store_true", help="models, or the one of --cell: options, parameters")
    bptt.set_defaults(run=_run_bptt)
    for kind in (recurrence, bptt):
        add_json(kind)


def _run_recurrence(said: argparse.Namespace, voice: Voice) -> bool:
    """Derive and print; False for a refusal, or if two ways to the number disagree."""
    report = _derived(RecurrenceJob(said.text), voice)
    if report is not None:
        voice.say(derive_words.words(report), **derive_words.fields(report))
    return report is not None and all(way.ok for way in report.agreements)


def _run_bptt(said: argparse.Namespace, voice: Voice) -> bool:
    """As `_run_recurrence`, with torch's opinion. Raises ConfigError for choices that are not there."""
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
        _refused(answer, voice)
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


def ask(job: Job) -> Answer:
    """The answer to `job` from a process of its own, which is killed if it takes too long.

    Raises:
        ChildError: no answer within two minutes.
    """
    target = worker.oracle if isinstance(job, OpinionJob) else worker.derive
    begin = time.monotonic()
    process = SymbolicProcess(target, begin)
    try:
        process.request(job, begin)
        while time.monotonic() - begin < _PATIENCE:
            for _, answer in process.poll(time.monotonic()):
                return answer
            time.sleep(_LOOK)
    finally:
        process.close()
    raise ChildError("The symbolic process gave no answer. Run studyapp --selftest: it says what is missing.")


def _refused(refusal: Refusal, voice: Voice) -> None:
    caret = ""
    if refusal.column >= 0 and refusal.text:
        caret = FormulaError(refusal.reason, refusal.text, refusal.column).caret() + "\n"
    sentence = f"{caret}{refusal.reason} {refusal.way_out}".rstrip()
    voice.fail(sentence, kind="Refusal", column=refusal.column, way_out=refusal.way_out)
