"""Rows on two workers of a Dask cluster: the local numbers, also where one of them is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.training.descent import Training
from nodegraph.formats.cluster import dask_cluster
from nodegraph.formats.cluster.spread import SpreadTraining
from nodegraph.formats.tables import csv_table, table_parts
from tests.core.training.test_two_moons import network, two_moons
from tests.formats.cluster.test_spread import SETUP

pytestmark = pytest.mark.filterwarnings("default")  # what Dask and tornado warn of is theirs


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A client of two workers on this machine."""
    pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    with dask_cluster.connected(None, workers=2) as found:
        yield found


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[table_parts.TablePart]:
    """The demo's rows, in seven parts of a file."""
    monkeypatch.setattr(table_parts, "ROWS_EACH", 15)
    path = tmp_path / "moons.csv"
    path.write_bytes(csv_table.write(two_moons()))
    return table_parts.split(path)[1]


def test_losses_and_gradients_are_the_local_ones_and_a_killed_worker_changes_nothing(
    client: Any, parts: list[table_parts.TablePart]
) -> None:
    assert len(parts) == 7
    here = Training(network(), SETUP, two_moons())
    there = SpreadTraining(network(), SETUP, two_moons(), None, dask_cluster.spreading(client, parts))
    killed: set[int] = set()
    for step in range(12):
        if step == 6:
            killed = set(list(client.run(os.getpid).values())[:1])
            os.kill(killed.copy().pop(), signal.SIGKILL)
        expected, found = here.step(), there.step()
        assert found.loss == pytest.approx(expected.loss, rel=1e-12)
        np.testing.assert_allclose(found.gradients, expected.gradients, rtol=1e-12, atol=1e-12)
    assert not killed & set(client.run(os.getpid).values())
    assert there.loss() == pytest.approx(here.loss(), rel=1e-12)


def test_a_killed_worker_changes_no_batch_no_measure_and_no_row_that_is_held_out(
    client: Any, parts: list[table_parts.TablePart]
) -> None:
    setup = replace(SETUP, batch=30, held_out=0.2, seed=4, measures=("accuracy", "r2"))
    here = Training(network(), setup, two_moons())
    there = SpreadTraining(network(), setup, two_moons(), None, dask_cluster.spreading(client, parts))
    for step in range(12):
        if step == 6:
            os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        expected, found = here.step(), there.step()
        assert found.loss == pytest.approx(expected.loss, rel=1e-12)
        np.testing.assert_allclose(found.gradients, expected.gradients, rtol=1e-12, atol=1e-12)
    assert (there.rows, there.columns) == (80, here.columns)
    np.testing.assert_allclose(there.course(), here.course(), rtol=1e-11, atol=1e-12)


def test_a_table_in_memory_is_spread_too(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "LEAST_ROWS", 20)
    rows = dask_cluster.parts_of(client, two_moons())
    assert len(rows) > 1
    assert np.concatenate([part["t"] for part in rows]).tolist() == two_moons().column("t").tolist()
    there = SpreadTraining(network(), SETUP, two_moons(), None, dask_cluster.spreading(client, rows))
    assert there.loss() == pytest.approx(Training(network(), SETUP, two_moons()).loss(), rel=1e-12)


def test_a_column_that_becomes_text_half_way_is_told_with_its_row(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_parts, "ROWS_EACH", 15)
    path = tmp_path / "moons.csv"
    lines = csv_table.write(two_moons()).decode().splitlines()
    lines[80] = "1,abc,1"
    path.write_text("\n".join(lines))
    spreading = dask_cluster.spreading(client, table_parts.split(path)[1])
    with pytest.raises(DocumentError, match=r"^row 81, column “x2”: expected a number, found “abc”"):
        SpreadTraining(network(), SETUP, two_moons(), None, spreading)


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    monkeypatch.setattr(dask_cluster, "CONNECT_S", 0.2)
    for address in ("tcp://127.0.0.1:1", "nowhere"):
        with (
            pytest.raises(Refused, match=f"No scheduler of Dask answers at {address}; start one"),
            dask_cluster.connected(address),
        ):
            pytest.fail("connected")


def test_without_dask_its_installation_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(Refused, match="not installed; add it with: "), dask_cluster.connected(None):
        pytest.fail("connected")
