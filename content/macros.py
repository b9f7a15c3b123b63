"""The LaTeX commands that a text of the course may use: those of amsmath that the course has a use for.

A command that is not here is a slip of the pen more often than not. Pure.
"""

from __future__ import annotations

import difflib
import re

from content.markup import CODE, MATHS

_GREEK = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho
    sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi
    Omega
"""
_SIGNS = """
    cdot times div pm mp odot oplus otimes oslash circ bullet star ast setminus cup cap le leq ge geq ne
    neq ll gg approx sim simeq equiv propto in notin subset subseteq supset supseteq mid nmid parallel
    perp to rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow longrightarrow
    longleftarrow mapsto uparrow downarrow iff implies infty partial nabla forall exists neg land lor
    wedge vee top bot emptyset varnothing ldots cdots vdots ddots dots dotsc dotsb prime dagger ell hbar
    Re Im square checkmark quad qquad langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert
    vert Vert backslash angle because therefore leftarrowtail hookrightarrow rightleftharpoons triangle
    uplus coloneqq colon lnot blacksquare asymp
"""
_FUNCTIONS = """
    sum prod int iint oint bigcup bigcap bigoplus max min sup inf lim limsup liminf log ln lg exp sin
    cos tan sinh cosh tanh coth arctan arcsin arccos det dim ker deg gcd arg bmod pmod mod operatorname
"""
_BUILDS = """
    frac dfrac tfrac cfrac binom dbinom tbinom sqrt overline underline overbrace underbrace overset
    underset stackrel hat widehat tilde widetilde bar vec dot ddot boxed fbox phantom hphantom vphantom
    substack left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm
    begin end text textbf textit texttt textrm mathrm mathbf mathit mathsf mathtt mathcal mathbb
    mathfrak boldsymbol pmb displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits tag
    label notag nonumber hspace vspace hline hfill rule color textcolor cancel not mathop mathbin
    mathrel mathord smash underrightarrow xrightarrow xleftarrow overrightarrow overleftarrow rlap llap
    raise require enspace thinspace mspace mkern
"""
KNOWN = frozenset(" ".join((_GREEK, _SIGNS, _FUNCTIONS, _BUILDS)).split())

_BRACE = re.compile("[{}]")
_ESCAPED = re.compile(r"\\[\\{}]")
_LEFT, _RIGHT = re.compile(r"\\left(?![A-Za-z])"), re.compile(r"\\right(?![A-Za-z])")
_BEGIN, _END = re.compile(r"\\begin\{([a-z*]+)\}"), re.compile(r"\\end\{([a-z*]+)\}")
_COMMAND = re.compile(r"(?<!\\)(?:\\\\)*\\([A-Za-z]+)")


def unknown_in(markdown: str) -> list[str]:
    """Commands in the formulas of a text that the course does not know, each with the nearest one it does."""
    formulas = [maths[1] or maths[2] for maths in MATHS.finditer(markdown)]
    return unknown_in_maths(" ".join(formulas))


def unknown_in_maths(latex: str) -> list[str]:
    """The same for LaTeX without dollars."""
    found = [name for name in dict.fromkeys(_COMMAND.findall(latex)) if name not in KNOWN]
    return [_with_hint(name) for name in found]


def unpaired_in(markdown: str) -> list[str]:
    """Formulas of a text in which a brace, a \\left or a \\begin has no partner."""
    return [
        sentence
        for maths in MATHS.finditer(CODE.sub(" ", markdown))
        for sentence in unpaired_in_maths(maths[1] or maths[2])
    ]


def unpaired_in_maths(latex: str) -> list[str]:
    """The same for LaTeX without dollars; at most one sentence."""
    bare = _ESCAPED.sub(" ", latex)
    depth = 0
    for sign in _BRACE.findall(bare):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            break
    opened, closed = _BEGIN.findall(bare), _END.findall(bare)
    for wrong, what in (
        (depth != 0, "a brace"),
        (len(_LEFT.findall(bare)) != len(_RIGHT.findall(bare)), r"a \left or \right"),
        (sorted(opened) != sorted(closed), r"a \begin or \end"),
    ):
        if wrong:
            start = " ".join(latex.split())[:40]
            return [f"{what} has no partner in ${start}$."]
    return []


def _with_hint(name: str) -> str:
    near = difflib.get_close_matches(name, sorted(KNOWN), 1)
    return rf"\{name} is no command that is known here" + (rf"; did you mean \{near[0]}?" if near else ".")
