"""A window that shows MathView and MathLabel by themselves: python -m studyapp.mathtext.view."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from studyapp import assets
from studyapp.mathtext.label import MathLabel
from studyapp.mathtext.view import MathView
from studyapp.theme import Theme

TEXT = r"""
## Why does the gradient vanish?

The Jacobian of one step is $J_t = \frac{\partial h_t}{\partial h_{t-1}} = W_h^{\top}
\operatorname{diag}(1 - h_t \odot h_t)$. It is multiplied $t-k$ times; see
[the forget gate](topic:forget-gate). With $\gamma = \max_x |\tanh'(x)| = 1$:

$$\left\lVert \frac{\partial h_t}{\partial h_k} \right\rVert = \left\lVert \prod_{i=k+1}^{t}
\frac{\partial h_i}{\partial h_{i-1}} \right\rVert \le \bigl(\gamma\,\sigma_{\max}(W_h)\bigr)^{t-k}$$

- the **LSTM** keeps $c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t$,
  hence $\partial c_t / \partial c_{t-1} \approx f_t$
- the *GRU* mixes: $h_t = (1-z_t) \odot h_{t-1} + z_t \odot \tilde{h}_t$ with $z_t \in (0,1)^n$
- code: `h = np.tanh(x @ Wx + h @ Wh + b)` costs $\mathcal{O}(n^2)$ a step; a price of \$5

| cell | gates | parameters |
|------|:-----:|-----------:|
| LSTM | $f, i, o$ | $4(n_h n_x + n_h^2 + n_h)$ |
| GRU  | $z, r$ | $3(n_h n_x + n_h^2 + n_h)$ |

```python
for t in range(T):
    h = np.tanh(x[t] @ Wx + h @ Wh + b)
```

> A quotation stands back a little, with $W_h$ in its colour.
"""
FORMULA = r"T(n) = 2\,T(n/2) + n \;\Rightarrow\; \Theta(n \log n)"
BAD = r"Bad LaTeX shows in place: $\frac{a$."


def window(theme: Theme) -> QWidget:
    """The window, not yet shown."""
    made = QWidget()
    view, label = MathView(theme), MathLabel(theme, tex=FORMULA)
    view.set_markdown(TEXT + BAD)
    switch = QPushButton("Switch dark and light")
    switch.clicked.connect(lambda: theme.choose("light" if theme.dark else "dark"))
    layout = QVBoxLayout(made)
    for widget in (view, label, switch):
        layout.addWidget(widget)
    made.resize(760, 640)
    return made


def show() -> int:
    """Open the window; the exit code of the application."""
    app = QApplication(sys.argv)
    assets.load_fonts()
    made = window(Theme())
    made.show()
    return app.exec()
