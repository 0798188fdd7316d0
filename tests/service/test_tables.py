"""Own data: every CSV is read as it was meant or refused with line and column, and what was read goes the whole way to a run."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.catalog import EXPERIMENTS
from models.service.table_reader import Reading, Unreadable, read_table
from models.tables import LARGEST, MOST_CLASSES, MOST_COLUMNS, MOST_ROWS, Table
from models.trainer import Trainer
from models.types import Refused

ROWS = [(0.5, -1.0, "a"), (1.5, 2.0, "b"), (-3.0, 0.25, "a"), (4.0, 1e-3, "b")]


def written(separator: str, header: bool, newline: str = "\n", decimal: str = ".") -> str:
    lines = [separator.join(["width", "height", "kind"])] if header else []
    lines += [separator.join([str(x).replace(".", decimal), str(y).replace(".", decimal), kind]) for x, y, kind in ROWS]
    return newline.join(lines) + newline


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize(("separator", "decimal"), [(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ",")])
def test_each_way_of_writing_a_table_gives_the_same_numbers(separator, decimal, header, newline):
    reading = read_table(written(separator, header, newline, decimal))
    assert (reading.separator, reading.header) == (separator, header)
    np.testing.assert_array_equal(reading.table.values, [row[:2] for row in ROWS])
    assert reading.table.classes == ("a", "b") and reading.table.targets.tolist() == [0, 1, 0, 1]
    assert reading.table.columns == (("width", "height") if header else ("column 1", "column 2"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_bytes_are_read_in_the_encodings_that_people_have(encoding):
    table = read_table('größe,"x, y",class\n1,2,"ä"\n2,3,b\n3,4,"ä"\n4,5,b\n'.encode(encoding)).table
    assert table.columns == ("größe", "x, y") and table.classes == ("ä", "b")


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("x,y,c\n1,2,a\n1,two,b\n1,2,a\n1,2,b\n", 3, 2, "“two” is no number"),
        ("1,2,a\n1,2,b\n,2,a\n1,2,b\n1,2,a", 3, 1, "empty"),
        ("1,2,a\n1,2,b\n1,2\n1,2,b\n1,2,a", 3, 3, "2 cells, where 3 belong"),
        ("1,2,a\n\n1,2,b,4\n1,2,b\n1,2,a", 3, 4, "4 cells, where 3 belong"),
        ("1,nan,a\n1,2,b\n1,3,a\n1,2,b\n", 1, 2, "no number"),
        ("1,1e13,a\n1,2,b\n1,3,a\n1,2,b\n", 1, 2, "±1e+12"),
        ("1,2,\n1,2,b\n1,3,a\n1,2,b\n", 1, 3, "2 cells"),
        ("1,2,a\n1,2,a\n1,3,a\n1,2,a\n", 1, 3, "one class"),
        ("1,2,a\n1,2,b\n", 2, 1, "at least 4"),
        ("1\n2\n3\n4\n", 1, 1, "one column"),
        ("", 1, 1, "nothing here"),
        ("1,2,3.5\n" * 4, 1, 3, "same number"),
        ("\n".join(f"1,2,{chr(97 + i)}" for i in range(11)), 11, 3, "one class more"),
        (",".join("1" * 30) + "\n", 1, 22, "30 columns"),
    ],
)
def test_a_fault_is_named_by_line_and_column(text, line, column, words):
    with pytest.raises(Unreadable) as unreadable:
        read_table(text)
    first = unreadable.value.faults[0]
    assert (first.line, first.column) == (line, column) and words in first.sentence and first.sentence.endswith((".", "…"))


def test_good_rows_are_kept_on_request():
    text = "x,y,c\n1,2,a\n1,two,b\n1,2,b\n3,4\n1,2,a\n5,6,b\n"
    with pytest.raises(Unreadable) as unreadable:
        read_table(text)
    assert (len(unreadable.value.faults), unreadable.value.good_rows) == (2, 4)
    reading = read_table(text, keep_good=True)
    assert len(reading.table.values) == 4 and [fault.line for fault in reading.refused] == [3, 5]


def test_the_answer_is_the_column_that_is_called_so_and_its_kind_may_be_said():
    text = "class,x\n1,0.5\n2,0.25\n1,0.75\n3,0.5\n"
    table = read_table(text).table
    assert (table.label, table.columns, table.classes) == ("class", ("x",), ("1", "2", "3"))
    assert read_table(text, problem="number").table.targets.tolist() == [1, 2, 1, 3]
    assert read_table("x,price\n1,2.5\n2,3.5\n3,4\n4,5\n").table.problem == "number"
    with pytest.raises(Unreadable, match="no number"):
        read_table("x,c\n1,a\n2,b\n3,a\n4,b\n", problem="number")


def test_more_rows_than_are_taken_are_a_fault_and_not_a_silent_cut():
    text = "\n".join(f"{i},{i % 7},{i % 2}" for i in range(MOST_ROWS + 5))
    with pytest.raises(Unreadable, match="10,000"):
        read_table(text)
    assert len(read_table(text, keep_good=True).table.values) == MOST_ROWS


def test_the_canonical_form_reads_back_to_the_last_bit_and_anything_else_is_refused():
    table = read_table(written(",", True)).table
    again = Table.from_canonical(table.canonical)
    assert again.canonical == table.canonical and again.content_id == table.content_id
    described = json.loads(table.canonical)
    for wrong in (
        {"columns": ["x"]}, {"columns": ["x", "x"]}, {"columns": ["x", 1]}, {"rows": [[1, 2]] * 3}, {"rows": [[1, True]] * 4},
        {"rows": [[1, 1e13]] * 4}, {"targets": [0, 0, 0, 0]}, {"targets": [0, 1, 2, 0]}, {"problem": "both"}, {"classes": ["a\n", "b"]},
        {"problem": "number", "classes": []}, {"more": 1},
    ):  # fmt: skip
        if wrong == {"problem": "number", "classes": []}:
            assert Table.from_canonical(json.dumps({**described, **wrong})).problem == "number"
            continue
        with pytest.raises(Refused):
            Table.from_canonical(json.dumps({**described, **wrong}))
    for text in ("", "[]", "{", '{"columns": NaN}', "[" * 100_000):
        with pytest.raises(Refused):
            Table.from_canonical(text)


def sound(reading: Reading) -> bool:
    table = reading.table
    bounded = 4 <= len(table.values) <= MOST_ROWS and 1 <= len(table.columns) <= MOST_COLUMNS and len(table.classes) <= MOST_CLASSES
    within = bool((np.abs(table.values) <= LARGEST).all()) and len(table.targets) == len(table.values)
    return bounded and within and Table.from_canonical(table.canonical).canonical == table.canonical


CELL = st.sampled_from(
    ["1", "-2.5", "3,5", "1e3", "0", "", "a", "b", '"q, r"', '"', "nan", "inf", "1e999", " 7 ", "−4", "=1+1", "٣", "\x00", "<b>"]
)
NEAR = st.builds(
    lambda rows, separator, newline: newline.join(separator.join(row) for row in rows),
    st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)


@st.composite
def damaged(draw: Any) -> str:
    """A table as it should be, with a few characters changed."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    text = list(
        "\n".join(f"{chance.gauss(0, 3):.3f};{chance.gauss(0, 3):.3f};{chance.choice('abc')}" for _ in range(chance.randrange(3, 12)))
    )
    for _ in range(chance.randrange(3)):
        text[chance.randrange(len(text))] = chance.choice(['"', ";", "\n", "x", "", "\t", ",", "\x00", "é", "9"])
    return "".join(text)


