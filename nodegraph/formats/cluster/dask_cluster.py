"""A Dask cluster that computes the loss of a training, its gradients and measures, each worker over rows of
its own.

Every part of the rows is a task that reads or holds them, so that a worker that dies takes nothing along: the
scheduler has them read again elsewhere. Dask is imported late; it is the extra `dask`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import pickle
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import NodegraphError, Refused
from nodegraph.core.training.rows import Rows
from nodegraph.core.training.tables import Table
from nodegraph.formats.cluster.spread import Lost, Spreading
from nodegraph.formats.tables.any_table import Part

if TYPE_CHECKING:
    from distributed import Client

Array = NDArray[np.float64]
T = TypeVar("T")
Source: TypeAlias = "Part | Mapping[str, Array]"
"""Where a part of the rows is: in a file, or columns by name."""

INSTALL = "add it with: python -m pip install 'nodegraph[dask]'"
CONNECT_S = 4.0
"""How long an answer of a scheduler is waited for, and then for its first worker."""
LEAST_ROWS = 1_000
"""Of a part of a table that is in memory."""


@contextlib.contextmanager
def connected(address: str | None, workers: int = 1) -> Iterator[Client]:
    """A client of the scheduler at an address, or of a cluster of workers on this machine that ends with it.

    Refused with a sentence where Dask is not installed, or nobody answers.
    """
    if importlib.util.find_spec("distributed") is None:
        raise Refused(f"Dask is not installed; {INSTALL}")
    import dask

    quiet = {"logging.distributed": "critical"}  # the workers too
    with contextlib.ExitStack() as stack:
        stack.callback(logging.disable, logging.root.manager.disable)
        logging.disable(logging.CRITICAL)  # what goes wrong is told in a sentence
        stack.enter_context(dask.config.set(quiet))
        found = stack.enter_context(_local(workers)) if address is None else stack.enter_context(_at(address))
        yield found


@contextlib.contextmanager
def _local(workers: int) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as client,
    ):
        client.run(_ignore_interrupts)  # Ctrl+C is sent to them too, who may finish what is asked
        yield client


@contextlib.contextmanager
def _at(address: str) -> Iterator[Client]:
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECT_S)
    except (OSError, ValueError, TypeError):
        raise Refused(f"No scheduler of Dask answers at {address}; start one with: dask scheduler") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_S)
        except TimeoutError:
            raise Refused(
                f"The scheduler at {address} has no worker; start one with: dask worker {address}"
            ) from None
        yield client


def spreading(client: Client, rows: Sequence[Source]) -> Spreading:
    """Returns what spreads these parts of the rows over a cluster."""
    return lambda columns: DaskSpread(client, rows, columns)


def parts_of(client: Client, table: Table) -> list[Mapping[str, Array]]:
    """Returns a table in memory in as many parts as keep all workers busy."""
    threads = sum(client.nthreads().values()) or 1
    count = max(1, min(2 * threads, table.rows // LEAST_ROWS))
    ends = np.linspace(0, table.rows, count + 1).astype(int).tolist()
    return [{name: table.column(name)[start:stop] for name in table.names} for start, stop in pairwise(ends)]


class DaskSpread:
    """Rows in parts on the workers of a cluster; see `spread`."""

    def __init__(self, client: Client, sources: Sequence[Source], columns: Sequence[str]) -> None:
        self._client, self._sources, self._columns = client, sources, tuple(columns)
        with _told():
            self._parts = self._read()
            self.sizes: list[int] = client.gather(client.map(_count, self._parts, pure=False))
        if not sum(self.sizes):
            raise Refused("There is no row to train on.")
        self._counts = {False: self.sizes}
        self._held: list[Any] = []

    def _read(self) -> list[Any]:
        read: list[Any] = self._client.map(_numbers, list(self._sources), columns=self._columns, pure=False)
        return read

    def set_apart(self, held: Sequence[Rows]) -> None:
        """Have two parts made of each."""
        with _told():
            parts = self._read() if self._held else self._parts
            self._held = self._client.map(_taken, parts, list(held), pure=False)
            self._parts = self._client.map(_left, parts, list(held), pure=False)
        apart = [len(rows) for rows in held]
        kept = [size - taken for size, taken in zip(self.sizes, apart, strict=True)]
        self._counts = {False: kept, True: apart}

    def hold(self, thing: Any) -> Any:
        """Have a thing made on the workers that need it, and again where one of them dies."""
        with _told():
            return self._client.submit(pickle.loads, pickle.dumps(thing), pure=False)

    def ask(
        self, task: Callable[..., T], *given: Any, chosen: Sequence[Rows] | None = None, held: bool = False
    ) -> list[T]:
        """Ask all parts at once."""
        counts = self._counts[held] if chosen is None else list(map(len, chosen))
        asked = [place for place, count in enumerate(counts) if count]
        parts = self._held if held else self._parts
        rows = [None if chosen is None else chosen[place] for place in asked]
        with _told():
            futures = [
                self._client.submit(_done, parts[place], which, task, *given, pure=False)
                for place, which in zip(asked, rows, strict=True)
            ]
            found: list[T] = self._client.gather(futures)
        return found


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Raise what goes wrong on a cluster as sentences."""
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    try:
        yield
    except NodegraphError:
        raise
    except (ImportError, AttributeError, RuntimeError):  # the task graph, or a task, could not be read there
        raise Refused(
            "The scheduler and the workers need the same versions of nodegraph and Dask as this machine."
        ) from None
    except KilledWorker:
        raise Lost("The same rows ended several workers one after another; give them more memory.") from None
    except (CancelledError, CommClosedError, OSError):
        raise Lost("The cluster does not answer any more.") from None


# --- on the workers
def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _numbers(source: Source, columns: Sequence[str]) -> Array:
    """The numbers of these columns, of shape (columns, rows)."""
    if isinstance(source, Mapping):
        return np.array([source[name] for name in columns])
    return source.numbers(columns)


def _count(data: Array) -> int:
    return len(data.T)


def _taken(data: Array, rows: Rows) -> Array:
    return data[:, rows]


def _left(data: Array, rows: Rows) -> Array:
    return np.delete(data, rows, axis=1)


def _done(data: Array, chosen: Rows | None, task: Callable[..., T], *given: Any) -> T:
    return task(data if chosen is None else data[:, chosen], *given)
