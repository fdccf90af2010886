"""What trainings log and meters write: numbers behind names amid other words, values out of range."""

from __future__ import annotations

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats.tables.csv_table import read_and_tell

ONLY_NAMED = "only the numbers behind these names are read, and what else the lines hold is left out"


@pytest.mark.parametrize(
    ("text", "columns", "told"),
    [
        (
            "[0]\ttrain-rmse:0.5\teval-rmse:0.6\n[1]\ttrain-rmse:0.4\teval-rmse:0.5\n",
            {"x1": (0.0, 1.0), "train-rmse": (0.5, 0.4), "eval-rmse": (0.6, 0.5)},
            "",
        ),
        (
            "[10]\tvalid_0's l2: 0.5\tvalid_0's auc: 0.7\n[20]\tvalid_0's l2: 0.4\tvalid_0's auc: 0.8\n",
            {"x1": (10.0, 20.0), "valid_0's l2": (0.5, 0.4), "valid_0's auc": (0.7, 0.8)},
            "",
        ),
        (
            "Epoch 1/2\n10/10 [===] - 0s 5ms/step - loss: 0.5 - acc: 0.9\nEpoch 2/2\n"
            "10/10 [===] - 0s 5ms/step - loss: 0.4 - acc: 0.95\n",
            {"loss": (0.5, 0.4), "acc": (0.9, 0.95)},
            ONLY_NAMED,
        ),
        (
            "Epoch [1/3], Step [100/600], Loss: 0.4512\nEpoch [1/3], Step [200/600], Loss: 0.35\n",
            {"Epoch": (1.0, 1.0), "Step": (100.0, 200.0), "Loss": (0.4512, 0.35)},
            "",
        ),
        (
            "epoch 1 | train loss 0.7 | acc 50.0%\nepoch 2 | train loss 0.6 | acc 61.0%\n"
            "epoch 3 | train loss 0.5 | acc 70.0%\n",
            {"epoch": (1.0, 2.0, 3.0), "train loss": (0.7, 0.6, 0.5), "acc": (50.0, 61.0, 70.0)},
            "",
        ),
        (
            "2024-01-05 10:11:12,123 INFO step=1 loss=0.5\n2024-01-05 10:11:13,123 INFO step=2 loss=0.4\n",
            {"INFO step": (1.0, 2.0), "loss": (0.5, 0.4)},
            ONLY_NAMED,
        ),
        ("Starting up...\nx:1,y:2\nx:3,y:4\n", {"x": (1.0, 3.0), "y": (2.0, 4.0)}, "above the table"),
        (
            "Time, Value\n0,1.5\n1,OL\n2,-∞\n3,1.75\n",
            {"Time": (0.0, 3.0), "Value": (1.5, 1.75)},
            "OL (row 3, column “Value”) is more than the meter could measure and read as a gap",
        ),
        (
            "#YY  MM WSPD WVHT\n#yr  mo m/s m\n2024 01 5.0 MM\n2024 02 5.2 1.2\n2024 03 5.4 1.3\n",
            {"YY": (2024.0, 2024.0), "MM": (2.0, 3.0), "WSPD": (5.2, 5.4), "WVHT": (1.2, 1.3)},
            "the names stand behind #",
        ),
        (
            "Certified Values\n\n   B0  -0.26  0.23\n\n\nData:    y    x\n   0.1  0.2\n 338.8 337.4\n"
            " 118.1 118.2\n",
            {"y": (0.1, 338.8, 118.1), "x": (0.2, 337.4, 118.2)},
            "what stands above the table is left out",
        ),
        (
            "Record Length,Analog:70000\nSample Interval,Analog:2e-08\nVertical Units,CH1:V\n"
            "Horizontal Units,s\nSecond,Value\n0,0.1\n1,0.2\n2,0.3\n",
            {"Second": (0.0, 1.0, 2.0), "Value": (0.1, 0.2, 0.3)},
            "what stands above the table is left out (rows 1 to 4)",
        ),
        (
            "CURVE\tTABLE\t3\n\tPt\tT\tVf\tIm\n\t#\ts\tV vs. Ref.\tA\n\t0\t1\t5\t7\n\t1\t2\t6\t8\n"
            "\t2\t3\t7\t9\n",
            {"Pt": (0.0, 1.0, 2.0), "T": (1.0, 2.0, 3.0), "Vf": (5.0, 6.0, 7.0), "Im": (7.0, 8.0, 9.0)},
            "the second row of names (#, s, V vs. Ref., A) is left out",
        ),
        (
            "phone,x\n+41 61 123 45 67,1\n+41 61 765 43 21,2\n+41 31 111 22 33,5\n",
            {"x": (1.0, 2.0, 5.0)},
            "the text in column “phone” is left out",
        ),
        (
            "Year,x\n2019,1.5\n2020,1.6\n2021,1.7\n\nSource: Federal Statistical Office, 2024\n",
            {"Year": (2019.0, 2020.0, 2021.0), "x": (1.5, 1.6, 1.7)},
            "what stands below the table is left out (row 6)",
        ),
        (
            'When,x\n"Jan 5, 2024, 10:11 AM",1\n"Jan 6, 2024, 9:10 PM",2\n"Jan 6, 2024, 9:11 PM",5\n',
            {"x": (1.0, 2.0, 5.0)},
            "the dates in column “When” are left out",
        ),
        (
            "Loss of the run\niter 0 loss 0.75\niter 100 loss 0.5\niter 200 loss 0.25\n",
            {"iter": (0.0, 100.0, 200.0), "loss": (0.75, 0.5, 0.25)},
            "what stands above the table is left out (row 1)",
        ),
        (
            "Iteration 1, loss = 0.75\nIteration 2, loss = 0.5\nIteration 3, loss = 0.25\n"
            "Training loss did not improve more than tol=0.000100 for 10 consecutive epochs. Stopping.\n",
            {"Iteration": (1.0, 2.0, 3.0), "loss": (0.75, 0.5, 0.25)},
            "a line without readings is left out (row 4)",
        ),
        (
            "0:\tlearn: 0.5\ttest: 0.6\tbest: 0.6 (0)\ttotal: 46ms\n"
            "1:\tlearn: 0.4\ttest: 0.5\tbest: 0.5 (1)\ttotal: 50ms\n",
            {"x1": (0.0, 1.0), "learn": (0.5, 0.4), "test": (0.6, 0.5), "best": (0.6, 0.5)},
            ONLY_NAMED,
        ),
        (
            "PING host (10.0.0.1): 56 data bytes\n64 bytes from 10.0.0.1: icmp_seq=0 ttl=56 time=11.5 ms\n"
            "64 bytes from 10.0.0.1: icmp_seq=1 ttl=56 time=12.5 ms\n",
            {"icmp_seq": (0.0, 1.0), "ttl": (56.0, 56.0), "time": (11.5, 12.5)},
            ONLY_NAMED,
        ),
        (
            "V,R\n1,+9.910000E+37\n2,+9.910000E+37\n",
            {"V": (1.0, 2.0), "R": (9.91e37, 9.91e37)},
            "9.91e+37 in column “R” (row 2) is read as a number; if it stands for a gap",
        ),
        (
            "agency\tday\tflow\n5s\t20d\t14n\nUSGS\t2024-01-01\t5200\nUSGS\t2024-01-02\t5300\n",
            {"agency": (0.0, 0.0), "flow": (5200.0, 5300.0)},
            "the second row of names (5s, 20d, 14n) is left out",
        ),
        (
            "Time (s) Voltage (V)\n0.0 1.5\n0.1 1.6\n0.2 1.7\n",
            {"Time (s)": (0.0, 0.1, 0.2), "Voltage (V)": (1.5, 1.6, 1.7)},
            "",
        ),
        (
            "place,2024-01-01,2024-01-02\nA,5.2,5\nB,6.2,6\nA,7,8\n",
            {"place": (0.0, 1.0, 0.0), "2024-01-01": (5.2, 6.2, 7.0), "2024-01-02": (5.0, 6.0, 8.0)},
            "",
        ),
    ],
)
def test_what_trainings_and_meters_write_is_read(
    text: str, columns: dict[str, tuple[float, ...]], told: str
) -> None:
    table, said = read_and_tell(text.encode())
    assert dict(table.columns) == columns
    assert told in "; ".join(said)


@pytest.mark.parametrize(
    "text",
    [
        "name,size\nrate: 5,small\nrate: 6,large\nrate: 7,small\n",  # names of columns stand above
        "Key: 1\nKey: 2\nKey: 3\nx,y\n1,2\n3,4\n",  # settings
        "x: 1\ny: 2\nx: 3\ny: 4\n",
    ],
)
def test_a_table_whose_cells_hold_such_numbers_is_no_log(text: str) -> None:
    try:
        said = "; ".join(read_and_tell(text.encode())[1])
    except DocumentError as error:
        said = str(error)
    assert ONLY_NAMED not in said


def test_a_log_that_ends_in_other_numbers_is_refused() -> None:
    log = "".join(f"[{step}]\ta: 0.5\tb: 0.4\n" for step in range(9))
    with pytest.raises(DocumentError, match="row 10: expected x1: …, a: …, b: … as in the first row"):
        read_and_tell(f"{log}[9]\ta: 0.5\n".encode())
