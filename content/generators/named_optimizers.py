"""Optimizers and schedules by their descriptions: tables, see tables.py.

Values of `optimizer_name`, `schedule_name`: `clue`, `right`, `wrong1` to `wrong3`, and `..._why` of each.
Knows no question texts.
"""

from __future__ import annotations

from content.generators.tables import Row, table_generator

_NAMES = {
    "plain gradient descent": "Plain gradient descent steps $\\eta$ times the gradient, without memory.",
    "momentum": "Momentum adds a share of the last step to the new one.",
    "Nesterov momentum": "Nesterov momentum measures the gradient where the last step would lead.",
    "AdaGrad": "AdaGrad divides by the root of the sum of all squared gradients so far.",
    "RMSProp": "RMSProp divides by the root of a running average of squared gradients.",
    "Adam": "Adam averages gradients and squared gradients, and corrects both for their start at 0.",
    "AdamW": "AdamW is Adam with the weight decay taken out of the gradient.",
}

_PLANS = {
    "step decay": "Step decay lowers the rate by a factor at fixed times.",
    "exponential decay": "Exponential decay multiplies by the same factor at every step.",
    "warm-up": "Warm-up raises the rate from nearly 0 during the first steps.",
    "reduce on plateau": "Reduce on plateau watches the validation loss.",
    "cosine schedule": "The cosine schedule follows half a cosine down to 0.",
}


GENERATORS = (
    table_generator(
        "optimizer_name",
        (
            Row(
                "adds a share of the last step, and measures the gradient where it stands",
                "momentum",
                "The ball that keeps rolling.",
            ),
            Row(
                "measures the gradient at the point where the last step would lead",
                "Nesterov momentum",
                "It looks ahead by $\\beta m$.",
            ),
            Row(
                "divides by the root of the sum of all past squared gradients",
                "AdaGrad",
                "The sum only grows, so the effective rate only falls.",
            ),
            Row(
                "keeps an exponential average of squared gradients, and nothing else",
                "RMSProp",
                "Old squares fade away.",
            ),
            Row(
                "joins averaged gradients with averaged squares, and decays no weights",
                "Adam",
                "Momentum and RMSProp in one.",
            ),
            Row(
                "applies weight decay to the weights and not through the gradient",
                "AdamW",
                "The W stands for this decoupled decay.",
            ),
            Row(
                "needs no memory beside the parameters",
                "plain gradient descent",
                "Only the present gradient counts.",
            ),
            Row(
                "may stop too early, because its effective rate never rises again",
                "AdaGrad",
                "RMSProp was made to mend this.",
            ),
            Row(
                "adds to RMSProp an average of the gradients and a bias correction, no more",
                "Adam",
                "With the defaults 0.9 and 0.999.",
            ),
            Row(
                "remembers past gradients but no squares, and measures the new one where it stands",
                "momentum",
                "Its vector is the step itself.",
            ),
        ),
        _NAMES,
    ),
    table_generator(
        "schedule_name",
        (
            Row(
                "begins near 0 and raises the rate for the first thousand steps",
                "warm-up",
                "Often used before a decay, above all for Transformers.",
            ),
            Row("divides the rate by ten after epochs 30 and 60", "step decay", "Two jumps at fixed times."),
            Row(
                "holds the rate for ten epochs, then halves it, and so on",
                "step decay",
                "A jump after each ten.",
            ),
            Row(
                "multiplies the rate by 0.99 after every single step",
                "exponential decay",
                "The same factor each time.",
            ),
            Row(
                "cuts the rate when the validation loss has not fallen for five epochs",
                "reduce on plateau",
                "It needs the loss and a patience.",
            ),
            Row(
                "waits with a patience of three epochs before it acts",
                "reduce on plateau",
                "No other schedule looks at results.",
            ),
            Row("falls slowly, then fast, then slowly to 0", "cosine schedule", "Half a cosine wave."),
            Row(
                "keeps early updates small, while Adam's averages still rest on few gradients",
                "warm-up",
                "Small first steps do little harm.",
            ),
            Row(
                "loses the same share, not the same amount, in each epoch",
                "exponential decay",
                "On a log scale it is a straight line.",
            ),
        ),
        _PLANS,
    ),
)
