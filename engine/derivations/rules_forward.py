"""The rules of forward lines, one for each kind of definition: what a network computes."""

from __future__ import annotations

from engine.checking.checks import defined
from engine.symbolic.rule import Rule

_ELMAN = "Goodfellow, Bengio & Courville (2016), Deep Learning, eq. 10.8-10.11"
_LSTM = "Hochreiter & Schmidhuber (1997); forget gate: Gers, Schmidhuber & Cummins (2000)"
_GRU = "Cho et al. (2014); Chung et al. (2014)"
_ATTENTION = "Bahdanau, Cho & Bengio (2015)"
_NORMS = "Ioffe & Szegedy (2015); Ba, Kiros & Hinton (2016)"
_CLIPPING = "Pascanu, Mikolov & Bengio (2013), algorithm 1"

_RECURRENT = (
    Rule(
        "preactivation",
        "Pre-activation",
        r"a_t = W_h h_{t-1} + W_i x_t + b",
        "The weighted sum that goes into «of»: what is remembered, what comes in, and a bias. The same "
        "weights serve every time step.",
        defined,
        _ELMAN,
    ),
    Rule(
        "state",
        "State",
        r"h_t = \varphi(a_t)",
        "The new state: $«phi»$ of each entry of the pre-activation.",
        defined,
        _ELMAN,
    ),
    Rule(
        "output",
        "Output",
        r"\hat{y} = W h + b",
        "The prediction is a weighted sum of the state, and nothing is done to it afterwards.",
        defined,
        _ELMAN,
    ),
    Rule(
        "logits",
        "Scores of the classes",
        r"s = W h + b",
        "One score a class. Any number will do: softmax makes probabilities of them.",
        defined,
        _ELMAN,
    ),
    Rule(
        "joined",
        "State and input, joined",
        r"v_t = \begin{bmatrix} h_{t-1} \\ x_t \end{bmatrix}",
        "The last state and the input in one vector, so that one matrix for each gate reads both.",
        defined,
        _LSTM,
    ),
)

_GATED = (
    Rule(
        "gate",
        "Gate",
        r"f_t = \sigma(a_{f,t}), \quad 0 < f_t < 1",
        "The «name»: a number between 0 and 1 for each unit, which says «task».",
        defined,
        _LSTM,
    ),
    Rule(
        "candidate",
        "Candidate",
        r"g_t = \tanh(a_{g,t})",
        "The «name»: «task», each entry between $-1$ and 1.",
        defined,
        _LSTM,
    ),
    Rule(
        "cell-state",
        "Cell state",
        r"c_t = f_t \odot c_{t-1} + i_t \odot g_t",
        "Keep a share of the old cell state and add a share of the candidate. No weight stands between "
        "$c_{t-1}$ and $c_t$: that is the point of the LSTM.",
        defined,
        _LSTM,
    ),
    Rule(
        "cell-tanh",
        "Squashed cell state",
        r"m_t = \tanh(c_t)",
        "The cell state may grow with time; before it is shown it is squashed.",
        defined,
        _LSTM,
    ),
    Rule(
        "hidden-state",
        "Hidden state",
        r"h_t = o_t \odot \tanh(c_t)",
        "The output gate says how much of the squashed cell state the rest of the network sees.",
        defined,
        _LSTM,
    ),
    Rule(
        "reset-after",
        "Recalled, before the reset",
        r"q_t = U_n h_{t-1} + c_n",
        "What the old state would bring to the candidate. The reset gate chooses from it afterwards.",
        defined,
        _GRU,
    ),
    Rule(
        "reset-before",
        "Reset state",
        r"q_t = r_t \odot h_{t-1}",
        "The reset gate chooses from the old state first; $U_n$ reads only what is left.",
        defined,
        _GRU,
    ),
    Rule(
        "mixed-state",
        "New state",
        r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot n_t",
        "Between the old state and the candidate, entry by entry, as far as the update gate says. Which of "
        "the two $z$ stands for is a convention.",
        defined,
        _GRU,
    ),
)

