"""`studyapp derive`: a recurrence or BPTT, line by line, with how each line was checked."""

from __future__ import annotations

import argparse
import dataclasses
import time
from typing import Any

from engine.errors import ChildError, FormulaError
from engine.symbolic import worker
from engine.symbolic.client import SymbolicProcess
from engine.symbolic.jobs import AutogradJob, BpttJob, Job, RecurrenceJob
from engine.symbolic.report import Agreement, Answer, Line, Refusal, Report
from studyapp.commands.voice import Voice, add_json

_PARAMETERS = ("w", "u", "b", "v", "c", "h_0")
_PATIENCE = 120.0  # torch may have to come off a cold disk
_LOOK = 0.01


def add_to(jobs: Any) -> None:
    """Add `derive` and its two kinds to the command line."""
    parser = jobs.add_parser("derive", help="derive a recurrence's solution, or BPTT, line by line")
    kinds = parser.add_subparsers(required=True, metavar="recurrence | bptt")
    recurrence = kinds.add_parser("recurrence", help='e.g. "T(n) = 2T(n/2) + n, T(1) = 1"')
    recurrence.add_argument("text", help='the recurrence, in quotes: "T(n) = 3T(n-1), T(0) = 1"')
    recurrence.set_defaults(run=run, job=lambda said: RecurrenceJob(said.text))
    bptt = kinds.add_parser("bptt", help="backpropagation through time of the scalar RNN")
    bptt.add_argument("--steps", type=int, choices=range(1, 7), default=3, help="T, the time steps (3)")
    bptt.add_argument(
        "--wrt", choices=["w", "u", "b", "v", "c", "h_0"], default="w", help="by which parameter (w)"
    )
    bptt.add_argument("--whole-loss", action="store_true", help="L = (y_hat - y)^2, without the factor 1/2")
    bptt.add_argument("--seed", type=int, default=1, help="of the numbers put in (1)")
    bptt.add_argument("--no-torch", action="store_true", help="do not wait for torch's opinion (2 s)")
    bptt.set_defaults(run=run, job=lambda said: BpttJob(said.steps, said.wrt, not said.whole_loss, said.seed))
    for kind in (recurrence, bptt):
        add_json(kind)


def run(said: argparse.Namespace, voice: Voice) -> bool:
    """Derive and print; False for a refusal, or if two ways to the number disagree."""
    job: Job = said.job(said)
    answer = ask(job)
    if isinstance(answer, Refusal):
        return _refused(answer, voice)
    if not isinstance(answer, Report):
        raise ChildError("The symbolic process answered something else. Please report this.")
    ways = answer.agreements
    if isinstance(job, BpttJob) and not said.no_torch:
        voice.progress("asking torch for its gradient ...")
        opinion = ask(AutogradJob(job))
        voice.progress("")
        if isinstance(opinion, Agreement):
            ways = (*ways, opinion)
    _told(dataclasses.replace(answer, agreements=ways), voice)
    return all(way.ok for way in ways)


def ask(job: Job) -> Answer:
    """The answer to `job` from a process of its own, which is killed if it takes too long.

    Raises:
        ChildError: no answer within two minutes.
    """
    target = worker.oracle if isinstance(job, AutogradJob) else worker.derive
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


def _refused(refusal: Refusal, voice: Voice) -> bool:
    caret = ""
    if refusal.column >= 0 and refusal.text:
        caret = FormulaError(refusal.reason, refusal.text, refusal.column).caret() + "\n"
    sentence = f"{caret}{refusal.reason} {refusal.way_out}".rstrip()
    voice.fail(sentence, kind="Refusal", column=refusal.column, way_out=refusal.way_out)
    return False


def _told(report: Report, voice: Voice) -> None:
    fields = dataclasses.asdict(report) | {"status": report.status.value}
    voice.say("\n".join(_in_words(report)), **fields)


def _in_words(report: Report) -> list[str]:
    words = [report.title]
    words += [f"  {name}: {choice}" for name, choice in report.conventions]
    if report.numbers:
        words += ["  numbers: " + ", ".join(f"{name} = {value:g}" for name, value in report.numbers)]
    for line in report.lines:
        words += _line(line)
    words += ["", report.summary, ""]
    words += [
        f"  {'ok   ' if way.ok else 'WRONG'}  {way.source}: {way.value:.12g} (relative error {way.error:.1e})"
        for way in report.agreements
    ]
    for method in report.methods:
        words.append(f"  {'used ' if method.applies else 'no   '}  {method.name}: {method.reason}")
    words.append(f"  {report.status.value}, {len(report.lines)} lines in {report.milliseconds:.0f} ms")
    return words


def _line(line: Line) -> list[str]:
    uses = f"  from {', '.join(map(str, line.uses))}" if line.uses else ""
    value = "" if line.value is None else f"   = {line.value:.6g}"
    check = line.check
    checked = (
        "assumed" if check is None else f"{'ok' if check.ok else 'WRONG'}, {check.what}, {check.error:.0e}"
    )
    return [
        "",
        f"{line.number:3}  {line.title}{uses}",
        f"     {line.latex}{value}",
        f"     [{checked}]",
    ]
