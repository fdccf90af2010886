"""The loop of a vectorised program: rows in batches, steps of the optimiser, what is printed, its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nodegraph.core.quoting import quoted
from nodegraph.core.training.optimizers import OPTIMIZERS
from nodegraph.core.training.rows import held_number
from nodegraph.core.training.setup import Setup
from nodegraph.formats.programs.blocks import PARAMETERS
from nodegraph.formats.programs.loops import Loop
from nodegraph.formats.programs.measure_lines import SHOW

_SHUFFLED = '''
@lru_cache(maxsize=2)
def shuffled(rows, epoch):
    """Returns so many rows in the order of an epoch, from 1; by epoch 0 some are held out."""
    return np.random.default_rng([SEED, epoch]).permutation(rows)
'''
_DIVIDED = '''
def divided(data):
    """Returns the rows to train on, and those that are held out."""
    rows = data.shape[1]
    held, order = round(rows * HELD_OUT), shuffled(rows, 0)
    return data[:, np.sort(order[held:])], data[:, np.sort(order[:held])]
'''
_DIVIDED_BY = '''
def divided(data):
    """Returns the rows to train on, and those held out, as the last column says, which is no data."""
    is_held = data[-1] == HELD
    return data[:-1, ~is_held], data[:-1, is_held]
'''
_BATCH = '''
def batch_of(data, k):
    """Returns the rows of step k, counted from 0: the last batch of an epoch has what is left."""
    rows = data.shape[1]
    epoch, place = divmod(k, -(-rows // BATCH))
    return data[:, shuffled(rows, epoch + 1)[place * BATCH : (place + 1) * BATCH]]
'''


@dataclass(frozen=True)
class Main:
    """What a setup asks of the loop, for one library; `has_data` where there are rows."""

    setup: Setup
    loop: Loop
    has_data: bool
    writes_data: bool
    has_measures: bool = False

    @property
    def _takes_batches(self) -> bool:
        return self.has_data and self.setup.batch > 0

    @property
    def _holds_out(self) -> bool:
        return self.has_data and (self.setup.held_out > 0 or self.holds_by_column)

    @property
    def holds_by_column(self) -> bool:
        """Whether a column says which rows are held out."""
        return self.has_data and self.setup.held_by != ""

    @property
    def _draws(self) -> bool:
        return self._takes_batches or (self._holds_out and not self.holds_by_column)

    def constants(self) -> Iterator[str]:
        """The numbers of the loop."""
        yield f"STEPS = {self.setup.steps}"
        if self._takes_batches:
            yield f"BATCH = {self.setup.batch}  # rows"
        if self.holds_by_column:
            yield f"HELD = {held_number(self.setup.held_by)}  # in the column {quoted(self.setup.held_by)}"
        elif self._holds_out:
            yield f"HELD_OUT = {self.setup.held_out!r}  # of the rows"
        if self._draws:
            yield f"SEED = {self.setup.seed}"
        if self.setup.patience:
            yield f"PATIENCE = {self.setup.patience}  # epochs without a better loss"

    def functions(self) -> Iterator[str]:
        """The functions that choose rows."""
        if self._draws:
            yield _SHUFFLED.strip()
        if self._holds_out:
            yield (_DIVIDED_BY if self.holds_by_column else _DIVIDED).strip()
        if self._takes_batches:
            yield _BATCH.strip()

    # --- the function itself
    def source(self) -> str:
        """Returns the function `main` and its call."""
        body = [*self.loop.begins.splitlines(), *self._start(), *self._steps(), *self._end()]
        lines = ["def main():", *(f"    {line}" for line in [*body, *self.loop.ends.splitlines()])]
        return "\n".join([*lines, "", "", 'if __name__ == "__main__":', "    main()"])

    def _loss(self, rows: str) -> str:
        return (
            f"loss_and_gradients({PARAMETERS}, {rows})"
            if self.has_data
            else f"loss_and_gradients({PARAMETERS})"
        )

    def _prepared(self, rows: str) -> str:
        return self.loop.prepared.format(rows) if self.loop.prepared else rows

    def _whole(self, rows: str) -> str:
        """Rows as one array of the library, on a single device."""
        return (self.loop.prepared or "{0}").partition(" if ")[0].format(rows)

    def _start(self) -> Iterator[str]:
        yield f"{PARAMETERS} = START"
        if self.has_data and not self.writes_data:
            yield "if len(sys.argv) < 2:"
            yield '    sys.exit("Name a CSV file with the columns " + ", ".join(COLUMNS))'
        if self.has_data:
            yield f"data = load(sys.argv[1]){' if len(sys.argv) > 1 else DATA' if self.writes_data else ''}"
        if self._holds_out:
            yield "data, held = divided(data)"
        if self.has_measures:
            yield "rows, held_rows = data, held" if self._holds_out else "rows = data"
        if self._holds_out and self.loop.prepared:
            yield f"held = {self._prepared('held')}"
        if self._takes_batches:
            yield f"every = {self._prepared('data')}"
        elif self.has_data and self.loop.prepared:
            yield f"data = {self._prepared('data')}"
        memory = OPTIMIZERS[self.setup.optimizer].memory
        if memory:
            yield f"{' = '.join(memory)} = {self.loop.zeros}"
        if self.setup.patience:
            yield "best, waited = None, 0"

    def _steps(self) -> Iterator[str]:
        say, memory = self.loop.says, OPTIMIZERS[self.setup.optimizer].memory
        yield "for k in range(STEPS):"
        rows = self._prepared("batch_of(data, k)") if self._takes_batches else "data"
        yield f"    loss, gradients = {self._loss(rows)}"
        yield from (f"    {line}" for line in self._watched())
        yield "    if k == 0:"
        yield f'        {say}(OUTPUT, "=", float(loss))'
        yield "        for name, gradient in zip(NAMES, gradients.ravel().tolist()):"
        yield f'            {say}(f"d{{OUTPUT}}/d{{name}} =", gradient)'
        yield "    elif k % max(STEPS // 10, 1) == 0:"
        yield f'        {say}(f"step {{k}}: {{OUTPUT}} =", float(loss))'
        given = ", ".join([PARAMETERS, "gradients", "rate(k)", "k + 1", *memory])
        yield f"    {', '.join([PARAMETERS, *memory])} = update({given})"

    def _watched(self) -> Iterator[str]:
        """What is looked at once an epoch, to stop early."""
        if not self.setup.patience:
            return
        better = ">" if self.setup.aim == "maximise" else "<"
        margin = ""
        if self._takes_batches:
            yield "if k % -(-data.shape[1] // BATCH) == 0:  # an epoch begins"
            margin = "    "
        watched = "loss"
        if self._holds_out:
            watched = f"{self._loss('held')}[0]"
        elif self._takes_batches:
            watched = f"{self._loss('every')}[0]"
        yield f"{margin}watched = float({watched})"
        yield f"{margin}if best is None or watched {better} best[0] or np.isnan(best[0]) > np.isnan(watched):"
        yield f"{margin}    best, waited = (watched, k, {PARAMETERS}), 0"
        yield f"{margin}else:"
        yield f"{margin}    waited += 1"
        yield f"{margin}if waited == PATIENCE:"
        yield f"{margin}    {PARAMETERS} = best[2]"
        yield f'{margin}    {self.loop.says}(f"stopped early after {{k}} steps, best after =", best[1])'
        yield f"{margin}    break"

    def _end(self) -> Iterator[str]:
        say = self.loop.says
        yield f"loss, gradients = {self._loss('every' if self._takes_batches else 'data')}"
        yield f'{say}("trained:", OUTPUT, "=", float(loss))'
        if self._holds_out:
            yield f'{say}("held out:", OUTPUT, "=", float({self._loss("held")}[0]))'
        if self.has_measures:
            yield f'{SHOW}("trained", {PARAMETERS}, {self._whole("rows")})'
            if self._holds_out:
                yield f'{SHOW}("held out", {PARAMETERS}, {self._whole("held_rows")})'
        yield f"for name, value in zip(NAMES, {PARAMETERS}.ravel().tolist()):"
        yield f'    {say}(f"{{name}} =", value)'
