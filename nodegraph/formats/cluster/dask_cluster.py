"""A Dask cluster that computes the loss of a training and its gradients, each worker over rows of its own.

Every part of the rows is a task that reads or holds them, so that a worker that dies takes nothing along: the
scheduler has them read again elsewhere. Dask is imported late; it is the extra `dask`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import pickle
import signal
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch, Mean, mean_of
from nodegraph.core.errors import NodegraphError, Refused
from nodegraph.core.training.tables import Table
from nodegraph.formats.cluster.spread import Lost, Spreading, joined
from nodegraph.formats.tables.table_parts import TablePart

if TYPE_CHECKING:
    from distributed import Client

Array = NDArray[np.float64]
Rows: TypeAlias = "TablePart | Mapping[str, Array]"
"""A part of the rows: of a file, or columns by name."""

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


def spreading(client: Client, rows: Sequence[Rows]) -> Spreading:
    """Returns what spreads these parts of the rows over a cluster."""
    return lambda batch, columns: DaskSpread(client, batch, rows, columns)


def parts_of(client: Client, table: Table) -> list[Mapping[str, Array]]:
    """Returns a table in memory in as many parts as keep all workers busy."""
    threads = sum(client.nthreads().values()) or 1
    count = max(1, min(2 * threads, table.rows // LEAST_ROWS))
    ends = np.linspace(0, table.rows, count + 1).astype(int).tolist()
    return [{name: table.column(name)[start:stop] for name in table.names} for start, stop in pairwise(ends)]


class DaskSpread:
    """Rows in parts on the workers of a cluster; see `spread`."""

    def __init__(self, client: Client, batch: Batch, rows: Sequence[Rows], columns: Sequence[str]) -> None:
        self._client = client
        with _told():
            self._batch = client.submit(pickle.loads, pickle.dumps(batch), pure=False)
            self._parts = client.map(_numbers, list(rows), columns=tuple(columns), pure=False)
            counts = client.gather(client.map(_count, self._parts, pure=False))
        self._rows: int = sum(counts)
        if not self._rows:
            raise Refused("There is no row to train on.")

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self._rows

    def mean(self, leaves: Array, *, slopes: bool = True) -> Mean:
        """The loss over all rows and its gradients."""
        with _told():
            means = self._client.gather(
                self._client.map(
                    _mean, self._parts, batch=self._batch, leaves=leaves.copy(), slopes=slopes, pure=False
                )
            )
        return joined(means)


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


def _numbers(rows: Rows, columns: Sequence[str]) -> Array:
    """The numbers of these columns, of shape (columns, rows)."""
    if isinstance(rows, TablePart):
        return rows.numbers(columns)
    return np.array([rows[name] for name in columns])


def _count(data: Array) -> int:
    return len(data.T)


def _mean(data: Array, batch: Batch, leaves: Array, slopes: bool) -> Mean:
    if not data.shape[1]:
        return Mean(0, 0.0, np.zeros(len(batch.trained)), None)
    return mean_of(batch.parts(leaves, data, slopes=slopes))
