"""The catalogue of rules: nothing without a checker, nothing unused, nothing that cannot be said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from engine.derivations import rules_backward, rules_closed, rules_forward, rules_products
from engine.derivations.catalogue import cleaned
from engine.derivations.derive import derive
from engine.derivations.parameters import keys
from engine.derivations.rules import CATALOGUE
from engine.recurrences.verify import stated
from engine.symbolic.jobs import GradientJob
from engine.symbolic.rule import Rule, catalogue

VARIANTS = (
    {},
    {"outputs": "each", "loss": "cross-entropy", "activation": "identity", "gates": "stacked"},
    {"steps": 5, "truncate": 2, "reset": "before"},
    {"outputs": "last", "steps": 4},
)


def test_every_rule_is_used_and_every_line_has_one() -> None:
    used = set()
    for model in (
        "rnn",
        "lstm",
        "gru",
        "birnn",
        "layers",
        "attention",
        "softmax",
        "layernorm",
        "batchnorm",
        "clipping",
    ):
        for variant in VARIANTS:
            job = cleaned(GradientJob(model, **variant))
            for key in keys(job):
                used |= {step.rule for step in derive(replace(job, wrt=key)).steps}
    assert used == set(CATALOGUE)


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=lambda rule: rule.key)
def test_a_rule_is_checked_and_can_be_read(rule: Rule) -> None:
    assert callable(rule.checker)
    assert rule.checker is not stated
    assert rule.title[0].isupper()
    assert rule.why.count("$") % 2 == 0
    for latex in (rule.statement, *re.findall(r"\$([^$]*)\$", rule.why)):
        assert latex.count("{") == latex.count("}")
        assert latex.count(r"\left") == latex.count(r"\right")
    assert len(rule.why) < 330


def test_a_rule_without_a_checker_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="no checker"):
        Rule("free", "Free", "x", "Because.", None)  # type: ignore[arg-type] # that is the point


def test_no_two_rules_have_one_key() -> None:
    parts = (rules_forward.RULES, rules_backward.RULES, rules_closed.RULES, rules_products.RULES)
    assert len(CATALOGUE) == sum(map(len, parts))
    with pytest.raises(ValueError, match="Two rules"):
        catalogue((*rules_forward.RULES, rules_forward.RULES[0]))


def test_most_rules_name_their_source() -> None:
    sources = [rule.source for rule in CATALOGUE.values()]
    assert sum(bool(source) for source in sources) > len(sources) / 2
    assert all(re.search(r"\d{4}", source) for source in sources if source)
