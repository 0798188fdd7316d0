"""A CSV as people have it → a table, or every place where it is none: line, column and a sentence.

Comma, semicolon or tab; a header or none; quotes; any line ends; a byte order mark; a decimal comma where the separator is none.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from models.tables import (
    LARGEST,
    LEAST_ROWS,
    LONGEST_CLASS_NAME,
    LONGEST_COLUMN_NAME,
    MOST_CLASSES,
    MOST_COLUMNS,
    MOST_ROWS,
    Problem,
    Table,
    clean_name,
    is_number,
    table,
)
from models.types import Refused

SEPARATORS: Final = (",", ";", "\t")
LISTED: Final = 50
_LABELS: Final = ("label", "class", "target")
_FEW: Final = 10
"""So many different whole numbers are taken for classes."""
_SEEN: Final = 20
"""Lines that decide on the separator."""
_SHOWN: Final = 40


@dataclass(frozen=True)
class Fault:
    """Line and column count from 1, as an editor and a spreadsheet do."""

    line: int
    column: int
    sentence: str


@dataclass(frozen=True)
class Reading:
    table: Table
    header: bool
    separator: str
    refused: tuple[Fault, ...]
    refused_count: int


class Unreadable(Exception):
    """Why there is no table. `good_rows`: how many could be kept."""

    def __init__(self, faults: list[Fault], good_rows: int, count: int | None = None) -> None:
        super().__init__(faults[0].sentence)
        self.faults = faults[:LISTED]
        self.count = count if count is not None else len(faults)
        self.good_rows = good_rows


@dataclass
class _Cells:
    """The rows that are no blank lines, with the line on which each begins."""

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_table(content: bytes | str, keep_good: bool = False, problem: Problem | None = None) -> Reading:
    """Raises Unreadable. With `keep_good` rows with faults are left out, as long as enough remain."""
    text = _decoded(content) if isinstance(content, bytes) else content.removeprefix("\ufeff")
    separator = _separator(text)
    cells = _split(text, separator)
    if not cells.rows:
        raise Unreadable(
            cells.faults or [Fault(1, 1, "There is nothing here: a table has rows of numbers with a class or a number at the end.")], 0
        )
    header = _has_header(cells.rows, separator)
    names, label_at = _columns(cells, header)
    return _Rows(cells, names, label_at, separator, header).reading(keep_good, problem)


def _decoded(content: bytes) -> str:
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    encoding = next((known for mark, known in marks.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        pass
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise Unreadable([Fault(line, 1, "This is no text: a table is a text file, for example a CSV.")], 0)
    return content.decode("latin-1")


def _separator(text: str) -> str:
    """Which one cuts the first lines into the most columns of equal number; a comma where none does."""
    lines = [line for line in text.splitlines()[: 3 * _SEEN] if line.strip()][:_SEEN]

    def evenness(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines)
        found, times = counts.most_common(1)[0] if counts else (0, 0)
        return (times if found else 0, found)

    semicolon, tab = evenness(";"), evenness("\t")
    # A comma may be a decimal comma; a semicolon or a tab stands for nothing else.
    best = max(((tab, "\t"), (semicolon, ";")), key=lambda item: item[0])
    return best[1] if best[0][0] >= max(1, len(lines) // 2) and best[0][1] > 0 else ","


def _split(text: str, separator: str) -> _Cells:
    cells = _Cells()
    reader = csv.reader(io.StringIO(text.replace("\x00", " "), newline=""), delimiter=separator, strict=False)
    begins = 1
    try:
        for row in reader:
            if not row:  # a blank line; there may be two million of them
                begins = reader.line_num + 1
                continue
            trimmed = [cell.strip() for cell in row]
            while trimmed and not trimmed[-1] and len(trimmed) > 1:
                trimmed.pop()
            if any(trimmed):
                cells.lines.append(begins)
                cells.rows.append(trimmed)
            begins = reader.line_num + 1
            if len(cells.rows) > MOST_ROWS + 1:
                cells.faults.append(Fault(begins, 1, f"There are more than {MOST_ROWS:,} rows, which is as many as are taken."))
                break
    except csv.Error as error:
        cells.faults.append(Fault(max(1, reader.line_num), 1, f"This line cannot be cut into cells ({error})."))
    return cells


def number(text: str, separator: str) -> float | None:
    """The number that a cell says, if it says one: a decimal comma counts where the comma is not the separator."""
    written = text.replace(",", ".") if separator != "," and text.count(",") == 1 and "." not in text else text
    if "_" in written:
        return None
    try:
        return float(written.replace("−", "-"))
    except ValueError:
        return None


def _has_header(rows: list[list[str]], separator: str) -> bool:
    """The first row has no numbers, or text where the next row has a number."""
    first = [number(cell, separator) is not None for cell in rows[0]]
    if not any(first):
        return True
    second = [number(cell, separator) is not None for cell in rows[1]] if len(rows) > 1 else first
    return any(below and not above for above, below in zip(first, second, strict=False))


def _columns(cells: _Cells, header: bool) -> tuple[list[str], int]:
    """Every column's name, and which one is the answer: the one called so, else the last. Raises Unreadable."""
    width = len(cells.rows[0]) if header else Counter(map(len, cells.rows[: 5 * _SEEN])).most_common(1)[0][0]
    line = cells.lines[0]
    if width < 2:
        raise Unreadable(
            [Fault(line, 1, "There is one column; a table has at least one of numbers, and one with the class or the number to learn.")], 0
        )
    if width > MOST_COLUMNS + 1:
        raise Unreadable([Fault(line, MOST_COLUMNS + 2, f"There are {width} columns; at most {MOST_COLUMNS} and the answer are taken.")], 0)
    given = cells.rows[0] if header else []
    names = [clean_name(given[i] if i < len(given) else "", LONGEST_COLUMN_NAME) or f"column {i + 1}" for i in range(width)]
    called = [i for i, name in enumerate(names) if name.lower() in _LABELS]
    return _distinct(names), called[0] if len(called) == 1 else width - 1


