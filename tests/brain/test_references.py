"""Badges, parallels and claims: everything cited exists, and no verdict outruns its evidence."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from models.specs.badges import BADGES, badge_data
from models.specs.claims import CLAIMS, OPEN_PAGES
from models.specs.parallels import PARALLELS, cited
from models.specs.recordings import SJOSTROM_2001_KEY

ROOT = Path(__file__).parents[2]
BIBLIOGRAPHY = (ROOT / "assets" / "references.bib").read_text(encoding="utf-8")
ENTRIES = {
    key: dict(re.findall(r"^  (\w+) = \{(.*)\},$", body, re.MULTILINE))
    for key, body in re.findall(r"^@\w+\{(\w+),\n(.*?)^\}", BIBLIOGRAPHY, re.MULTILINE | re.DOTALL)
}
ASPECTS = [aspect for table in PARALLELS.values() for aspect in table.holds + table.breaks]


def test_every_entry_names_author_title_and_year() -> None:
    assert len(ENTRIES) == BIBLIOGRAPHY.count("\n@")
    for key, fields in ENTRIES.items():
        assert fields.keys() >= {"author", "title", "year"}, key
        assert key.rstrip("abcdefghijklmnopqrstuvwxyz").endswith(fields["year"]), key


def test_every_entry_can_be_opened() -> None:
    assert all(fields.keys() & {"doi", "url"} for fields in ENTRIES.values())


def test_dois_are_well_formed_and_unique() -> None:
    dois = [fields["doi"] for fields in ENTRIES.values() if "doi" in fields]
    assert all(re.fullmatch(r"10\.\d{4,9}/\S+", doi) for doi in dois)
    assert len(set(dois)) == len(dois)


def test_all_that_is_cited_is_in_the_bibliography() -> None:
    cited = {key for claim in CLAIMS for key in claim.citations} | {key for aspect in ASPECTS for key in aspect.citations}
    cited |= {badge.citation for badge in BADGES.values() if badge.citation} | {SJOSTROM_2001_KEY}
    assert cited <= ENTRIES.keys()


def test_badges_of_others_work_carry_its_source() -> None:
    for badge in BADGES.values():
        if badge.kind in ("published model", "recorded data"):
            assert badge.source and badge.citation
        if badge.citation:
            assert badge.doi == ENTRIES[badge.citation]["doi"]
            assert ENTRIES[badge.citation]["year"] in badge.source
    assert {badge["kind"] for badge in badge_data().values()} == {"analogy", "published model", "recorded data", "computed here"}


def test_every_badge_that_a_panel_asks_for_exists() -> None:
    panels = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "assets" / "live" / "panels").glob("*.js"))
    asked = set(re.findall(r'\bbadge: "(\w+)"', panels))
    assert asked <= BADGES.keys()


def test_parallels_have_both_halves_with_sources() -> None:
    lab = PARALLELS["gradient-flow"]
    assert set(cited("gradient-flow")) == {key for aspect in lab.holds + lab.breaks for key in aspect.citations}
    assert len(lab.holds) >= 4 and len(lab.breaks) >= 4
    assert all(aspect.citations and aspect.brain and aspect.network for aspect in ASPECTS)
    assert {"Locality", "Sign", "Error signal", "Bounds", "Time", "A loss"} <= {aspect.title for aspect in lab.breaks}


@pytest.mark.parametrize("text", [*(a.brain + a.network for a in ASPECTS), *(c.reason for c in CLAIMS)])
def test_no_sentence_settles_whether_the_brain_uses_backpropagation(text: str) -> None:
    assert not re.search(r"(brain|cortex)\b[^.]*\b(does|uses|use|cannot|never)\b[^.]*backprop", text, re.IGNORECASE)


def test_there_are_the_27_claims() -> None:
    assert [claim.number for claim in CLAIMS] == list(range(1, 28))
    assert len({claim.text for claim in CLAIMS}) == 27
    assert all(page.startswith("/") for claim in CLAIMS for page in claim.pages)


def test_a_verdict_needs_a_page_that_exists() -> None:
    judged = [claim for claim in CLAIMS if claim.verdict != "coming"]
    assert {claim.number for claim in judged} == {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22, 26, 27}
    for claim in judged:
        assert claim.open_pages and claim.citations
    assert all(set(claim.open_pages) <= set(OPEN_PAGES) for claim in CLAIMS)


def test_models_beside_a_network_never_make_a_claim_hold_whole() -> None:
    """The ladder's brain side is models, and which rung stands beside which is a choice."""
    for claim in CLAIMS:
        if "/feature-hierarchy" in claim.pages:
            assert claim.verdict in ("coming", "holds in part")


def test_each_reason_is_one_sentence() -> None:
    for claim in CLAIMS:
        assert claim.reason.endswith(".") and ". " not in claim.reason


def test_pages_can_read_all_this_without_torch_or_numba() -> None:
    names = ("asks", "badges", "claims", "parallels", "recordings")
    program = "import sys, importlib\n" + "".join(f"importlib.import_module('models.specs.{name}')\n" for name in names)
    program += "assert not {'torch', 'numba', 'streamlit'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
