"""The rules of backpropagation through time, for the catalogue."""

from __future__ import annotations

from engine.symbolic.rule import Rule
from engine.symbolic.verify import same_numbers

RULES = (
    Rule(
        "preactivation",
        "Definition of the pre-activation",
        r"a_t = w\,h_{t-1} + u\,x_t + b",
        "What goes into the $\\tanh$ at time $«t»$: the state before it, the input, and the bias. The same "
        "$w$, $u$ and $b$ serve every step.",
        same_numbers,
    ),
    Rule(
        "state",
        "Definition of the state",
        r"h_t = \tanh(a_t)",
        "The state at time $«t»$ is the squashed pre-activation.",
        same_numbers,
    ),
    Rule(
        "output",
        "Definition of the output",
        r"\hat{y} = v\,h_T + c",
        "The network speaks once, after the last step, so only $h_{«last»}$ enters.",
        same_numbers,
    ),
    Rule(
        "loss",
        "Definition of the loss",
        r"L = \tfrac{1}{2}(\hat{y} - y)^2 \quad\text{or}\quad L = (\hat{y} - y)^2",
        "The squared error of the one output. «convention»",
        same_numbers,
    ),
    Rule(
        "power-rule",
        "Power rule",
        r"\frac{d}{dz}\,z^2 = 2z",
        "Differentiate the square. «convention»",
        same_numbers,
    ),
    Rule(
        "chain-output",
        "Chain rule through the output",
        r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial \hat{y}}\,"
        r"\frac{\partial \hat{y}}{\partial z}",
        "$«of»$ reaches the loss only through $\\hat{y} = v\\,h_{«last»} + c$, whose slope there is "
        "$«slope»$.",
        same_numbers,
    ),
    Rule(
        "tanh-derivative",
        "Derivative of tanh",
        r"\tanh'(a) = 1 - \tanh^2(a)",
        "As $h_{«t»} = \\tanh(a_{«t»})$, the slope can be written with the state itself: no need to look at "
        "$a_{«t»}$ again. It lies between 0 and 1.",
        same_numbers,
    ),
    Rule(
        "delta",
        "Chain rule through tanh",
        r"\delta_t := \frac{\partial L}{\partial a_t} = \frac{\partial L}{\partial h_t}\,(1 - h_t^2)",
        "$\\delta_{«t»}$ is a short name for how the loss reacts to $a_{«t»}$. All of that passes through "
        "$h_{«t»}$.",
        same_numbers,
    ),
    Rule(
        "back-in-time",
        "Chain rule one step back in time",
        r"\frac{\partial L}{\partial h_{t-1}} = \delta_t\,\frac{\partial a_t}{\partial h_{t-1}}"
        r" = w\,\delta_t",
        "$h_{«before»}$ acts on the loss only through $a_{«t»} = w\\,h_{«before»} + \\dots$, whose slope is "
        "$w$. Each step back costs another factor $w$.",
        same_numbers,
    ),
    Rule(
        "immediate-preactivation",
        "Immediate derivative of the pre-activation",
        r"\frac{\partial^{+} a_t}{\partial w} = h_{t-1},\quad \frac{\partial^{+} a_t}{\partial u} = x_t,"
        r"\quad \frac{\partial^{+} a_t}{\partial b} = 1",
        "The $+$ says: hold $h_{«before»}$ constant and look only at the $«of»$ that is used at time $«t»$. "
        "Earlier uses are counted at their own times.",
        same_numbers,
    ),
    Rule(
        "sum-over-time",
        "Sum over time",
        r"\frac{\partial L}{\partial w} = \sum_{t=1}^{T} \delta_t\,\frac{\partial^{+} a_t}{\partial w}",
        "$«of»$ is used at «count», so each use adds its share. Leaving out all but the last term is the "
        "usual mistake.",
        same_numbers,
    ),
    Rule(
        "step-jacobian",
        "One step of the state",
        r"\frac{\partial h_k}{\partial h_{k-1}} = (1 - h_k^2)\,w",
        "One step forward in time multiplies a small change of the state by this factor, first through "
        "$w$, then through $\\tanh$.",
        same_numbers,
    ),
    Rule(
        "immediate-state",
        "Immediate derivative of the state",
        r"\frac{\partial^{+} h_j}{\partial w} = (1 - h_j^2)\,\frac{\partial^{+} a_j}{\partial w}",
        "The $«of»$ used at time $«t»$ changes $a_{«t»}$ first, and that changes $h_{«t»}$.",
        same_numbers,
    ),
    Rule(
        "sum-of-products",
        "Backpropagation through time",
        r"\frac{\partial L}{\partial w} = \sum_{j=1}^{T} \frac{\partial L}{\partial \hat{y}}\,"
        r"\frac{\partial \hat{y}}{\partial h_T} \left(\prod_{k=j+1}^{T} \frac{\partial h_k}{\partial h_{k-1}}"
        r"\right) \frac{\partial^{+} h_j}{\partial w}",
        "The same sum, with every $\\delta$ opened up: the use of $«of»$ at time $j$ travels through all the "
        "later states. For $j = «last»$ the product is empty, that is 1.",
        same_numbers,
    ),
    Rule(
        "product-to-start",
        "Backpropagation to the first state",
        r"\frac{\partial L}{\partial h_0} = \frac{\partial L}{\partial \hat{y}}\,"
        r"\frac{\partial \hat{y}}{\partial h_T} \prod_{k=1}^{T} \frac{\partial h_k}{\partial h_{k-1}}",
        "$h_0$ enters once, at the start, so there is no sum: one path through all «last» states.",
        same_numbers,
    ),
    Rule(
        "insert",
        "Insert the factors",
        r"\text{if } p = q \text{, then } p \text{ may be replaced by } q",
        "Put the results of the lines above in. The names of the states stay: expanding them would only "
        "hide the pattern.",
        same_numbers,
    ),
)
