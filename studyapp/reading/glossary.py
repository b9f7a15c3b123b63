"""The glossary as a text: every term alphabetically, with what it means and where it is explained. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.records import Term, Topic
from studyapp.reading.text import Lines, Text, has_words, plain


def glossary(
    terms: Sequence[Term], topics: Mapping[str, Topic], words: str = "", on_paper: bool = False
) -> Text:
    """The terms in which each of `words` occurs; `topics` by id. On paper there are no links."""
    lines, letter = Lines(), ""
    for term in sorted(terms, key=lambda each: (_sorted_as(each), each.id)):
        if not has_words(f"{term.term} {' '.join(term.also)} {term.says}", words):
            continue
        first = _letter(term)
        if first != letter:
            letter = first
            lines.heading(2, letter)
        lines.heading(3, plain(term.term), term.id)
        lines.add(_entry(term, None if on_paper else topics.get(term.topic)))
        lines.counted()
    return lines.text()


def _letter(term: Term) -> str:
    first = _sorted_as(term)[:1].upper()
    return first if first.isalpha() else "0-9"


def _sorted_as(term: Term) -> str:
    """<EOS> stands under E."""
    return "".join(sign for sign in term.term.casefold() if sign.isalnum() or sign == " ").strip()


def _other_names(term: Term) -> list[str]:
    """What it is called as well; a plural needs no saying, nor another hyphen."""
    names: list[str] = []
    known = {_bare(term.term)}
    for form in term.also:
        if _bare(form) not in known:
            known.add(_bare(form))
            names.append(form)
    return names


def _bare(name: str) -> str:
    """Blocks of weights, block-of-weights and block of weights are one."""
    words = name.casefold().replace("-", " ").split()
    letters = "".join(_stem(word) for word in words)
    return "".join(sign for sign in letters if sign.isalnum())


def _stem(word: str) -> str:
    """The same of one and of many: cas of case and cases, bias of bias and biases."""
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    one = word if word.endswith(("as", "is", "ss", "us")) else word.removesuffix("s")
    return one.removesuffix("e")


def _entry(term: Term, topic: Topic | None) -> str:
    said = [term.says.strip()]
    if others := _other_names(term):
        said.append(f"Also: {', '.join(map(plain, others))}.")
    if topic is not None:
        said.append(f"[{plain(topic.title)}](topic:{topic.id})")
    return " ".join(said)
