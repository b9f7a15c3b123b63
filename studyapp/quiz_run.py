"""QuizRun: where one quiz stands. Plain data and arithmetic; knows no Qt and no bank."""

from __future__ import annotations

from dataclasses import dataclass, field

from content.records import Mark, Question, Response


@dataclass(frozen=True, slots=True)
class Answered:
    """One question, what was answered, and how it was graded."""

    question: Question
    response: Response
    mark: Mark


@dataclass(slots=True)
class QuizRun:
    """The questions of one quiz and the answers so far, in order."""

    questions: tuple[Question, ...]
    answered: list[Answered] = field(default_factory=list)

    @property
    def current(self) -> Question | None:
        """The question to answer now; None at the end."""
        place = len(self.answered)
        return self.questions[place] if place < len(self.questions) else None

    @property
    def score(self) -> float:
        """Points so far, one a question."""
        return sum(a.mark.score for a in self.answered)

    @property
    def wrong(self) -> tuple[Answered, ...]:
        """What was not answered fully right."""
        return tuple(a for a in self.answered if a.mark.score < 1)

    def take(self, response: Response, mark: Mark) -> Answered:
        """Keep a graded answer to the current question and go on to the next."""
        question = self.current
        if question is None:
            raise ValueError("the quiz is over")
        done = Answered(question, response, mark)
        self.answered.append(done)
        return done
