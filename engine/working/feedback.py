"""Verdicts in words: what to tell a student about a line. Markdown with $maths$, friendly and short."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from engine.checking.guarded import NoSuchLeaf
from engine.derivations.rules import CATALOGUE
from engine.errors import ConfigError, FormulaError
from engine.symbolic.report import Judged, Verdict
from engine.tape.index import At, last
from engine.tape.latex import latex
from engine.tape.mirror import mirrored
from engine.tape.names import as_times, shape_words, time_latex
from engine.tape.nodes import Fn, Node, Norm, Over, Power, Slope
from engine.tape.walk import put, walk
from engine.working.bench import Bench, Cases, Difference
from engine.working.claim import Claim
from engine.working.mistakes import Mistake
from engine.working.other_conventions import Convention

_NOTHING_NEW = Judged.SKIPS
_FEW = 3  # times, that one can read at a glance


def shown(here: Bench, node: Node) -> str:
    """LaTeX, in the job's own way of writing."""
    return latex(mirrored(node) if here.job.rows else node, here.letters)


def written(claim: Claim) -> str:
    """The whole line as it was read."""
    sign = r"\le" if claim.relation == "≤" else "="
    return f"{shown(claim.bench, claim.left)} {sign} {shown(claim.bench, claim.right)}"


def told(here: Bench, mistake: Mistake) -> str:
    """The mistake's sentence, filled."""
    right, wrong = shown(here, mistake.right), shown(here, mistake.wrong)
    if mistake.name == "factor 2" and not _has_squares(here):
        return "It is off by a factor of 2, and no line here has a square whose derivative would give one."
    return mistake.why.replace("«right»", right).replace("«wrong»", wrong)


def _has_squares(here: Bench) -> bool:
    """Whether the loss is one of squares."""
    losses = [made.value for made, _ in here.derivation.program.definitions() if made.var.name == "L"]
    return any(isinstance(part, Norm | Power) for loss in losses for part in walk(loss))


# --- not judged ---


def unreadable(error: FormulaError) -> Verdict:
    return Verdict(Judged.UNREADABLE, error.reason, text=error.text, column=error.column)


def finished() -> Verdict:
    sentence = "No line comes after the last one: the derivation is finished. To try a line, type both sides."
    return Verdict(Judged.UNREADABLE, sentence)


def not_about(claim: Claim, following: int) -> Verdict:
    """The left side is a quantity that no line finds."""
    left = shown(claim.bench, claim.left)
    sentence = f"This derivation has no line about ${left}$. {_next(claim.bench, following)}"
    return Verdict(Judged.UNREADABLE, sentence)


def no_numbers(error: ConfigError) -> Verdict:
    """The numbers that were given do not fit the network."""
    return Verdict(Judged.UNREADABLE, str(error))


# --- true ---


def right(claim: Claim, line: int, alike: bool) -> Verdict:
    """`alike`: it is written as the derivation writes it."""
    here = claim.bench
    if alike:
        return Verdict(Judged.RIGHT, f"Right: {_line(here, line)}.", line=line)
    sides = " = ".join(shown(here, side) for side in here.derivation[line].chain)
    one = "for one step it is " if claim.is_of_many_steps() else ""
    sentence = f"Right: {one}{_line(here, line)}, there written ${sides}$.{_where_not(claim, line)}"
    return Verdict(Judged.RIGHT, sentence, line=line)


def skips(claim: Claim, line: int, skipped: Sequence[int]) -> Verdict:
    missing = _listed(_line(claim.bench, number) for number in skipped)
    sentence = f"True: it is {_line(claim.bench, line)}. On the way there it skips {missing}."
    sentence += _where_not(claim, line)
    return Verdict(Judged.SKIPS, sentence, line=line)


def again(claim: Claim, line: int) -> Verdict:
    sentence = f"True, but nothing new: it is {_line(claim.bench, line)} again."
    return Verdict(_NOTHING_NEW, sentence, line=line)


def empty(claim: Claim) -> Verdict:
    left = shown(claim.bench, claim.left)
    sentence = f"True, but it says nothing: it would hold for any numbers, or finds ${left}$ from itself."
    return Verdict(_NOTHING_NEW, sentence)


def beside(claim: Claim, following: int) -> Verdict:
    sentence = f"True, but not a line of this derivation. {_next(claim.bench, following)}"
    return Verdict(_NOTHING_NEW, sentence)


def other_convention(convention: Convention, line: int) -> Verdict:
    return Verdict(Judged.CONVENTION, f"**{convention.name}.** {convention.sentence}", line=line)


def _where_not(claim: Claim, line: int) -> str:
    """At which times of the line the right side is not there, as books tell in an extra line."""
    cases = claim.missing(line)
    if not cases:
        return ""
    here, ((letter, times),) = claim.bench, cases.items()
    try:
        here.value(claim.right, cases)
    except NoSuchLeaf as gone:
        if times.tolist() == [here.steps]:
            what = shown(here, put(gone.leaf, letter, last))
            when = time_latex(last, as_times(here.letters))
            return (
                f" At ${letter} = {when}$ there is no ${what}$: the last step starts from the output instead."
            )
        what = shown(here, here.at_case(gone.leaf, {letter: int(times[0])}))
        return (
            f" At ${letter} = {', '.join(map(str, times.tolist()))}$ it does not hold: there is no ${what}$."
        )
    return ""


# --- wrong ---