_LOSSES = (
    Rule(
        "softmax",
        "Softmax",
        r"\hat{y}_i = \frac{e^{s_i}}{\sum_j e^{s_j}}",
        "Scores become probabilities: all positive, summing to 1.",
        defined,
        _ELMAN,
    ),
    Rule(
        "squared-error",
        "Squared error",
        r"L = \tfrac{1}{2} \lVert \hat{y} - y \rVert^2 \quad\text{or}\quad L = \lVert \hat{y} - y \rVert^2",
        "The loss is «error» between what came out and what was wanted.",
        defined,
    ),
    Rule(
        "cross-entropy",
        "Cross-entropy",
        r"L = -\sum_i y_i \log \hat{y}_i",
        "Minus the logarithm of the probability that the right class was given: 0 if it was 1.",
        defined,
        "Goodfellow, Bengio & Courville (2016), Deep Learning, eq. 10.12-10.14",
    ),
    Rule(
        "total-loss",
        "Total loss",
        r"L = \sum_{t=1}^{T} L_t",
        "Each time step has a loss of its own, and all of them count.",
        defined,
        "Goodfellow, Bengio & Courville (2016), Deep Learning, eq. 10.12-10.14",
    ),
)

_LOOKING_BACK = (
    Rule(
        "encoder-states",
        "All states of the encoder",
        r"H = [\,h_1 \; \cdots \; h_T\,]",
        "One state a time step, all in one matrix: what the decoder may look back at.",
        defined,
        _ATTENTION,
    ),
    Rule(
        "decoder-start",
        "Start of the decoder",
        r"d_0 = h_T",
        "The decoder starts from the last state of the encoder.",
        defined,
        _ATTENTION,
    ),
    Rule(
        "keys",
        "Comparison of states",
        r"K = \tanh(W_a d_0 \mathbf{1}^{\top} + U_a H)",
        "Each state in $H$ meets the same decoder state, in a small network.",
        defined,
        _ATTENTION,
    ),
    Rule(
        "scores",
        "Scores of attention",
        r"e_j = v_a^{\top} \tanh(W_a d_0 + U_a h_j)",
        "One number a time step: how well the encoder's state there fits what the decoder is after.",
        defined,
        _ATTENTION,
    ),
    Rule(
        "attention-weights",
        "Weights of attention",
        r"\alpha = \operatorname{softmax}(e)",
        "Softmax over the time steps: positive weights that sum to 1.",
        defined,
        _ATTENTION,
    ),
    Rule(
        "context",
        "Context",
        r"c = \sum_j \alpha_j h_j = H \alpha",
        "The weighted mean of the encoder's states.",
        defined,
        _ATTENTION,
    ),
)

_NORMALISED = (
    Rule(
        "mean",
        "Mean",
        r"\mu = \frac{1}{n} \sum_i x_i",
        "Add up and divide by how many there are; $\\mathbf{1}^{\\top}\\mathbf{1}$ is that number.",
        defined,
        _NORMS,
    ),
    Rule(
        "variance",
        "Variance",
        r"\sigma^2 = \frac{1}{n} \sum_i (x_i - \mu)^2",
        "The mean of the squared distances from the mean; divided by $n$, not by $n - 1$.",
        defined,
        _NORMS,
    ),
    Rule(
        "deviation",
        "Deviation",
        r"\sigma_\epsilon = \sqrt{\sigma^2 + \epsilon}",
        "$\\epsilon$ is small and keeps us from dividing by 0.",
        defined,
        _NORMS,
    ),
    Rule(
        "normalised",
        "Normalised",
        r"\hat{x} = \frac{x - \mu}{\sigma_\epsilon}",
        "Now the mean is 0 and the variance (almost) 1.",
        defined,
        _NORMS,
    ),
    Rule(
        "rescaled",
        "Rescaled",
        r"\mathrm{out} = \gamma \odot \hat{x} + \beta",
        "The network may learn another scale and another mean.",
        defined,
        _NORMS,
    ),
)

_CLIPPED = (
    Rule(
        "norm",
        "Norm of the gradient",
        r"n = \lVert g \rVert = \sqrt{\sum_i g_i^2}",
        "Its length, over all parameters together.",
        defined,
        _CLIPPING,
    ),
    Rule(
        "clipped-by-norm",
        "Clipping by norm",
        r"g' = \min\!\left(1, \frac{v}{\lVert g \rVert}\right) g",
        "A gradient longer than the threshold $v$ is scaled down to that length; a shorter one stays.",
        defined,
        _CLIPPING,
    ),
    Rule(
        "clipped-by-value",
        "Clipping by value",
        r"g'_i = \min\!\left(1, \frac{v}{\lvert g_i \rvert}\right) g_i",
        "Each entry is cut to $[-v, v]$ by itself.",
        defined,
        "Goodfellow, Bengio & Courville (2016), Deep Learning, section 10.11.1",
    ),
)

RULES = (*_RECURRENT, *_GATED, *_LOSSES, *_LOOKING_BACK, *_NORMALISED, *_CLIPPED)
