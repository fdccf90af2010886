"""Plain text as LaTeX: every sign that TeX would read as its own, or lacks, is written by its command."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nodegraph.core.typeset import GREEK


def escaped(text: str) -> str:
    """Returns text that LaTeX sets as it reads, outside mathematics.

    >>> escaped("50% of x_1"), escaped("5 × 3 = +15")
    ('50\\\\% of x\\\\_1', '5 $\\\\times$ 3 = +15')
    """
    return "".join(_COMMANDS.get(character, character) for character in text)


OTHER_LETTERS = r"""% Letters that the font lacks are set as their numbers; lualatex and xelatex
% have them where \setmainfont of the package fontspec names a font that does.
\DeclareRobustCommand\otherletters[3]{\text{\ifPDFTeX\scriptsize #2\else
  \iffontchar\font"#3 #1\else\scriptsize #2\fi\fi}}
"""
"""What a document with iftex and amsmath defines, where `with_other_letters` stands in it."""
_OTHER = re.compile(
    "[^\\x00-\u017f\u2010-\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]+"
)
"""What pdflatex has no letters for: it would end there, and lualatex leave them out."""


def with_other_letters(text: str) -> str:
    r"""Returns LaTeX in which letters that are neither Latin nor written by a command cannot stop it.

    >>> with_other_letters(r"\text{Жд} + x")
    '\\text{\\otherletters{Жд}{U+0416 U+0434}{0416}} + x'
    """
    return text if text.isascii() else _OTHER.sub(_as_other_letters, text)


def _as_other_letters(match: re.Match[str]) -> str:
    numbers = [f"{ord(letter):04X}" for letter in match[0]]
    told = " ".join(f"U+{number}" for number in numbers)
    return f"\\otherletters{{{match[0]}}}{{{told}}}{{{numbers[0]}}}"


_MATHEMATICS = """
≤ leq ≥ geq ≠ neq ≡ equiv ≅ cong ∼ sim ≃ simeq ≈ approx ∝ propto ≪ ll ≫ gg
∈ in ∉ notin ∋ ni ∅ emptyset ⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ∪ cup ∩ cap ∖ setminus
∀ forall ∃ exists ∄ nexists ∧ wedge ∨ vee ⊥ perp ∥ parallel ∠ angle ∴ therefore ∵ because
∑ sum ∏ prod ∫ int ∇ nabla ∂ partial ∞ infty √ surd ∓ mp × times ÷ div ⋅ cdot ∗ ast
∘ circ ⊙ odot ⊗ otimes ⊕ oplus ⊖ ominus
→ to ← leftarrow ↑ uparrow ↓ downarrow ↔ leftrightarrow ↦ mapsto ↗ nearrow ↘ searrow ↙ swarrow ↖ nwarrow
⇒ Rightarrow ⇐ Leftarrow ⇔ Leftrightarrow ⇑ Uparrow ⇓ Downarrow
⟶ longrightarrow ⟵ longleftarrow ⟹ Longrightarrow ⟸ Longleftarrow ⟺ Longleftrightarrow ⇌ rightleftharpoons
⟨ langle ⟩ rangle ⌊ lfloor ⌋ rfloor ⌈ lceil ⌉ rceil ⋯ cdots ⋮ vdots ⋱ ddots
ℓ ell ℏ hbar ϵ epsilon ϑ vartheta ϕ phi ϱ varrho ϖ varpi ς varsigma ℵ aleph ℜ Re ℑ Im
✓ checkmark ✔ checkmark ★ bigstar ☆ star □ square ■ blacksquare ∎ blacksquare △ triangle ▲ blacktriangle
▼ blacktriangledown ► blacktriangleright ▶ blacktriangleright ◄ blacktriangleleft ◀ blacktriangleleft
‣ blacktriangleright ● bullet ○ circ ◦ circ ◆ blacklozenge ◇ lozenge
"""
"""Signs and what amssymb calls them."""
_COMMANDS: Mapping[str, str] = {
    **{c: "\\" + c for c in "#$%&_{}"},
    **{sign: f"$\\{word}$" for sign, word in re.findall(r"(\S) (\w+)", _MATHEMATICS)},
    **{letter: f"$\\{word}$" for letter, word in GREEK.items()},
    **dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΧ", "oABEZHIKMNOPTX", strict=True)),
    **{sign: f"$\\mathbb{{{letter}}}$" for sign, letter in zip("ℝℕℤℚℂℙ𝔼", "RNZQCPE", strict=True)},
    **{sign: f"$^{{{plain}}}$" for sign, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼ⁱⁿˣᵀ", "0123456789+-=inxT", strict=True)},
    **{sign: f"$_{{{plain}}}$" for sign, plain in zip("₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₙₓ", "0123456789+-ijknx", strict=True)},
    **{sign: f"$\\tfrac{over}$" for sign, over in re.findall(r"(\S) (\d+)", "½ 12 ¼ 14 ¾ 34 ⅓ 13 ⅔ 23 ⅛ 18")},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "−": "$-$",
    "…": r"\ldots{}",
    "ℒ": r"$\mathcal{L}$",
    "′": "$'$",
    "″": "$''$",
    "‴": "$'''$",
    "∛": r"$\sqrt[3]{\,}$",
    "‑": "-",
    **dict.fromkeys("\u2009\u202f\u200a", r"\,"),
    **dict.fromkeys("\u200b\u200d\u2060\ufe0e\ufe0f", ""),
}
