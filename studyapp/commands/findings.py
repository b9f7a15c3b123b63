"""What a run has to show in the terminal after its training: a sample, a beam, word vectors, sentences.

Knows what each kind of run can answer; nothing of training.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from studyapp.commands.voice import Voice

if TYPE_CHECKING:
    from engine.train import Run

_BEAM_LENGTH = 40  # symbols at most, so that a line holds a text
_WORD, _ANALOGY = "paris", ("man", "king", "woman")  # a is to b as c is to what
_SENTENCES = ("the apple and pear salad", "the apple and pair salad")  # one heard, one a slip of the ear


def show(trained: Run, said: argparse.Namespace, voice: Voice) -> None:
    """All that this run can show."""
    _sample(trained, said, voice)
    _beam(trained, said, voice)
    _vectors(trained, voice)
    _sentences(trained, voice)


def check(trained: Run, said: argparse.Namespace) -> None:
    """Complain of what would fail after the training before it; ConfigError, TaskError."""
    from engine.beam import check as check_beam
    from engine.sampling import check as check_sample
    from engine.sampling import opening
    from engine.writing import stepper_of

    task = trained.task
    if said.sample > 0:
        check_sample(said.sample, said.temperature, trained.config.seed, said.top_k)
    if said.prompt or said.beam:
        stepper_of(trained)
        opening(task.symbols, task.joint, said.prompt)
    if said.beam:
        check_beam(said.beam, _beam_length(said), "none", None, len(task.symbols))


def _sample(trained: Run, said: argparse.Namespace, voice: Voice) -> None:
    from engine.writing import writes, written

    if said.sample < 1 or not writes(trained):
        return
    found = written(
        trained,
        length=said.sample,
        temperature=said.temperature,
        seed=trained.config.seed,
        top_k=said.top_k,
        prompt=said.prompt,
    )
    mean = float(found.log_probabilities.mean())  # shown as surprise, which is positive, as in the Lab
    voice.say(
        f"\nSampled at temperature {said.temperature:g}, {abs(mean):.2f} nats a symbol:\n{found.text}",
        event="sample",
        temperature=said.temperature,
        text=found.text,
        mean_log_probability=mean,
    )


def _beam(trained: Run, said: argparse.Namespace, voice: Voice) -> None:
    from engine.inside import beam_of

    if not said.beam:
        return
    found = beam_of(trained, said.beam, _beam_length(said), said.prompt)
    voice.say(f"\nThe best of a beam {said.beam} wide, with ln P:")
    for leaf in found.leaves:
        text, total = found.text(leaf), found.nodes[leaf].total
        shown = text.replace("\n", "\\n")  # one line each
        voice.say(f"{total:9.2f}  {shown}", event="beam", text=text, log_probability=total)


def _beam_length(said: argparse.Namespace) -> int:
    return int(min(said.sample, _BEAM_LENGTH)) if said.sample > 0 else _BEAM_LENGTH


def _vectors(trained: Run, voice: Voice) -> None:
    from engine.models.word2vec import analogy, nearest

    vectors, words = trained.weights.get("W_in"), trained.task.symbols
    if vectors is None:
        return
    word = _WORD if _WORD in words else words[0]
    found = nearest(vectors, words, word, 3)
    voice.say(f"\nNearest to {word}: {_listed(found)}", event="nearest", word=word, found=dict(found))
    if all(each in words for each in _ANALOGY):
        a, b, c = _ANALOGY
        found = analogy(vectors, words, a, b, c, 3)
        asked = f"{b} - {a} + {c}"
        voice.say(f"{asked}: {_listed(found)}", event="analogy", asked=asked, found=dict(found))


def _listed(found: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{word} {cosine:.2f}" for word, cosine in found) + " (cosine)"


def _sentences(trained: Run, voice: Voice) -> None:
    """ln P of the two sentences, where the network knows their words."""
    from engine.errors import TaskError
    from engine.tasks.examples import ExampleTask
    from engine.tasks.sentences import log_probability
    from engine.writing import stepper_of

    task = trained.task
    if trained.config.task != "sentences" or not isinstance(task, ExampleTask):
        return
    voice.say("\nln P of a sentence, its end included:")
    for sentence in _SENTENCES:
        try:
            total = log_probability(stepper_of(trained), task, sentence).total
        except TaskError as fault:  # another text, which has other words
            voice.say(f"  {sentence}: not known here. {fault}")
            continue
        voice.say(f"{total:9.2f}  {sentence}", event="sentence", sentence=sentence, log_probability=total)
