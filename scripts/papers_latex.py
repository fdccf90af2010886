r"""How LaTeX of papers, slides and homework is spelled in other ways: {\rm out}, \stackrel{\text{def}}{=},
\lVert x \rVert, [x]_+, systems in braces, blocks of packages, and sentences around formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from written_formulas import LATEX, Style

_NAMES = {
    r"\vec{w}": "wvec", r"w_{12}": "w12", r"\boldsymbol{\theta}": "θ", r"\theta^{*}": "θstar", r"\mu_x": "μx",
    r"\mathbf{W}_1": "W1", r"\eta": "η", r"\gamma_0": "γ0", r"\phi": "φ", r"\mathrm{v}_1": "v1",
    r"\mathsf{v}": "v", r"V_\text{in}": "Vin", r"V_{\rm out}": "Vout", r"{\bf n}": "n", r"\Delta t": "Δt",
    r"x_{n+1}": "xnplus1", r"h_{t-1}": "htminus1", r"\mathrm{lr}": "lr", r"x^{\prime}": "xprime",
    r"\rho": "ρ", r"x_{\min}": "xmin", r"{p}_{1}": "p1", r"m_\mathrm{s}": "ms", r"\omega_n": "ωn",
}  # fmt: skip


def _called(name: str) -> list[str]:
    """Returns how a function may be applied."""
    patterns = (
        r"\NAME\bigl(@\bigr)", r"\NAME\Bigl(@\Bigr)", r"\NAME\left[@\right]", r"\NAME[@]",
        r"\NAME{\left(@\right)}", r"\NAME\!\left(@\right)", r"\NAME\,(@)", r"\operatorname{NAME}(@)",
        r"\mathrm{NAME}(@)", r"\text{NAME}\left(@\right)", r"\NAME\left\{@\right\}", r"\NAME\{@\}",
        r"\NAME{\bigl[@\bigr]}", r"\NAME \big( @ \big)", r"{\NAME}(@)", r"{\rm NAME}(@)", r"\NAME{(@)}",
        r"\NAME\bigg\{@\bigg\}", r"\NAME\left\lbrace @\right\rbrace",
    )  # fmt: skip
    return [pattern.replace("NAME", name) for pattern in patterns]


_CALLS: dict[str, Sequence[str]] = {
    **{name: _called(name) for name in ("sin", "cos", "tanh")},
    "log": [*_called("ln"), *_called("log")],
    "exp": [
        *_called("exp"), r"{\rm e}^{@}", r"\text{e}^{@}", r"\operatorname{e}^{@}", "{e}^{@}",
        r"e^{\left(@\right)}", r"e^{\displaystyle @}", r"\mathop{\rm exp}(@)", r"\exp \left\{ @ \right\}",
    ],
    "sqrt": [
        r"\sqrt[2]{@}", r"{\left(@\right)}^{\frac12}", "(@)^{1/2}", "(@)^{0.5}", r"{(@)}^{.5}",
        r"\left[@\right]^{\frac{1}{2}}", r"\sqrt{\mathstrut @}", r"\sqrt {@}", r"\sqrt{{@}}", r"\sqrt{(@)}",
        r"(@)^{\tfrac{1}{2}}", r"\left(@\right)^\frac{1}{2}",
    ],
    "abs": [
        r"\left\lVert @\right\rVert", r"\lVert @\rVert", r"\|@\|", r"\left\|@\right\|", r"\abs{@}",
        r"\left\|@\right\|_2", r"\lVert @\rVert_{2}", r"\bigl|@\bigr|", r"\big|@\big|", r"\norm{@}",
        r"\left\vert @\right\vert", r"\left\Vert @\right\Vert_1", r"\vert @\vert", r"|{@}|", "{|@|}",
        r"\Bigl\lvert @\Bigr\rvert", r"\operatorname{abs}(@)", r"\mathrm{abs}\left(@\right)",
        r"\biggl\lVert @ \biggr\rVert", r"{\left|@\right|}", r"\left\lvert{@}\right\rvert", r"\abs*{@}",
    ],
    "sigmoid": [
        r"\left(1 + e^{-(@)}\right)^{-1}", r"\frac{e^{@}}{1 + e^{@}}", r"{\sigma}(@)", r"\text{sigmoid}(@)",
        r"\mathrm{sigmoid}\left(@\right)", r"\sigma\bigl(@\bigr)", r"\sigma\left[@\right]", r"\sigma[@]",
        r"\sigma \left( @ \right)", r"\sigma\big(@\big)", r"\frac1{1 + \exp(-(@))}", r"\sigma\{@\}",
        r"\sigma{(@)}", r"\mathrm{\sigma}(@)", r"\frac{1}{1+{\rm e}^{-(@)}}",
        r"\bigl(1 + e^{-(@)}\bigr)^{-1}",
    ],
    "relu": [
        r"\left(@\right)^{+}", "(@)_+", "[@]_+", r"\left[@\right]_{+}", r"\max\left(@, 0\right)",
        r"\max\left\{0, @\right\}", r"\max(0,\,@)", r"\max\bigl(0,@\bigr)", r"\text{ReLU}(@)",
        r"\operatorname{relu}(@)", r"\mathrm{relu}\left(@\right)", r"\max\{@, 0\}", r"{\rm ReLU}(@)",
        r"\max [0, @]", r"\operatorname{max}(0, @)", r"\max\Bigl\{0,\; @\Bigr\}",
    ],
    "cbrt": [r"\sqrt[3]{(@)}", r"(@)^{\frac13}", r"\sqrt[3] {@}", r"\left(@\right)^{\tfrac{1}{3}}"],
    "log2": [
        r"\log_2\bigl(@\bigr)", r"\log_{2}(@)", r"\operatorname{log}_2(@)", r"\mathrm{log}_2\left(@\right)",
        r"\log_2\left[@\right]", r"\log_2{(@)}", r"\operatorname{log}_{2}(@)", r"\log_2\!\left(@\right)",
        r"\log_2\{@\}", r"\frac{\log(@)}{\log 2}", r"\text{log}_2(@)",
    ],
    "log10": [
        r"\log_{10}\bigl(@\bigr)", r"\mathrm{log}_{10}(@)", r"\operatorname{log}_{10}(@)",
        r"\log_{10}{\left(@\right)}", r"\log_{10}[@]", r"\text{log}_{10}(@)", r"\frac{\ln(@)}{\ln 10}",
    ],
}  # fmt: skip
_BRACKETS = (
    r"\Bigl[@\Bigr]", r"\left\{@\right\}", r"\{@\}", "{(@)}", r"\bigg(@\bigg)",
    r"\left\lbrack @\right\rbrack",
    r"\lbrace @\rbrace", "[@]", r"\big(@\big)", r"\!\left(@\right)", r"{\left(@\right)}", r"\left({@}\right)",
    r"\Biggl(@\Biggr)", r"\bigl\{@\bigr\}", r"\left(\,@\,\right)", r"\left(\displaystyle @\right)",
    r"(\,@\,)", r"\lbrack @\rbrack",
)  # fmt: skip
_TIMES = (r"\cdotp ", r"\ast ", " * ", r"\,\cdot\,", r"{\cdot}", r"\!\cdot\!", r"\; \times \;", r"\, ")
_IN_BLOCKS = (
    r"\begin{gather} y = @ \end{gather}", r"\begin{gather*}y = @\end{gather*}",
    r"\begin{math} y = @ \end{math}",
    r"\begin{equation}\begin{split} y &= @ \end{split}\end{equation}",
    r"\begin{align} y &= @ \\[4pt] \end{align}",
    r"\begin{array}{l} y = @ \end{array}", r"\begin{displaymath} y = @ \end{displaymath}",
    r"\begin{eqnarray} y &=& @ \end{eqnarray}", r"\begin{eqnarray*} y & = & @ \\ \end{eqnarray*}",
    r"\begin{flalign} && y &= @ && \end{flalign}", r"\begin{alignat}{2} y &= @ \end{alignat}",
    r"\begin{subequations} \begin{align} y &= @ \end{align} \end{subequations}", "&y = @", r"y &= @ \\",
    r"\begin{aligned}[t] y &= @ \end{aligned}", r"\begin{dmath} y = @ \end{dmath}", r"\(y = @\)",
    r"\begin{align}\begin{aligned} y &= @ \end{aligned}\end{align}", r"\begin{cases} y = @ \end{cases}",
    "\\documentclass{article}\n\\begin{document}\n\\begin{equation}\n\\label{eq:loss}\n  y = @\n"
    "\\end{equation}\n\\end{document}",
)  # fmt: skip
_SAID = (
    r"y \coloneqq @", r"y \triangleq @", r"y \equiv @", r"y\,=\,@", r"\mathcal{L} = @",
    r"\mathcal{L}(\theta) = @",
    "L(w, b) = @", r"J(\theta) := @", r"y \colon= @", r"y \stackrel{\text{def}}{=} @", r"y={}&@", r"y =\; @",
    r"y \overset{\text{def}}{=} @", r"y \overset{!}{=} @", r"y ~=~ @", r"y\ =\ @", r"$y\left(x\right) = @$",
)  # fmt: skip
_AROUND = (
    r"y = @ \text{.}", r"y = @ \qquad (1)", r"y = @ \hspace{1em} (1)", r"\text{Let } y = @.", "Let $y = @$.",
    "Consider the function $$y = @.$$", r"\therefore y = @", r"\Rightarrow y = @", r"\implies y = @",
    r"\color{red}{y = @}", r"\textcolor{blue}{y = @}", r"The loss is \(y = @\), as in \cite{a}.", r"y = @\,.",
    r"\textstyle y = @", r"y = @\;,", r"y = @\ .", r"y = \left. @ \right.", r"y = \phantom{-} @",
    r"y = \mathop{@}",
    r"y = \overbrace{@}^{n}", r"y = @ \quad\text{(loss)}", r"y = \overbrace{@}^{\text{cost}}",
    r"y = @ \notag",
    r"y = @ \tag*{(7)}", r"y = @ \label{eq:y}", r"\small y = @", r"$\displaystyle{y = @}$", "> $y = @$",
    "\\begin{equation*}\n\\boxed{ y = @ }\n\\end{equation*}", "- $y = @$", "1. $y = @$", "**Loss:** $y = @$",
    "# Loss\n\n$$\ny = @\n$$",
)  # fmt: skip
_PAIRS = (
    r"\begin{align*} h &= #, \\ y &= @. \end{align*}", r"\begin{gather} h = # \\ y = @ \end{gather}",
    r"\begin{cases} h = # \\ y = @ \end{cases}", r"\begin{gathered} h = # \\ y = @ \end{gathered}",
    r"\left\{ \begin{aligned} h &= # \\ y &= @ \end{aligned} \right.", "$$h = #$$ $$y = @$$",
    "\\begin{equation} h = # \\end{equation}\n\\begin{equation} y = @ \\end{equation}", "$h = #$\n$y = @$",
    r"y = @ \quad \text{where} \quad h = #", r"y = @ \text{ with } h = #", r"h = # \Rightarrow y = @",
    r"h = # \implies y = @", r"h = # \qquad y = @", r"\begin{array}{rcl} h &=& # \\ y &=& @ \end{array}",
    r"\begin{eqnarray} h &=& # \nonumber \\ y &=& @ \end{eqnarray}", "Let $h = #$ and let $y = @$.",
    r"\begin{align} h &= # && \text{(hidden)} \\ y &= @ && \text{(output)} \end{align}",
    r"\[h = #\] \[y = @\]",
    r"h = #;\; y = @", r"y = @, \; h = #", r"y &= @ \\ h &= #", r"\begin{align} h &= #, & y &= @ \end{align}",
    r"\begin{split} h &= # \\ & \\ y &= @ \end{split}", r"h = # \hfill y = @", r"y = @,~ h = #",
    r"\begin{align} h &= # \tag{1} \\ y &= @ \tag{2} \end{align}", "We have $h = #$ so that $y = @$.",
    r"\begin{align} h &= # \label{a} \\[6pt] y &= @ \label{b} \end{align}",
    r"\begin{align} h &= # \\ \intertext{and} y &= @ \end{align}",
    "First compute\n$$h = #,$$\nthen\n$$y = @.$$",
    r"\begin{itemize}\item $h = #$\item $y = @$\end{itemize}",
)  # fmt: skip
PAPERS: Style = replace(
    LATEX,
    names={**LATEX.names, **_NAMES},
    calls={name: [*LATEX.calls[name], *_CALLS[name]] for name in LATEX.calls},
    brackets=[*LATEX.brackets, *_BRACKETS],
    times=[*LATEX.times, *_TIMES],
    over=["/", " / ", r" \div ", r"\,/\,"],
    wholes=[*LATEX.wholes, *_IN_BLOCKS, *_SAID, *_AROUND],
    pairs=[*LATEX.pairs, *_PAIRS],
)
"""LATEX with all of these."""
