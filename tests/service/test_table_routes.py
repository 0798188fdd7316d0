"""Tables over HTTP: whatever is posted is taken or refused in a sentence, and never breaks the service."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.service.http import create_api
from models.service.service import create_service
from models.service.settings import Settings
from models.tables import MOST_BYTES, Table
from tests.service.test_tables import NEAR, damaged

CSV = {"Content-Type": "text/csv"}
JSON = {"Content-Type": "application/json"}
GOOD = "x;y;kind\n1;2;a\n2;1;b\n3;0;a\n4;1;b\n"
DRAWN: dict[str, Any] = {"columns": ["x", "y"], "label": "kind", "rows": [[0, 1], [1, 0], [2, 1], [1, 2]], "targets": ["b", "a", "b", "a"]}
Post = Callable[..., httpx.Response]
Ask = Callable[[str], httpx.Response]


@pytest.fixture(scope="module")
def client() -> Iterator[tuple[asyncio.AbstractEventLoop, httpx.AsyncClient]]:
    """The service's own application, asked in process: no worker is needed for a table."""
    api = create_api(create_service(Settings(backend="inline", catalogue="tests.service.toy_and_dense")))
    loop = asyncio.new_event_loop()
    # A fault in the service is an answer here, 500, as it would be on the way to a person.
    made = httpx.AsyncClient(transport=httpx.ASGITransport(api, raise_app_exceptions=False), base_url="http://127.0.0.1")
    yield loop, made
    loop.run_until_complete(made.aclose())
    loop.close()


@pytest.fixture(scope="module")
def post(client: tuple[asyncio.AbstractEventLoop, httpx.AsyncClient]) -> Post:
    loop, made = client

    def send(query: str = "", **request: Any) -> httpx.Response:
        return loop.run_until_complete(made.post(f"/tables{query}", **request))

    return send


@pytest.fixture(scope="module")
def ask(client: tuple[asyncio.AbstractEventLoop, httpx.AsyncClient]) -> Ask:
    loop, made = client
    return lambda path: loop.run_until_complete(made.get(path))


def refused(answer: httpx.Response, code: int = 422) -> dict[str, Any]:
    """The body of a refusal, which says in a sentence what is wrong."""
    body: dict[str, Any] = answer.json()
    assert answer.status_code == code, answer.text
    assert len(body["error"]) > 10 and body["error"].endswith((".", "…", "”"))
    return body


def test_a_thousand_tables_are_taken_or_refused_with_line_and_reason(post: Post) -> None:
    taken = []

    @settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(
        st.one_of(NEAR, damaged(), st.text(max_size=60), st.binary(max_size=60)),
        st.sampled_from(["", "?keep_good=true", "?problem=number", "?problem=classes&keep_good=true"]),
    )
    def each(content: str | bytes, query: str) -> None:
        answer = post(query, content=content, headers=CSV)
        if answer.status_code == 201:
            taken.append(answer.json()["content_id"])
            return
        for fault in refused(answer)["faults"]:
            assert fault["line"] >= 1 and fault["column"] >= 1 and len(fault["sentence"]) > 10

    each()
    assert len(set(taken)) > 20


def test_what_was_posted_is_given_back_in_its_canonical_form(post: Post, ask: Ask) -> None:
    answer = post(content=GOOD, headers=CSV)
    described = answer.json()
    assert answer.status_code == 201
    assert (described["rows"], described["columns"], described["label"]) == (4, ["x", "y"], "kind")
    assert described["first"] == {"rows": [[1, 2], [2, 1], [3, 0], [4, 1]], "answers": ["a", "b", "a", "b"]}
    text = ask(f"/tables/{described['content_id']}").text
    assert Table.from_canonical(text).content_id == described["content_id"]
    refused(ask("/tables/" + "0" * 64), 404)


