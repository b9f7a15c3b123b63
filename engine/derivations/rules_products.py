"""The rules about many steps: Jacobians of a step, sums of paths, bounds, and the ways past them."""

from __future__ import annotations

from engine.checking.checks import bounded, same
from engine.symbolic.rule import Rule

_PASCANU = "Pascanu, Mikolov & Bengio (2013)"
_CAROUSEL = "Hochreiter & Schmidhuber (1997); forget gate: Gers, Schmidhuber & Cummins (2000)"
_GRU = "Cho et al. (2014); Chung et al. (2014)"

_PATHS = (
    Rule(
        "step-jacobian",
        "One step of the state",
        r"J_k = \frac{\partial h_k}{\partial h_{k-1}} = \operatorname{diag}(\varphi'(a_k))\, W_h",
        "One step forward multiplies a small change of the state by this: first by $W_h$, then by the "
        "derivatives of the activation.",
        same,
        f"{_PASCANU}, eq. 5",
    ),
    Rule(
        "immediate-state",
        "Immediate derivative of the state",
        r"\frac{\partial^{+} h_j}{\partial W} = \frac{\partial h_j}{\partial a_j}\,"
        r"\frac{\partial^{+} a_j}{\partial W}",
        "Hold the state before it constant and look only at the «of» that is used at time $j$. Its earlier "
        "uses are counted at their own times.",
        same,
        f"{_PASCANU}, eq. 3-5",
    ),
    Rule(
        "sum-of-products",
        "Backpropagation through time",
        r"\frac{\partial L}{\partial W} = \sum_{j=1}^{T} \frac{\partial L}{\partial \hat{y}}\,"
        r"\frac{\partial \hat{y}}{\partial h_T} \left(\prod_{k=j+1}^{T} \frac{\partial h_k}{\partial h_{k-1}}"
        r"\right) \frac{\partial^{+} h_j}{\partial W}",
        "The same gradient, path by path: the use of «of» at time $j$ changes $h_j$, and that travels "
        "through all later states to the loss. A product without factors is the identity.",
        same,
        f"{_PASCANU}, eq. 3-5",
    ),
    Rule(
        "sum-of-losses",
        "Sum over the losses",
        r"\frac{\partial L}{\partial W} = \sum_{t=1}^{T} \frac{\partial L_t}{\partial W}",
        "Every loss has paths of its own, from its own time back to the start. Together there are as many "
        "as pairs $j \\le t$.",
        same,
        f"{_PASCANU}, eq. 3",
    ),
    Rule(
        "product-to-start",
        "Backpropagation to the first state",
        r"\frac{\partial L}{\partial h_0} = \frac{\partial L}{\partial \hat{y}}\,"
        r"\frac{\partial \hat{y}}{\partial h_T} \prod_{k=1}^{T} \frac{\partial h_k}{\partial h_{k-1}}",
        "«of» enters once, at the start, so there is one path to each loss, and it goes through all states "
        "before that.",
        same,
        f"{_PASCANU}, eq. 5",
    ),
    Rule(
        "paths-written-out",
        "The paths written out",
        r"\sum_{j=1}^{T} \Bigl(\prod_{k=j+1}^{T} J_k\Bigr) u_j = u_T + J_T u_{T-1} + J_T J_{T-1} "
        r"u_{T-2} + \dots",
        "Written out: «count». The later the use of «of», the fewer Jacobians stand between it and the loss.",
        same,
    ),
    Rule(
        "product-written-out",
        "The product written out",
        r"\prod_{k=1}^{T} J_k = J_T\, J_{T-1} \cdots J_1",
        "From the loss back to «of», one Jacobian after the other; the latest stands next to the loss.",
        same,
    ),
    Rule(
        "insert",
        "Insert the Jacobians",
        r"\text{if } p = q \text{, then } p \text{ may be replaced by } q",
        "Put the results of the lines above in. The names of the states stay: expanding them, too, would "
        "only hide the pattern.",
        same,
    ),
)