def wrong(claim: Claim, line: int, difference: Difference | None, mistake: Mistake | None) -> Verdict:
    here = claim.bench
    if mistake is not None:
        sentence = told(here, mistake)
    elif claim.left.shape != claim.right.shape:
        sides = f"the left side is a {shape_words(claim.left.shape)}, the right side a "
        sentence = f"The shapes differ: {sides}{shape_words(claim.right.shape)}."
    elif difference is not None and not difference.finite:
        sentence = _no_number(claim, difference)
    elif claim.relation == "≤":
        sentence = f"The left side can be larger than that. {_hint(here, line)}"
    else:
        sentence = f"The two sides have different values. {_hint(here, line)}"
    sentence = sentence.rstrip()
    if difference is not None and not difference.shown:
        sentence += " The numbers that are shown happen to agree; others do not."
    return _wrong(line, sentence, difference, mistake.name if mistake else "")


def is_a_bound(claim: Claim, line: int) -> Verdict:
    sentence = f"Not equal, but never larger: ${written(claim)}$."
    return _wrong(line, sentence, None, "= for ≤")


def only_here(claim: Claim, line: int, difference: Difference | None) -> Verdict:
    left = shown(claim.bench, claim.bench.derivation[line].left)
    sentence = f"This holds at one time only. Say which on both sides: this line is about ${left}$."
    return _wrong(line, sentence, difference, "t for T")


def only_at(claim: Claim, line: int, times: Cases, difference: Difference | None) -> Verdict:
    """Said of two times, and true of some only; `times`: those."""
    when = _when(times)
    sentence = f"This holds only for ${when}$. " if when else "This does not hold at all these times. "
    if claim.bench.derivation[line].span is not None:
        left = shown(claim.bench, claim.bench.derivation[line].left)
        sentence += f"So say those times on both sides: line {line} is about ${left}$. "
    sentence += "Over more steps there is one factor for each of them."
    return _wrong(line, sentence, difference, "one step for many")


def _when(times: Cases) -> str:
    """Times in LaTeX, as "j = t - 1" where that says it all; empty where there are none, or too many."""
    letters = sorted(times, reverse=True)
    if len(letters) == 2:
        first, second = letters
        apart = set((times[second] - times[first]).tolist())
        return f"{second} = {At(first, apart.pop())}" if len(apart) == 1 else ""
    found = sorted(set(times[letters[0]].tolist())) if letters else []
    return f"{letters[0]} = {', '.join(map(str, found))}" if 0 < len(found) <= _FEW else ""


def only_for(claim: Claim, line: int) -> Verdict:
    sentence = f"With $T = {claim.bench.steps}$ this holds, but here $T$ may be any number: write $T$ for it."
    return _wrong(line, sentence, None, "a number for T")


def loose(
    claim: Claim, line: int, letter: str, difference: Difference | None, mistake: Mistake | None
) -> Verdict:
    """The right side has a letter that the left side does not have."""
    if mistake is not None:
        return _wrong(line, told(claim.bench, mistake), difference, mistake.name)
    sentence = (
        f"The right side is about a time ${letter}$, the left side is not: sum over it, or say which it is."
    )
    return _wrong(line, sentence, difference, "")


def not_there(claim: Claim, line: int, missing: LookupError, mistake: Mistake | None) -> Verdict:
    """The right side asks for something that the derivation does not have."""
    here = claim.bench
    if mistake is not None:
        return _wrong(line, told(here, mistake), None, mistake.name)
    return _wrong(line, f"{_missing(here, missing)} {_hint(here, line)}", None, "")


def _missing(here: Bench, missing: LookupError) -> str:
    if not isinstance(missing, NoSuchLeaf):
        return "The right side cannot be computed."
    what = shown(here, missing.leaf)
    if missing.time is not None:
        return f"On the right stands ${what}$, which would be needed at time {missing.time}: there is none."
    if isinstance(missing.leaf, Slope):
        return f"No line of this derivation finds ${what}$, which stands on the right."
    return f"There is no ${what}$ here."


def _no_number(claim: Claim, difference: Difference) -> str:
    """One side is infinite or not a number: what in it may be why."""
    name, node = ("right", claim.right) if not math.isfinite(difference.yours) else ("left", claim.left)
    reasons = list(dict.fromkeys(why for part in walk(node) if (why := _breaking(part))))
    if not reasons:
        return f"The {name} side is no finite number: it grows too large to compute."
    return f"The {name} side is no finite number: it {' or '.join(reasons)}."


def _breaking(part: Node) -> str:
    """What can go wrong with this operation; empty where nothing can."""
    match part:
        case Over() | Power(_, _, -1):
            return "divides by 0"
        case Fn(_, "log", _, _):
            return "takes the logarithm of 0 or of a negative number"
        case Fn(_, "sqrt", _, _):
            return "takes the root of a negative number"
    return ""


def _wrong(line: int, sentence: str, difference: Difference | None, mistake: str) -> Verdict:
    if difference is None:
        return Verdict(Judged.WRONG, sentence, line=line, mistake=mistake)
    if not difference.finite:
        return Verdict(Judged.WRONG, sentence, line=line, where=difference.where, mistake=mistake)
    where, yours, should = difference.where, difference.yours, difference.right
    return Verdict(Judged.WRONG, sentence, line=line, where=where, yours=yours, right=should, mistake=mistake)


# --- pieces ---


def _line(here: Bench, number: int) -> str:
    return f"line {number}, ${shown(here, here.derivation[number].left)}$"


def _hint(here: Bench, line: int) -> str:
    """Which rule the line goes by; nothing of line 0, which there is none."""
    if not line:
        return ""
    rule = CATALOGUE[here.derivation[line].rule]
    return f"This line goes by the rule “{rule.title}”."


def _next(here: Bench, line: int) -> str:
    if line > len(here.derivation.steps):
        return "The derivation is finished."
    return f"The next line says what ${shown(here, here.derivation[line].left)}$ is."


def _listed(items: Iterable[str]) -> str:
    *some, final = items
    return f"{', '.join(some)} and {final}" if some else final
