"""The rules of backward lines: the chain rule in all its forms, local derivatives, sums over time."""

from __future__ import annotations

from engine.checking.checks import anchored, same
from engine.symbolic.rule import Rule

_BOOK = "Goodfellow, Bengio & Courville (2016), Deep Learning"
_WERBOS = "Werbos (1990)"
_NORMS = "Ioffe & Szegedy (2015); Ba, Kiros & Hinton (2016)"

_FROM_THE_LOSS = (
    Rule(
        "share-of-loss",
        "Share of one loss",
        r"\frac{\partial L}{\partial L_t} = 1",
        "$L$ is the plain sum of all $L_t$, so each counts in full.",
        anchored,
        f"{_BOOK}, eq. 10.17",
    ),
    Rule(
        "squared-error-slope",
        "Derivative of the squared error",
        r"\frac{\partial}{\partial \hat{y}}\, \lVert \hat{y} - y \rVert^2 = 2\,(\hat{y} - y)",
        "Differentiate the squares. «factor»",
        anchored,
    ),
    Rule(
        "cross-entropy-slope",
        "Derivative of the cross-entropy",
        r"\frac{\partial L}{\partial \hat{y}_i} = -\frac{y_i}{\hat{y}_i}",
        "The derivative of $\\log z$ is $1/z$. Only the right class has a $y_i$ other than 0.",
        anchored,
    ),
    Rule(
        "softmax-insert",
        "Softmax and logarithm meet",
        r"\hat{y} \odot \left(-\frac{y}{\hat{y}}\right) - \hat{y}\,\hat{y}^{\top}"
        r"\left(-\frac{y}{\hat{y}}\right) = -y + \hat{y}\,(\mathbf{1}^{\top} y)",
        "Put the derivative of the cross-entropy in. Each $\\hat{y}_i$ cancels, and the $y_i$ sum to 1.",
        anchored,
    ),
    Rule(
        "softmax-cross-entropy",
        "Softmax with cross-entropy",
        r"L = -y^{\top}\log\operatorname{softmax}(s) \;\Rightarrow\; "
        r"\frac{\partial L}{\partial s} = \hat{y} - y",
        "Both gradients together are short: what was predicted minus what was right.",
        anchored,
        f"{_BOOK}, eq. 10.18",
    ),
)

_THROUGH = (
    Rule(
        "through-matrix",
        "Chain rule through a weighted sum",
        r"a = W u + b \;\Rightarrow\; \frac{\partial L}{\partial u} = W^{\top} \frac{\partial L}{\partial a}",
        "«of» reaches the loss only through «through». «weighted»",
        anchored,
        f"{_BOOK}, eq. 10.19",
    ),
    Rule(
        "through-outer",
        "Chain rule through a matrix",
        r"e = K^{\top} v \;\Rightarrow\; "
        r"\frac{\partial L}{\partial K} = v \left(\frac{\partial L}{\partial e}\right)^{\!\top}",
        "«of» reaches the loss only through «through», where it multiplies a vector. Each of its entries "
        "meets one entry of the vector and one of the gradient: an outer product.",
        anchored,
    ),
    Rule(
        "through-function",
        "Chain rule through a function",
        r"h = \varphi(a) \;\Rightarrow\; \frac{\partial L}{\partial a} = \varphi'(a) \odot "
        r"\frac{\partial L}{\partial h}",
        "«of» reaches the loss only through «through». «because» «by_elements»",
        anchored,
    ),
    Rule(
        "through-product",
        "Chain rule through a product by elements",
        r"w = u \odot v \;\Rightarrow\; "
        r"\frac{\partial L}{\partial u} = v \odot \frac{\partial L}{\partial w}",
        "«of» reaches the loss only through «through», where it is multiplied entry by entry. The gradient "
        "gets the other factor.",
        anchored,
    ),
    Rule(
        "through-copy",
        "Chain rule through a copy",
        r"w = u \;\Rightarrow\; \frac{\partial L}{\partial u} = \frac{\partial L}{\partial w}",
        "«of» is handed on as it is, and so is the gradient.",
        anchored,
    ),
    Rule(
        "through-softmax",
        "Chain rule through softmax",
        r"p = \operatorname{softmax}(s) \;\Rightarrow\; \frac{\partial L}{\partial s} = "
        r"\left(\operatorname{diag}(p) - p\,p^{\top}\right) \frac{\partial L}{\partial p}",
        "Each score moves all probabilities: its own up, the others down, as they must sum to 1.",
        anchored,
    ),
    Rule(
        "through-normalised",
        "Chain rule through a quotient",
        r"\hat{x} = \frac{u}{\sigma} \;\Rightarrow\; \frac{\partial \hat{x}}{\partial \sigma} = "
        r"-\frac{\hat{x}}{\sigma}",
        "«of» divides every entry, so what all entries pass back is added. The quotient itself stands in "
        "its own derivative.",
        anchored,
        _NORMS,
    ),
)

