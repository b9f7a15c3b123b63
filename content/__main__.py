"""`python -m content`: for those who write the course.

    check [FOLDER]        prove everything about the course (content/checking); exit code 1 if anything is
                          wrong; --quick leaves out coverage and wording, --only TEXT shows some lines
    keep                  note the ids that are new, so that none of them can vanish unseen later on
    show ID [--seed N]    one card or question as a learner gets it

Knows no bank.
"""

from __future__ import annotations

import argparse
import sys
from importlib.resources.abc import Traversable
from pathlib import Path

from content.check import between, numbers
from content.checking import every_id, proof
from content.checking.chains import held
from content.checking.growths import told
from content.course import Course, Problem
from content.course_files import Unreadable, course_files, shipped_course
from content.course_reader import read_course
from content.errors import CourseError
from content.records import Kind, Question
from content.variants import variant

_LEFT_OUT = "left out: ids that are gone, coverage, wording, and whether sums and formulas hold"


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 fine, 1 something is wrong, 2 not understood."""
    parser = argparse.ArgumentParser(prog="python -m content", description="For those who write the course.")
    parts = parser.add_subparsers(dest="part", required=True)
    check = parts.add_parser("check", help="read every file, try every question")
    check.add_argument("--quick", action="store_true", help="only what a bank asks for, and the questions")
    check.add_argument("--only", default="", metavar="TEXT", help="show only problems that name this text")
    check.add_argument("folder", nargs="?", type=Path, help="another course than the one in this package")
    parts.add_parser("keep", help="note new ids, so that none can vanish unseen")
    show = parts.add_parser("show", help="one card or question as a learner gets it")
    show.add_argument("id")
    show.add_argument("--seed", type=int, default=0, help="which variant (default 0)")
    options = parser.parse_args(arguments)
    try:
        return _done(options)
    except CourseError as error:  # a file that cannot even be opened
        print(error)
        return 1


def _done(options: argparse.Namespace) -> int:
    if options.part == "check":
        quick = options.quick or options.folder is not None  # the syllabus is that of this course
        return _check(options.folder or shipped_course(), quick=quick, only=options.only)
    return _keep() if options.part == "keep" else _show(options.id, options.seed)


def _check(folder: Traversable, *, quick: bool, only: str) -> int:
    course, problems = read_course(list(course_files(folder)))
    found: list[Problem] = []
    if not course.unread:  # what such a file should hold would be missed in every other one
        found = [*between(course), *numbers(course)] if quick else proof.problems(course)
    if not quick and not problems:
        found += every_id.amiss(course)
    problems = [problem for problem in dict.fromkeys([*problems, *found]) if only in str(problem)]
    for problem in problems:
        print(problem)
    if course.unread:
        print("nothing else is looked at before every file can be read")
    for unit in dict.fromkeys(topic.unit for topic in course.topics):
        print(_counted(course, unit))
    print(_LEFT_OUT if quick else _held(course))
    print(f"{len(problems)} problems" if problems else "no problems")
    return 1 if problems else 0


def _keep() -> int:
    course, problems = read_course(list(course_files(shipped_course())))
    if problems:
        print("the course has mistakes; run `python -m content check` first.", file=sys.stderr)
        return 1
    try:
        print(f"{every_id.keep(course)} new ids")
    except Unreadable as error:
        print(Problem(every_id.FILE, "", str(error), error.line), file=sys.stderr)
        return 1
    return 0


def _held(course: Course) -> str:
    printed = sum(bool(one.letters or one.equals) for one in course.formulas)
    other = sum(bool(one.check) and not (one.letters or one.equals) for one in course.formulas)
    return (
        f"formulas: {printed} of {len(course.formulas)} computed as printed, {other} by other equations; "
        f"{len(course.asides)} more of the notes; {held(course)} steps of shown sums evaluated; "
        f"{told(course)} growths solved"
    )


def _counted(course: Course, unit: str) -> str:
    topics = {topic.id for topic in course.topics if topic.unit == unit}
    cards = sum(source.card.topic in topics for source in course.cards)
    kinds = [question.kind for question in course.questions if question.topic in topics]
    by_kind = ", ".join(f"{kinds.count(kind)} {kind.value}" for kind in Kind)
    return f"{unit}: {len(topics)} topics, {cards} cards, {len(kinds)} questions ({by_kind})"


def _show(item: str, seed: int) -> int:
    course, problems = read_course(list(course_files(shipped_course())))
    for problem in (p for p in problems if p.item == item):
        print(problem, file=sys.stderr)
    for source in course.cards:
        if source.card.id == item:
            print(source.card.front, source.card.back, sep="\n---\n")
            return 0
    for question in course.questions:
        if question.id == item:
            title = next((topic.title for topic in course.topics if topic.id == question.topic), "")
            print(_written_out(variant(question, title, seed)))
            return 0
    print(Problem("", item, "there is no card or question with this id."), file=sys.stderr)
    return 1


def _written_out(question: Question) -> str:
    options = [f"[{'x' if o.right else ' '}] {o.text}\n    {o.why}" for o in question.options]
    answer = [f"answer {question.answer!r} +- {question.tolerance:g} {question.unit}"]
    mistakes = [f"mistake {mistake.value!r}: {mistake.why}" for mistake in question.mistakes]
    numeric = [*answer, *mistakes] if question.kind is Kind.NUMERIC else []
    return "\n".join([question.ask, f"({question.hint})", *options, *numeric, "---", question.solution])


if __name__ == "__main__":
    sys.exit(main())