def _distinct(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    found: list[str] = []
    for name in names:
        seen[name] += 1
        unique = name if seen[name] == 1 else f"{name[: LONGEST_COLUMN_NAME - 6]} ({seen[name]})"
        found.append(unique if unique not in found else f"column {len(found) + 1}")
    return found


class _Rows:
    """Cells → numbers and answers, row by row, with what is wrong in each."""

    def __init__(self, cells: _Cells, names: list[str], label_at: int, separator: str, header: bool) -> None:
        self.names, self.label_at, self.separator, self.header = names, label_at, separator, header
        self.faults = list(cells.faults)
        self.count = len(self.faults)
        self.values: list[list[float]] = []
        self.answers: list[str] = []
        self.places: list[int] = []
        start = 1 if header else 0
        for line, row in zip(cells.lines[start:], cells.rows[start:], strict=True):
            self._take(line, row)

    def _fault(self, line: int, column: int, sentence: str) -> None:
        """Counts every fault and keeps as many as are listed."""
        self.count += 1
        if len(self.faults) < LISTED:
            self.faults.append(Fault(line, column, sentence))

    def _take(self, line: int, row: list[str]) -> None:
        before = self.count
        if len(row) != len(self.names):
            place = min(len(row), len(self.names)) + 1
            self._fault(line, place, f"This row has {len(row)} cells, where {len(self.names)} belong.")
            return
        numbers = [self._number(line, i, cell) for i, cell in enumerate(row) if i != self.label_at]
        if not row[self.label_at]:
            self._fault(line, self.label_at + 1, f"The answer ({self.names[self.label_at]}) is empty; every row needs one.")
        if self.count == before:
            self.values.append(numbers)
            self.answers.append(row[self.label_at])
            self.places.append(line)

    def _number(self, line: int, column: int, cell: str) -> float:
        value = number(cell, self.separator)
        if value is None or not is_number(value):
            if len(self.faults) >= LISTED:  # a sentence that nobody reads is not written
                self.count += 1
                return 0.0
            said = f"“{clean_name(cell, _SHOWN)}” is no number" if cell else "This cell is empty"
            allowed = "numbers"
            if value is not None:
                said, allowed = f"“{clean_name(cell, _SHOWN)}” is no number that can be learned from", f"numbers within ±{LARGEST:g}"
            self._fault(line, column + 1, f"{said}; column {column + 1} ({self.names[column]}) takes {allowed}.")
            return 0.0
        return value

    def reading(self, keep_good: bool, problem: Problem | None) -> Reading:
        faults, count = self.faults, self.count
        if count and (not keep_good or len(self.values) < LEAST_ROWS):
            raise Unreadable(faults, len(self.values), count)
        if len(self.values) < LEAST_ROWS:
            line = self.places[-1] if self.places else 1
            raise Unreadable([Fault(line, 1, f"There are {len(self.values)} rows; at least {LEAST_ROWS} are needed.")], len(self.values))
        del self.values[MOST_ROWS:], self.answers[MOST_ROWS:], self.places[MOST_ROWS:]
        kind, classes, targets = self._answers(problem)
        columns = [name for i, name in enumerate(self.names) if i != self.label_at]
        try:
            made = table(columns, self.values, self.names[self.label_at], kind, classes, targets)
        except Refused as refused:  # nothing that is listed above may get here, but a refusal is an answer
            raise Unreadable([Fault(self.places[0], 1, refused.message)], 0) from None
        return Reading(made, self.header, self.separator, tuple(faults[:LISTED]), count)

    def _answers(self, problem: Problem | None) -> tuple[Problem, list[str], list[Any]]:
        """What is to be learned: classes by name, or numbers. Raises Unreadable."""
        numbers = [number(answer, self.separator) for answer in self.answers]
        numeric = all(value is not None and is_number(value) for value in numbers)
        whole = numeric and all(float(value).is_integer() for value in numbers if value is not None)
        few = whole and len(set(numbers)) <= _FEW
        kind: Problem = problem or ("number" if numeric and not few else "classes")
        if kind == "number":
            return self._as_numbers(numbers)
        names = [clean_name(answer, LONGEST_CLASS_NAME) or "·" for answer in self.answers]
        if numeric:
            names = [f"{value:g}" for value in numbers if value is not None]
            order = [f"{value:g}" for value in sorted({float(f"{value:g}") for value in numbers if value is not None})]
        else:
            order = list(dict.fromkeys(names))
        self._check_classes(order, names)
        index = {name: i for i, name in enumerate(order)}
        return "classes", order, [index[name] for name in names]

    def _as_numbers(self, numbers: list[float | None]) -> tuple[Problem, list[str], list[Any]]:
        column = self.label_at + 1
        wrong = [
            Fault(line, column, f"“{clean_name(answer, _SHOWN)}” is no number; to learn a number, every answer has to be one.")
            for line, answer, value in zip(self.places, self.answers, numbers, strict=True)
            if value is None or not is_number(value)
        ]
        if wrong:
            raise Unreadable(wrong, len(self.answers) - len(wrong))
        if len(set(numbers)) < 2:
            raise Unreadable([Fault(self.places[0], column, "All answers are the same number; there is nothing to learn.")], 0)
        return "number", [], numbers

    def _check_classes(self, order: list[str], names: list[str]) -> None:
        column = self.label_at + 1
        if len(order) < 2:
            raise Unreadable([Fault(self.places[0], column, f"There is one class, “{order[0]}”; at least two are needed.")], 0)
        if len(order) > MOST_CLASSES:
            eleventh = names.index(order[MOST_CLASSES]) if order[MOST_CLASSES] in names else 0
            sentence = f"“{order[MOST_CLASSES]}” is one class more than the {MOST_CLASSES} that are taken; there are {len(order)}."
            raise Unreadable([Fault(self.places[eleventh], column, sentence)], 0)