_OVER_TIME = (
    Rule(
        "back-in-time",
        "Chain rule, one step back in time",
        r"\frac{\partial L}{\partial h_t} = \left(\frac{\partial a_{t+1}}{\partial h_t}\right)^{\!\top} "
        r"\frac{\partial L}{\partial a_{t+1}}",
        "«of» acts on the loss only through «through», one step further on. This line and the ones of that "
        "step take turns, from one end of time to the other.",
        anchored,
        f"{_BOOK}, eq. 10.20-10.21; {_WERBOS}",
    ),
    Rule(
        "paths-add",
        "Chain rule over several paths",
        r"\frac{\partial L}{\partial u} = \sum_w \left(\frac{\partial w}{\partial u}\right)^{\!\top} "
        r"\frac{\partial L}{\partial w}",
        "«of» is used in «count» places: «through». A small change acts through each of them, and what they "
        "pass back is added.",
        anchored,
        f"{_BOOK}, eq. 10.20-10.21; {_WERBOS}",
    ),
    Rule(
        "unused",
        "Nothing reads it",
        r"u \text{ unused} \;\Rightarrow\; \frac{\partial L}{\partial u} = 0",
        "No later quantity is computed from «of», so the loss does not notice a change of it.",
        anchored,
    ),
    Rule(
        "truncated",
        "Truncated: the end of a piece",
        r"\text{truncated: no gradient passes from } t+1 \text{ to } t \text{ where } k \mid t",
        "A piece of $«window»$ steps ends here. The state goes on to the next piece, but its gradient does "
        "not come back: that is what truncating leaves out.",
        anchored,
        "Williams & Peng (1990)",
    ),
    Rule(
        "sum-over-time",
        "Sum over time",
        r"\frac{\partial L}{\partial W} = \sum_{t=1}^{T} \left.\frac{\partial L}{\partial W}"
        r"\right|_{\text{its use at } t}",
        "One and the same «of» is used at every step, and each use adds its share. Taking only the last "
        "term is the usual mistake.",
        anchored,
        f"{_BOOK}, eq. 10.22-10.28; {_WERBOS}",
    ),
    Rule(
        "parameter-once",
        "A parameter that is used once",
        r"a = W u + b \;\Rightarrow\; "
        r"\frac{\partial L}{\partial W} = \frac{\partial L}{\partial a}\,u^{\top}, \quad "
        r"\frac{\partial L}{\partial b} = \frac{\partial L}{\partial a}",
        "«of» is used in one place, in «through», so there is nothing to sum over time.",
        anchored,
        f"{_BOOK}, algorithm 6.4",
    ),
    Rule(
        "written-out",
        "The sum written out",
        r"\sum_{t=1}^{T} u_t = u_1 + u_2 + \dots + u_T",
        "The same sum with its «count» terms, one for each time step.",
        anchored,
    ),
)

_LOCAL = (
    Rule(
        "local-derivative",
        "Local derivative",
        r"a = W u + b \;\Rightarrow\; \frac{\partial a}{\partial u} = W, \qquad "
        r"w = v \odot u \;\Rightarrow\; \frac{\partial w}{\partial u} = \operatorname{diag}(v)",
        "Look at the one definition of «of» alone and ask what a small change of «by» does.«held»",
        same,
    ),
    Rule(
        "function-derivative",
        "Derivative of the function",
        r"h = \varphi(a) \;\Rightarrow\; \frac{\partial h}{\partial a} = \operatorname{diag}(\varphi'(a))",
        "«because»«diagonal»",
        same,
    ),
    Rule(
        "softmax-derivative",
        "Derivative of softmax",
        r"\frac{\partial p_i}{\partial s_j} = p_i\,(\delta_{ij} - p_j)",
        "Raising one score raises its own probability and lowers all others, in proportion to both.",
        same,
    ),
    Rule(
        "immediate-derivative",
        "Immediate derivative",
        r"\frac{\partial^{+} (W u)}{\partial \operatorname{vec}(W)} = u^{\top} \otimes I",
        "What «by» does to «of» at this one use«as_vector».«held»",
        same,
        "Pascanu, Mikolov & Bengio (2013), eq. 3-5",
    ),
)

RULES = (*_FROM_THE_LOSS, *_THROUGH, *_OVER_TIME, *_LOCAL)
