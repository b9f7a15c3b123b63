"""`studyapp bank`: reviews, quizzes and the state of a bank in the terminal."""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from content.clock import Moment
from content.records import Due, Kind, Question, Rating, Response
from studyapp.commands.voice import Voice, add_json, whole_number, word

if TYPE_CHECKING:
    from content.bank import Bank

Job = Callable[[argparse.Namespace, Voice], bool]


def add_to(jobs: Any) -> None:
    """Add `bank` and its jobs to the command line."""
    parser = jobs.add_parser("bank", help="review, take a quiz, see how far you are")
    inner = parser.add_subparsers(
        required=True, metavar="status | next | answer | undo | review | quiz | check"
    )
    table: tuple[tuple[str, str, Job], ...] = (
        ("status", "what is due, how far each topic is, where the bank is", status),
        ("next", "the card that is due now, with both sides", show_next),
        ("answer", "rate a card: again, hard, good or easy", answer),
        ("undo", "take the last answer back", undo),
        ("review", "review what is due, card after card", review),
        ("quiz", "ten questions, each explained", quiz),
        ("check", "look through the whole file for damage", check),
    )
    for name, words, job in table:
        made = inner.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        made.add_argument("--bank", type=Path, metavar="FILE", help="this bank instead of your usual one")
        add_json(made)
        made.set_defaults(run=job)
        if name in ("next", "review", "quiz"):
            made.add_argument("--topic", type=word, metavar="ID", help="only this topic, e.g. forget-gate")
        if name == "answer":
            made.add_argument("card", type=word, help="id of the card, as `next` shows it")
            made.add_argument("rating", choices=[r.name.lower() for r in Rating])
        if name == "quiz":
            made.add_argument("--count", type=whole_number, default=10, help="how many questions (10)")
            made.add_argument("--seed", type=int, help="the same seed draws the same questions (today's day)")


def status(said: argparse.Namespace, voice: Voice) -> bool:
    with opened_bank(said) as (bank, now):
        counts, progress = bank.counts(now()), bank.progress()
        voice.say(
            f"{bank.path}{' (read only)' if bank.read_only else ''}\n"
            f"{counts.total} due: {counts.new} new, {counts.learning} learning, {counts.review} to review",
            bank=str(bank.path),
            read_only=bank.read_only,
            **dataclasses.asdict(counts),
        )
        for topic in progress:
            voice.say(
                f"  {topic.title[:44]:44} {topic.seen:3} of {topic.cards:3} cards seen, "
                f"{topic.right:3} of {topic.questions:3} questions right",
                **dataclasses.asdict(topic),
            )
        if bank.warning is not None:
            voice.fail(str(bank.warning))
    return True


def show_next(said: argparse.Namespace, voice: Voice) -> bool:
    with opened_bank(said) as (bank, now):
        due = bank.next_due(now(), _topics(bank, said))
        if due is None:
            return _nothing(voice)
        waits = {p.rating.name.lower(): p.wait for p in due.prospects}
        voice.say(
            f"{due.card.id}   ({due.topic_title})\n\n{due.card.front}\n---\n{due.card.back}\n"
            + "   ".join(f"{name}: {wait}" for name, wait in waits.items()),
            card=due.card.id,
            topic=due.card.topic,
            front=due.card.front,
            back=due.card.back,
            waits=waits,
        )
    return True


def answer(said: argparse.Namespace, voice: Voice) -> bool:
    with opened_bank(said) as (bank, now):
        changes = bank.answer(said.card, Rating[said.rating.upper()], now(), 0)
        voice.say(f"Kept: {changes.what}.", done=changes.what, cards=list(changes.cards))
    return True


def undo(said: argparse.Namespace, voice: Voice) -> bool:
    with opened_bank(said) as (bank, now):
        changes = bank.undo(now())
        if changes is None:
            voice.fail("There is no answer to take back.")
            return False
        voice.say(f"Taken back: {changes.what}.", done=changes.what, cards=list(changes.cards))
    return True


def check(said: argparse.Namespace, voice: Voice) -> bool:
    with opened_bank(said) as (bank, _):
        faults = bank.check()
        voice.say("\n".join(faults) or "No fault found.", faults=list(faults))
    return not faults


