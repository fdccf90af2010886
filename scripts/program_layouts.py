"""Random formulas as programs: leaves, formulas, what derives and shows them, flat or in functions."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from program_mathematics import FUNCTIONS, Mathematics, Unfit, make
from program_names import IDLE, MAGICS, REMARKS, names
from program_styles import (
    AUTOGRAD,
    JAX,
    MATLAB,
    MICROGRAD,
    NUMPY,
    PLAIN,
    PLAIN_FUNCTIONS,
    SYMPY,
    TENSORFLOW,
    TORCH,
    Program,
    Spelling,
    text_of,
)
from program_twists import as_function, as_prompted, once_more, with_lists


def formulas(pick: random.Random, functions: tuple[str, ...]) -> Mathematics:
    """Returns random formulas that stay away from kinks and poles."""
    while True:
        try:
            return make(pick, names(pick), functions)
        except Unfit:
            continue


class Writer:
    """One program on its way: its lines, with what stands beside them."""

    def __init__(self, pick: random.Random, spelling: Spelling, module: str = "") -> None:
        self.pick, self.spelling = pick, spelling
        functions = tuple(name for name in FUNCTIONS if name in spelling.functions)
        self.formulas = formulas(pick, functions)
        self.list, self.held = "", list[str]()
        self.has_functions = pick.random() < 0.2
        if pick.random() < 0.15:
            self.formulas = once_more(pick, self.formulas, leaves=spelling.leaf[0] == "{}")
        self.module = module

    def write(self, tree_of: int) -> str:
        """The formula of a step."""
        return text_of(self.formulas.steps[tree_of].tree, self.spelling, self.pick).replace(
            "{m}", self.module
        )

    def head(self) -> list[str]:
        """What is imported and defined above; a helper where the formulas use it."""
        found = [line for line in [self.pick.choice(self.spelling.imports)] if line]
        if self.pick.random() < 0.2:
            found.insert(0, '"""The chain rule by example:\n\ny = f(g(x))\n"""')
        return found

    def take_a_list(self) -> None:
        """Let some leaves be elements of a list."""
        self.formulas, self.list, self.held = with_lists(self.pick, self.formulas)

    def leaf(self, name: str, how: str) -> str:
        """The line of a leaf."""
        text = self.formulas.leaves[name]
        kind = ": float" if how == "{}" and self.pick.random() < 0.05 else ""
        remark = self.pick.choice(("", "", "", "  # input", "  # weight, learnt", "  # = start"))
        return f"{name}{kind} = {how.replace('{name}', name).replace('{}', text)}{remark}"

    def leaves(self, how: str) -> list[str]:
        """The lines of all leaves, or one for all."""
        known = [(name, text) for name, text in self.formulas.leaves.items() if name not in self.held]
        if self.held:
            numbers = ", ".join(self.formulas.leaves[name] for name in self.held)
            made = how.replace("{}", f"[{numbers}]") if "array" in how else f"[{numbers}]"
            return [*(self.leaf(name, how) for name, _ in known), f"{self.list} = {made}"]
        if self.pick.random() < 0.15 and len(known) > 1:
            right = ", ".join(how.replace("{name}", name).replace("{}", text) for name, text in known)
            return [f"{', '.join(name for name, _ in known)} = {right}"]
        lines = [self.leaf(name, how) for name, _ in known]
        return ["; ".join(line.partition("  #")[0] for line in lines)] if self.pick.random() < 0.05 else lines

    def steps(self, upto: int | None = None) -> list[str]:
        """The lines of the steps, one after the other; a name that is used no more may be taken again."""
        lines = []
        for place, step in enumerate(self.formulas.steps[:upto]):
            text = self.write(place)
            if self.has_functions and self.pick.random() < 0.5:
                made, text = as_function(self.pick, self.formulas, place, self.spelling)
                lines += [line.replace("{m}", self.module) for line in made]
            left, sign, right = text.partition(" + ")
            if (
                self.pick.random() < 0.12
                and sign
                and _is_whole(left)
                and _is_whole(right)
                and "\n" not in text
                and step.name not in right
            ):
                lines += [f"{step.name} = {left}", f"{step.name} += {right}"]
            else:
                lines.append(f"{step.name} = {text}")
            if self.pick.random() < 0.1:
                lines.append(self.look(step.name))
        return lines

    def look(self, name: str) -> str:
        """A line that shows a name."""
        return self.pick.choice(
            (
                f"print({name})",
                f"print('{name} =', {name})",
                f'print(f"{name} = {{{name}:.4f}}")',
                f"# {name}",
            )
        )

    def beside(self, lines: list[str]) -> list[str]:
        """The lines with remarks and idle lines between them."""
        made = []
        for line in lines:
            if self.pick.random() < 0.12:
                margin = line[: len(line) - len(line.lstrip())]
                made.append(margin + self.pick.choice((*REMARKS, *IDLE)))
            made.append(line)
        return made

    def whole(self, style: str, body: list[str], **said: object) -> Program:
        """The program of these lines; helpers that they use stand below the imports."""
        body = self.beside(body)
        used = "\n".join(body)
        helpers = [
            text for name, text in self.spelling.helpers.items() if re.search(rf"(?<![\w.]){name}\(", used)
        ]
        if self.pick.random() < 0.08 and "return" not in used:
            body = ["def main():", *_shifted(body), "", 'if __name__ == "__main__":', "    main()"]
        lines = [*self.head(), *helpers, *body]
        ending = self.pick.choice((".py", ".py", ".ipynb"))
        if self.pick.random() < 0.06:
            lines, ending = as_prompted(lines), ".txt"
        elif ending == ".ipynb" and self.pick.random() < 0.3:
            lines.insert(0, self.pick.choice(MAGICS))
        text = "\n".join(lines) + "\n" * self.pick.randint(0, 2)
        text = text.replace("\n", self.pick.choice(("\n", "\n", "\r\n"))) if ending == ".py" else text
        outputs = frozenset(said.get("outputs", [self.formulas.output.name]))  # type: ignore[call-overload]
        derived = frozenset(said.get("derived", ()))  # type: ignore[call-overload]
        return Program(f"program{ending}", text, outputs, self.formulas, derived, style)


def _is_whole(text: str) -> bool:
    return text.count("(") == text.count(")") and not text.startswith("-") and " - " not in text


def _shifted(lines: list[str]) -> list[str]:
    return ["    " + line.replace("\n", "\n    ") for line in lines]


# --- styles
def micrograd(pick: random.Random) -> Program:
    """Values, backward(), and .data and .grad printed."""
    writer = Writer(pick, MICROGRAD)
    output = writer.formulas.output.name
    tail = [f"{output}.backward()"]
    tail += [f"print({name}.grad)" for name in writer.formulas.leaves if pick.random() < 0.7]
    tail += [f"print(f'{{{output}.data:.4f}}')"] if pick.random() < 0.5 else []
    return writer.whole(
        "micrograd",
        [*writer.leaves(pick.choice(MICROGRAD.leaf)), *writer.steps(), *tail],
        derived=writer.formulas.leaves,
    )


def torch(pick: random.Random) -> Program:
    """Tensors, of which some may need no gradient, and a step of descent perhaps."""
    writer = Writer(pick, TORCH)
    output, known = writer.formulas.output.name, list(writer.formulas.leaves)
    learnt = pick.sample(known, pick.randint(1, len(known)))
    how = pick.choice(TORCH.leaf)
    leaves = [
        writer.leaf(name, how if name in learnt else pick.choice(("torch.tensor({})", "{}")))
        for name in known
    ]
    tail = pick.choice(
        (
            [f"{output}.backward()"],
            [f"{output}.sum().backward()"],
            [f"{output}.backward(retain_graph=True)"],
            [f"grads = torch.autograd.grad({output}, [{', '.join(learnt)}])", "print(grads)"],
        )
    )
    if "backward" in tail[0]:
        tail += [f"print({name}.grad)" for name in learnt] if pick.random() < 0.6 else []
        tail += [f"print('{name}:', {name}.grad.item())" for name in learnt] if pick.random() < 0.2 else []
        tail += (
            ["with torch.no_grad():", *_shifted([f"{name} -= 0.1 * {name}.grad" for name in learnt])]
            if pick.random() < 0.2
            else []
        )
    return writer.whole("torch", [*leaves, *writer.steps(), *tail], derived=learnt)


def tensorflow(pick: random.Random) -> Program:
    """Variables and constants, and a tape."""
    writer = Writer(pick, TENSORFLOW)
    output, known = writer.formulas.output.name, list(writer.formulas.leaves)
    learnt = pick.sample(known, pick.randint(1, len(known)))
    how = pick.choice(TENSORFLOW.leaf)
    watched = pick.random() < 0.2
    leaves = [
        writer.leaf(name, "tf.constant({})" if name not in learnt or watched else how) for name in known
    ]
    block = [f"tape.watch({name})" for name in learnt] if watched else []
    given = f"[{', '.join(learnt)}]" if len(learnt) > 1 or pick.random() < 0.5 else learnt[0]
    return writer.whole(
        "tensorflow",
        [
            *leaves,
            pick.choice(
                ("with tf.GradientTape() as tape:", "with tf.GradientTape(persistent=True) as tape:")
            ),
            *_shifted([*block, *writer.steps()]),
            f"grads = tape.gradient({output}, {given})",
            pick.choice(("print(grads)", f"print({output}.numpy())", f"tf.print({output})")),
        ],
        derived=learnt,
    )


def numpy(pick: random.Random) -> Program:
    """Numbers and formulas, with the gradient by differences or nothing behind them."""
    writer = Writer(pick, NUMPY)
    if pick.random() < 0.2:
        writer.take_a_list()
    output = writer.formulas.output.name
    tail = [writer.look(output)] if pick.random() < 0.7 else []
    return writer.whole("numpy", [*writer.leaves(pick.choice(NUMPY.leaf)), *writer.steps(), *tail])


def plain(pick: random.Random) -> Program:
    """Plain Python with the functions of math."""
    place = pick.randrange(3)
    spelling = replace(PLAIN, imports=(PLAIN.imports[place],), functions=PLAIN_FUNCTIONS)
    module = "math." if place == 0 else ""
    spelling = replace(
        spelling, helpers={name: text.replace("math.", module) for name, text in PLAIN.helpers.items()}
    )
    writer = Writer(pick, spelling, module)
    if pick.random() < 0.2:
        writer.take_a_list()
    output = writer.formulas.output.name
    tail = [writer.look(output)] if pick.random() < 0.7 else []
    return writer.whole("plain", [*writer.leaves(pick.choice(PLAIN.leaf)), *writer.steps(), *tail])


def matlab(pick: random.Random) -> Program:
    """Statements that end with a semicolon, with ^ and remarks behind %."""
    writer = Writer(pick, MATLAB)
    writer.has_functions = False
    output = writer.formulas.output.name
    lines = [*writer.leaves("{}"), *writer.steps()]
    lines = [line for line in lines if not line.startswith(("print", "#"))]
    lines = [
        re.sub(r"\s*#.*", "", line).replace(": float", "").replace("+=", "+=")
        + pick.choice((";", ";", ";", ""))
        for line in lines
    ]
    tail = pick.choice(([], [f"disp({output})"], [f"fprintf('%.4f\\n', {output});"]))
    made = writer.whole("matlab", [])
    head = [line for line in [pick.choice(MATLAB.imports)] if line]
    return replace(made, name="program.txt", text="\n".join([*head, *lines, *tail]) + "\n")


def _function(writer: Writer, arguments: list[str], name: str) -> list[str]:
    """A function that computes the output."""
    pick, output = writer.pick, writer.formulas.output
    lines = writer.steps(-1) if len(writer.formulas.steps) > 1 else []
    last = writer.write(len(writer.formulas.steps) - 1)
    lines += (
        [f"return {last}"] if pick.random() < 0.5 else [f"{output.name} = {last}", f"return {output.name}"]
    )
    if pick.random() < 0.2:
        lines.insert(0, '"""Returns the loss."""')
    kinds = pick.random() < 0.1
    said = ", ".join(f"{one}: float" if kinds else one for one in arguments)
    if len(lines) == 1 and pick.random() < 0.3 and not kinds:
        return [f"{name} = lambda {said}: {lines[0].removeprefix('return ')}"]
    return [f"def {name}({said}){' -> float' if kinds else ''}:", *_shifted(lines)]


def functional(pick: random.Random) -> Program:
    """A function that is called, or derived by jax, autograd or differences, at numbers or names."""
    style, spelling = pick.choice((("jax", JAX), ("autograd", AUTOGRAD), ("numpy function", NUMPY)))
    writer = Writer(pick, spelling)
    writer.has_functions = False
    known, name = (
        list(writer.formulas.leaves),
        pick.choice(("f", "loss_fn", "compute", "forward", "cost_function")),
    )
    if name in {*known, *(step.name for step in writer.formulas.steps)}:
        name = "func"
    definition = _function(writer, known, name)
    if style == "jax" and pick.random() < 0.3 and definition[0].startswith("def"):
        definition.insert(0, "@jax.jit")
    are_named = pick.random() < 0.5
    leaves = [writer.leaf(one, "{}") for one in known] if are_named else []
    given = ", ".join(known if are_named else writer.formulas.leaves.values())
    at = pick.randrange(len(known))
    every = f"({', '.join(map(str, range(len(known))))},)".replace(",,", ",")
    grad = "jax.grad" if style == "jax" else "grad"
    calls: list[tuple[list[str], list[str]]] = [
        ([f"value = {name}({given})", "print(value)"], []),
        ([f"print({name}({given}))"], []),
        ([f"print('result:', {name}({given}))"], []),
    ]
    if style != "numpy function":
        argnum = f", argnums={at}" if style == "jax" else f", {at}"
        calls = [
            calls[1],
            ([f"print({grad}({name}{argnum})({given}))"], [known[at]]),
            ([f"g = {grad}({name}{argnum})", f"print(g({given}))"], [known[at]]),
            ([f"df = {grad}({name})", f"slope = df({given})", "print('slope', slope)"], [known[0]]),
        ]
    if style == "jax":
        calls += [
            ([f"grads = jax.grad({name}, argnums={every})({given})", "print(grads)"], known),
            ([f"value, slope = jax.value_and_grad({name})({given})", "print(value, slope)"], [known[0]]),
        ]
    lines, derived = pick.choice(calls)
    return writer.whole(style, [*definition, *leaves, *lines], outputs=(), derived=derived)


def sympy(pick: random.Random) -> Program:
    """Symbols, a formula, its derivatives, and the numbers at which they are looked at."""
    writer = Writer(pick, SYMPY)
    writer.has_functions = False
    known, output = list(writer.formulas.leaves), writer.formulas.output.name
    symbols = f"{', '.join(known)} = sp.symbols('{' '.join(known)}')"
    if len(known) == 1:
        symbols = f"{known[0]} = sp.Symbol('{known[0]}')"
    at = ", ".join(f"{name}: {text}" for name, text in writer.formulas.leaves.items())
    look = pick.choice(
        (
            f"print({output}.subs({{{at}}}))",
            f"print({output}.evalf(subs={{{at}}}))",
            f"print(sp.diff({output}, {known[0]}).subs({{{at}}}))",
            f"point = {{{at}}}\nprint({output}.subs(point))",
            f"at = {{{at}}}\nfor s in ({', '.join(known)},):\n    print(s, sp.diff({output}, s).subs(at))",
        )
    )
    return writer.whole("sympy", [symbols, *writer.steps(), *look.split("\n")], derived=known)


STYLES = (micrograd, torch, tensorflow, numpy, plain, matlab, functional, functional, sympy)