_BOUNDS = (
    Rule(
        "jacobian-bound",
        "Bound of one step",
        r"\lVert A B \rVert \le \lVert A \rVert \, \lVert B \rVert, \qquad 0 \le \varphi' \le \gamma",
        "No vector grows by more than the largest singular value, which is what $\\lVert\\cdot\\rVert_2$ is "
        "of a matrix. The derivative of this activation is at most $\\gamma = «gamma»$.",
        bounded,
        f"{_PASCANU}, section 2.1",
    ),
    Rule(
        "product-bound",
        "Bound of many steps",
        r"\Bigl\lVert \prod_{k=j+1}^{T} J_k \Bigr\rVert \le \prod_{k=j+1}^{T} \lVert J_k \rVert \le "
        r"\bigl(\gamma\,\sigma_{\max}(W_h)\bigr)^{T-j}",
        "The bounds of the steps are multiplied: $T - j$ factors, all the same, with $\\gamma = «gamma»$.",
        bounded,
        f"{_PASCANU}, section 2.1",
    ),
    Rule(
        "vanishing",
        "When gradients must vanish",
        r"\gamma\,\sigma_{\max}(W_h) < 1 \;\Rightarrow\; \left\lVert \frac{\partial L}{\partial h_j} "
        r"\right\rVert "
        r"\le \bigl(\gamma\,\sigma_{\max}(W_h)\bigr)^{T-j} \left\lVert \frac{\partial L}{\partial h_T} "
        r"\right\rVert \to 0",
        "If $\\gamma\\,\\sigma_{\\max}(W_h) < 1$, with $\\gamma = «gamma»$, the gradient shrinks at least "
        "like a power on its way back: that is sufficient for vanishing. It may vanish without it too, "
        "where the activation is flat.",
        bounded,
        f"{_PASCANU}, section 2.1",
    ),
    Rule(
        "exploding",
        "What explosion takes",
        r"\Bigl\lVert \prod_{k=j+1}^{T} J_k \Bigr\rVert \to \infty \;\Rightarrow\; "
        r"\gamma\,\sigma_{\max}(W_h) > 1",
        "Only if $\\gamma\\,\\sigma_{\\max}(W_h) > 1$, with $\\gamma = «gamma»$, can the product grow: that "
        "is necessary, but not sufficient. The first bound has the derivatives $\\varphi'(a_k)$ that there "
        "really are: where they are small, nothing explodes, not even with $|w| > 1$.",
        bounded,
        f"{_PASCANU}, section 2.1",
    ),
    Rule(
        "linear-power",
        "A linear network: a power of the matrix",
        r"J_k = W_h \;\Rightarrow\; \prod_{k=j+1}^{T} J_k = W_h^{\,T-j}",
        "Without an activation all steps are the same matrix. Then its eigenvalues decide: the power "
        "explodes if one of them has $|\\lambda| > 1$, and vanishes if all have $|\\lambda| < 1$.",
        same,
        "Goodfellow, Bengio & Courville (2016), Deep Learning, section 10.7",
    ),
)

_DIRECT = (
    Rule(
        "direct-way-c",
        "The direct way of the LSTM",
        r"\left.\frac{\partial c_t}{\partial c_{t-1}}\right|_{\text{gates held}} = \operatorname{diag}(f_t)",
        "Hold the gates and the candidate constant: then the old cell state is only multiplied by the "
        "forget gate. No weight and no derivative of an activation stands in the way. With $f_t = 1$ "
        "the gradient is carried on unchanged: the constant error carousel.",
        same,
        _CAROUSEL,
    ),
    Rule(
        "direct-product-c",
        "Over many steps: a product of forget gates",
        r"\prod_{k=j+1}^{T} \operatorname{diag}(f_k)",
        "Along the direct way gradients fade only as fast as the forget gates say, each unit for itself, and "
        "the network can learn to keep them near 1. They cannot explode here, as every gate is below 1.",
        same,
        _CAROUSEL,
    ),
    Rule(
        "full-jacobian-c",
        "The full Jacobian",
        r"\frac{\partial c_t}{\partial c_{t-1}} = \operatorname{diag}(f_t) + "
        r"\frac{\partial^{+} c_t}{\partial h_{t-1}}\,\frac{\partial h_{t-1}}{\partial c_{t-1}}",
        "With nothing held the old cell state also acts through $h_{t-1}$ on all gates. On these ways there "
        "are weights and flat activations, as in the plain network; they can vanish, and they can explode.",
        same,
        _CAROUSEL,
    ),
    Rule(
        "direct-way-h",
        "The direct way of the GRU",
        r"\left.\frac{\partial h_t}{\partial h_{t-1}}\right|_{\text{gates held}} = \operatorname{diag}(z_t) "
        r"\quad\text{or}\quad \operatorname{diag}(1 - z_t)",
        "Hold the gates and the candidate constant: then the old state is only multiplied by the share of "
        "it that is kept. Whether that is $z_t$ or $1 - z_t$ is a convention.",
        same,
        _GRU,
    ),
    Rule(
        "direct-product-h",
        "Over many steps: a product of shares",
        r"\prod_{k=j+1}^{T} \operatorname{diag}(z_k) \quad\text{or}\quad "
        r"\prod_{k=j+1}^{T} \operatorname{diag}(1 - z_k)",
        "Along the direct way gradients fade only as fast as the update gates say, each unit for itself. "
        "Where all is kept, nothing fades.",
        same,
        _GRU,
    ),
    Rule(
        "full-jacobian-h",
        "The full Jacobian",
        r"\frac{\partial h_t}{\partial h_{t-1}} = \left.\frac{\partial h_t}{\partial h_{t-1}}"
        r"\right|_{\text{gates held}} + \text{what goes through } z_t, r_t, n_t",
        "With nothing held the old state also acts through both gates and the candidate. On these ways "
        "there are weights and flat activations, as in the plain network; they can vanish, and they "
        "can explode.",
        same,
        _GRU,
    ),
)

RULES = (*_PATHS, *_BOUNDS, *_DIRECT)
