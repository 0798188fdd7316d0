"""Perception's verdict: no mark where no report speaks of the picture, or the page holds that an account has no claim."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.panels.conftest import Bench

PEOPLE: Final = {"sentence": "People see it lighter.", "source": "White 1979", "doi": "", "judges_spared": ""}
BADGE: Final = {"kind": "recorded data", "label": "A", "source": "", "doi": ""}


@pytest.fixture
def told(bench: Bench) -> Any:
    """`told(people, reported, answers)` → (table's text, story)."""
    bench.page.evaluate(
        """async (badge) => {
        const [{ Verdict }, { story }] = await Promise.all(["verdict", "story"].map((file) => import(`/live/perception/${file}.js`)));
        const verdict = new Verdict({ badges: { dog: badge, odog: badge, judge: badge, people: badge } });
        document.querySelector("#room").append(verdict.element);
        window.told = (people, reported, answers, spec, unreported) => {
            verdict.show({ first: "here", second: "there", reported, people, answers });
            return [verdict.element.innerText, story({ spec, result: { unreported } }, people, reported, answers)];
        };
    }""",
        BADGE,
    )

    def ask(reported: int | None, answers: dict[str, Any], unreported: str = "", **people: str) -> tuple[str, str]:
        spec = {"illusion": "white", "grey": 0.5, "dog_centre": 0.4}
        table, story = bench.page.evaluate("(given) => told(...given)", [{**PEOPLE, **people}, reported, answers, spec, unreported])
        return table, story

    return ask


ANSWERS: Final = {"dog": [-17.2], "odog": [18.0], "judge": [4, 5]}


def test_who_agrees_is_read_from_the_answers(told):
    table, story = told(1, ANSWERS)
    assert "✗" in table and table.count("✓") == 2
    assert "At these settings, as people see it: ODOG, both judges; not so: the round filter." in story
    assert (
        "At these settings, not so: the round filter, ODOG; the two judges disagree."
        in told(1, {"dog": [-3], "odog": [0], "judge": [4, -5]})[1]
    )


def test_without_a_report_nothing_is_marked(told):
    table, story = told(None, ANSWERS, "The report is of targets between the bars.")
    assert "not measured for this picture" in table and not set(table) & set("✓✗◐")
    assert story.startswith("The report is of targets between the bars.") and "as people see it" not in story


def test_judges_without_a_claim_are_shown_and_not_compared(told):
    table, story = told(1, ANSWERS, judges_spared="trained on patches, not on grids: not compared")
    assert "lighter by 4.00%" in table and "not on grids: not compared" in table and table.count("✓") == 1
    assert "judges" not in story.partition("At these settings")[2].partition(".")[0]