def review(said: argparse.Namespace, voice: Voice) -> bool:
    """Ask card after card until nothing is due, or the student stops."""
    with opened_bank(said) as (bank, now):
        topics, done = _topics(bank, said), 0
        while (due := bank.next_due(now(), topics)) is not None:
            started = time.monotonic()
            voice.say(f"\n[{due.topic_title}]\n{due.card.front}", card=due.card.id, front=due.card.front)
            if voice.ask("Enter shows the answer, q stops: ") in ("q", None):
                break
            voice.say(f"---\n{due.card.back}", card=due.card.id, back=due.card.back)
            rating = _rating(due, voice)
            if rating is None:
                break
            bank.answer(due.card.id, rating, now(), round((time.monotonic() - started) * 1000))
            done += 1
        voice.say(f"\n{done} reviewed.", reviewed=done)
        return done > 0 or (due is not None) or _nothing(voice)


def quiz(said: argparse.Namespace, voice: Voice) -> bool:
    """Ask, grade and explain; the result at the end."""
    from content.grading import grade

    with opened_bank(said) as (bank, now):
        seed = now().study_day if said.seed is None else said.seed
        questions = bank.quiz(said.count, seed, _topics(bank, said))
        right = asked = 0
        for place, question in enumerate(questions, 1):
            voice.say(_asked(place, len(questions), question), **_for_machines(question))
            started = time.monotonic()
            response = _response(question, voice)
            while response is not None and not (mark := grade(question, response)).valid:
                voice.fail(mark.feedback)
                response = _response(question, voice)
            if response is None:
                break
            bank.record_attempt(question, response, mark, now(), round((time.monotonic() - started) * 1000))
            asked, right = asked + 1, right + (mark.score >= 1)
            verdict = "Right." if mark.score >= 1 else f"{mark.score:.0%}."
            voice.say(
                f"\n{verdict} {mark.feedback}\n\n{question.solution}",
                question=question.id,
                score=mark.score,
                feedback=mark.feedback,
                solution=question.solution,
            )
        voice.say(f"\n{right} of {asked} right.", right=right, asked=asked)
    return asked > 0


@contextmanager
def opened_bank(said: argparse.Namespace) -> Iterator[tuple[Bank, Callable[[], Moment]]]:
    """The bank that is meant, and the clock."""
    from content.bank import Bank
    from studyapp.places import data_folder, this_moment

    opened = Bank.open(said.bank or data_folder() / "bank.db", this_moment())
    try:
        yield opened, this_moment
    finally:
        opened.close()


def _topics(bank: Bank, said: argparse.Namespace) -> tuple[str, ...] | None:
    return None if said.topic is None else (bank.topic(said.topic).id,)


def _nothing(voice: Voice) -> bool:
    voice.fail("Nothing is due.", kind="NothingDue")
    return False


def _rating(due: Due, voice: Voice) -> Rating | None:
    waits = "   ".join(f"{p.rating.value} {p.rating.name.lower()} ({p.wait})" for p in due.prospects)
    while True:
        typed = voice.ask(f"{waits}   q stop: ")
        if typed in ("q", None):
            return None
        if typed in ("1", "2", "3", "4"):
            return Rating(int(typed))


def _asked(place: int, total: int, question: Question) -> str:
    options = "".join(f"\n  {i}  {option.text.strip()}" for i, option in enumerate(question.options, 1))
    return f"\n{place} of {total}   [{question.topic_title}]\n{question.ask.strip()}{options}"


def _for_machines(question: Question) -> dict[str, Any]:
    asked: dict[str, Any] = {"question": question.id, "kind": question.kind.value, "ask": question.ask}
    if question.options:
        return asked | {"options": [option.text for option in question.options]}
    return asked | {"hint": question.hint, "unit": question.unit}


def _response(question: Question, voice: Voice) -> Response | None:
    prompts = {
        Kind.CHOICE: "Number of your option",
        Kind.MULTIPLE: "Numbers of your options, with spaces",
        Kind.NUMERIC: f"Your number ({question.hint})" if question.hint else "Your number",
    }
    typed = voice.ask(f"{prompts[question.kind]}, q stops: ")
    if typed in ("q", None):
        return None
    if question.kind is Kind.NUMERIC:
        return Response(text=typed)
    count = len(question.options)
    places = {piece for piece in typed.replace(",", " ").split() if piece.isdecimal() and len(piece) < 3}
    chosen = tuple(sorted(int(place) - 1 for place in places if 1 <= int(place) <= count))
    if not chosen:
        voice.fail(f"Type a number from 1 to {count}.")
    return Response(chosen=chosen)