def test_every_way_of_sending_a_csv_gives_the_same_table(post: Post) -> None:
    ways = (
        {"content": GOOD, "headers": CSV},
        {"content": GOOD, "headers": {"Content-Type": "text/csv; charset=utf-16"}},  # the bytes say what they are, not the header
        {"content": GOOD, "headers": {"Content-Type": "text/plain"}},
        {"content": GOOD, "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
        {"content": GOOD},
        {"content": GOOD.encode("utf-16"), "headers": CSV},
        {"content": GOOD.encode("utf-8-sig"), "headers": CSV},
        {"files": {"file": ("table.csv", GOOD)}},
        {"files": {"file": ("../../table.exe", GOOD, "image/png")}},
    )
    ids = {post(**way).json().get("content_id") for way in ways}
    assert len(ids) == 1 and None not in ids


def test_points_keep_the_order_of_classes_that_they_were_sent_with(post: Post, ask: Ask) -> None:
    by_name = post(json=DRAWN).json()
    assert by_name["classes"] == ["a", "b"]
    ordered = post(json={**DRAWN, "classes": ["b", "a"]}).json()
    assert ordered["classes"] == ["b", "a"] and json.loads(ask(f"/tables/{ordered['content_id']}").text)["targets"] == [0, 1, 0, 1]
    for wrong in (["b"], ["a", "b", "c"], ["a", "a", "b"], "ab", [1, 2], {"a": 0, "b": 1}):
        assert "classes" in refused(post(json={**DRAWN, "classes": wrong}))["error"]
    values = post(json={**DRAWN, "targets": [0.5, -1, 0.25, 1]}).json()
    assert values["problem"] == "number" and values["first"]["answers"] == [0.5, -1, 0.25, 1]


NO_JSON = ["", "{", "null", "[]", "[1, 2]", '"text"', "{}", "NaN", "[" * 100_000, '{"columns":' * 50_000, b"\xff\xfe\x00", b"\xed\xa0\x80"]
DAMAGED: list[dict[str, Any]] = [
    *({"rows": [[0, item]] * 4} for item in (float("nan"), float("inf"), 1e13, 10**400, True, "1", None, [], {})),
    *({"rows": rows} for rows in ([[0], [0, 1], [2, 1], [1]], "abcd", [[[[0]]]] * 4, {"0": [1, 2]}, None, [[0, 1]] * 5, [])),
    *({"columns": columns} for columns in (["x", "x"], ["x"], [[], {}], 2, [], ["x", "y\n"])),
    *({"label": label} for label in (None, "", "x" * 500, ["kind"])),
    *(
        {"targets": targets}
        for targets in (["a"] * 4, ["a", 1, "b", 2], [], [None] * 4, [1] * 4, ["", "a"] * 2, ["a\x00", "b"] * 2, "abab")
    ),
    {"rows": [[0, 1]] * 12, "targets": [f"kind {i}" for i in range(12)]},
    {"rows": [[0, 1]] * 3, "targets": ["a", "b", "a"]},
    {"more": 1},
]


@pytest.mark.parametrize("body", [*NO_JSON, *(json.dumps({**DRAWN, **changes}) for changes in DAMAGED)], ids=lambda body: str(body)[:40])
def test_points_that_are_none_are_refused_in_a_sentence(post: Post, body: str | bytes) -> None:
    assert refused(post(content=body, headers=JSON))["field"] == "table"


def test_forms_without_a_table_are_refused(post: Post) -> None:
    wrong = (
        {"files": {"other": ("table.csv", GOOD)}},
        {"data": {"file": GOOD}, "files": {"more": ("a.csv", b"")}},
        {"files": {"file": ("table.csv", b"")}},
        {"content": b"", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"--x\r\nnothing", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": GOOD, "headers": {"Content-Type": "multipart/form-data"}},
        {"files": [("file", ("a.csv", GOOD)), ("file", ("b.csv", GOOD))]},
    )
    for request in wrong:
        answer = post(**request)
        assert answer.status_code in (400, 422), (request, answer.text)
        assert len(answer.json()["error"]) > 10


def test_bytes_that_are_no_text_and_queries_that_are_none_are_named(post: Post) -> None:
    assert "no text" in refused(post(content=b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\x81", headers=CSV))["error"]
    for query in ("?problem=both", "?keep_good=maybe"):
        refused(post(query, content=GOOD, headers=CSV))


def test_the_largest_table_is_taken_and_one_byte_more_is_not(post: Post) -> None:
    rows = "1.00000,2.00000,a\n2.00000,1.00000,b\n" * 100
    full = "x,y,kind\n" + rows + "\n" * (MOST_BYTES - len("x,y,kind\n") - len(rows))
    assert len(full) == MOST_BYTES and post(content=full, headers=CSV).status_code == 201
    more = full + "\n"
    assert "2 MB" in refused(post(content=more, headers=CSV), 413)["error"]
    assert "2 MB" in refused(post(files={"file": ("table.csv", more)}), 413)["error"]
    assert "2 MB" in refused(post(content=" " * (MOST_BYTES + 1), headers=JSON), 413)["error"]


def test_a_body_without_a_length_is_bounded_while_it_comes(post: Post) -> None:
    async def pieces(count: int) -> AsyncIterator[bytes]:
        yield b"x,y,kind\n"
        for _ in range(count):
            yield b"1,2,a\n2,1,b\n"

    assert post(content=pieces(50), headers=CSV).json()["rows"] == 100
    refused(post(content=pieces(MOST_BYTES // 10), headers=CSV), 413)


def test_good_rows_are_kept_over_http_and_the_others_named(post: Post) -> None:
    text = GOOD + "5;two;a\n6;1\n"
    body = refused(post(content=text, headers=CSV))
    assert [(fault["line"], fault["column"]) for fault in body["faults"]] == [(6, 2), (7, 3)] and body["good_rows"] == 4
    kept = post("?keep_good=true", content=text, headers=CSV)
    assert kept.status_code == 201 and (kept.json()["rows"], kept.json()["refused_count"]) == (4, 2)


def test_ten_thousand_rows_come_back_to_the_last_bit(post: Post, ask: Ask) -> None:
    values = np.random.default_rng(2).normal(0, 10, (10_000, 3))
    text = "\n".join(f"{a!r},{b!r},{c!r}" for a, b, c in values.tolist())
    described = post(content=text, headers=CSV).json()
    given_back = json.loads(ask(f"/tables/{described['content_id']}").text)
    np.testing.assert_array_equal(given_back["rows"], values[:, :2])
    np.testing.assert_array_equal(given_back["targets"], values[:, 2])


def test_of_many_faults_fifty_are_listed_and_all_are_counted(post: Post) -> None:
    body = refused(post(content=GOOD + "5;two;a\n" * 300 + "6;1\n", headers=CSV))
    assert (len(body["faults"]), body["fault_count"], body["good_rows"]) == (50, 301, 4)
    kept = post("?keep_good=true", content=GOOD + "5;two;a\n" * 300, headers=CSV).json()
    assert (len(kept["refused"]), kept["refused_count"], kept["rows"]) == (50, 300, 4)