@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(
    st.one_of(NEAR, damaged(), st.text(max_size=60), st.binary(max_size=60)), st.booleans(), st.sampled_from([None, "classes", "number"])
)
def test_five_thousand_tables_are_read_or_refused_with_line_and_reason(content, keep_good, problem):
    try:
        reading = read_table(content, keep_good, problem)
    except Unreadable as unreadable:
        assert unreadable.faults and unreadable.good_rows >= 0
        for fault in unreadable.faults:
            assert fault.line >= 1 and fault.column >= 1 and len(fault.sentence) > 10
    else:
        assert sound(reading)


def trained_on(text: str, **spec: Any) -> Trainer:
    table = read_table(text).table
    experiment = EXPERIMENTS["gradient-flow"]
    return Trainer(experiment.build(experiment.validate({"content": table.content_id, **spec}), {table.content_id: table.canonical}))


def test_points_within_the_plane_stay_where_they_are_and_others_are_fitted():
    near = trained_on(written(",", True), dataset="own", train_share=0.5)
    assert sorted(near.trial.task.points.tolist()) == sorted([list(row[:2]) for row in ROWS])
    far = trained_on("x,y,c\n100,0,a\n200,0,b\n100,50,a\n200,50,b\n", dataset="own").trial.task
    assert np.abs(far.points).max() == pytest.approx(5) and far.scaling["scale"] == [10.0, 10.0]
    given_back = far.points * far.scaling["scale"] + far.scaling["middle"]
    assert sorted(given_back.tolist()) == [[100, 0], [100, 50], [200, 0], [200, 50]]


def test_a_table_of_many_columns_and_one_of_numbers_are_learned():
    chance = np.random.default_rng(4)
    values = chance.normal(3, 5, (200, 4))
    by_class = "\n".join(",".join(map(str, row)) + f",{'high' if row.sum() > 12 else 'low'}" for row in values)
    trainer = trained_on(by_class, dataset="table", learning_rate=0.1, hidden_layers=[6])
    trainer.advance(2000, np.inf)
    assert trainer.trial.measure()["network"]["test_accuracy"] > 0.9
    by_number = "\n".join(",".join(map(str, row)) + f",{row @ [2, -1, 0.5, 1]}" for row in values)
    trainer = trained_on(by_number, dataset="table", learning_rate=0.05, hidden_layers=[])
    trainer.advance(3000, np.inf)
    assert trainer.trial.measure()["network"]["test_r2"] > 0.99


def test_data_that_do_not_suit_are_refused_with_their_field():
    for text, dataset in ((written(",", True).replace("kind", "kind,more").replace(",a", ",1,a").replace(",b", ",2,b"), "own"),):
        with pytest.raises(Refused) as refused:
            trained_on(text, dataset=dataset)
        assert refused.value.field == "content" and "two columns" in refused.value.message
    experiment = EXPERIMENTS["gradient-flow"]
    with pytest.raises(Refused) as refused:
        experiment.build(experiment.validate({"dataset": "own", "content": "0" * 64}))
    assert refused.value.field == "content"
