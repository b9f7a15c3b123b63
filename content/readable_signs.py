"""The signs of LaTeX in Unicode, by what they do in a line: tables, nothing else."""

from __future__ import annotations

from content.plain_text import GREEK

SIGNS = {
    **GREEK, "partial": "∂", "nabla": "∇", "infty": "∞", "emptyset": "∅", "varnothing": "∅", "ell": "ℓ",
    "sum": "∑", "prod": "∏", "int": "∫", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|",
    "vert": "|", "top": "⊤", "prime": "′", "dots": "…", "ldots": "…", "vdots": "…", "forall": "∀",
    "exists": "∃", "neg": "¬", "circ": "∘", "chi": "χ", "xi": "ξ", "zeta": "ζ", "kappa": "κ", "iota": "ι",
    "upsilon": "υ", "vartheta": "θ", "Xi": "Ξ", "Psi": "Ψ", "Upsilon": "Υ", "star": "*", "ast": "*", "|": "‖",
}  # fmt: skip
JOINING = {
    "+": "+", "-": "−", "cdot": "·", "times": "×", "odot": "⊙", "otimes": "⊗", "oslash": "⊘", "oplus": "⊕",
    "div": "÷", "pm": "±", "mp": "∓", "cup": "∪", "cap": "∩", "setminus": "∖", "bmod": "mod", "mid": "|",
    "land": "∧", "wedge": "∧", "cdots": "…", "lor": "∨", "vee": "∨",
    "=": "=", "<": "<", ">": ">", "leftarrow": "←", "rightarrow": "→", "to": "→", "Rightarrow": "⇒",
    "Leftarrow": "⇐", "longrightarrow": "→", "mapsto": "↦", "iff": "⇔", "Leftrightarrow": "⇔", "implies": "⇒",
    "leftrightarrow": "↔", "approx": "≈", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠",
    "ll": "≪", "gg": "≫", "in": "∈", "notin": "∉", "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝",
    "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "coloneqq": "≔", "perp": "⊥",
}  # fmt: skip
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "dot": "\u0307", "vec": "\u20d7", "overrightarrow": "\u20d7",
    "overleftarrow": "\u20d6",
}  # fmt: skip
WIDE = "\N{EM SPACE}"  # between two statements
SPACES = {**dict.fromkeys(",;: ~", " "), "!": "", "quad": WIDE, "qquad": WIDE}
TEXTS = frozenset({"text", "mathrm", "operatorname", "textbf", "textit", "texttt", "textrm"})
INK = frozenset({
    "mathbf", "mathcal", "boldsymbol", "boxed", "left", "right", "middle", "big", "Big", "bigg", "Bigg",
    "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle",
    "limits", "nolimits", "underbrace", "overbrace",
})  # fmt: skip
BRACKETS = {"bmatrix": "[]", "pmatrix": "()", "cases": "()", "vmatrix": "||"}
BELOW = dict(zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
ABOVE = dict(
    zip(
        "0123456789+−=()⊤TBDHKLMNVWabcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵀᵀᴮᴰᴴᴷᴸᴹᴺⱽᵂᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)

BUILT = frozenset({"begin", "mathbb", "sqrt", "frac", "dfrac", "tfrac", "binom", *ACCENTS})
LARGE = frozenset({"sum", "prod", "int"})
OPENING = frozenset({"lVert", "lvert", "langle", "lfloor", "lceil"})
CLOSING = frozenset({"rangle", "rfloor", "rceil", "rVert", "rvert", "dots", "ldots"})
HOLLOW = dict(zip("CENPQRZ", "ℂ𝔼ℕℙℚℝℤ", strict=True))
