"""Every page of the site, in the order of the navigation. Pages not written yet are left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_EXPERIMENTS = Path(__file__).parent / "experiments"


@dataclass(frozen=True)
class Page:
    """A page's address, its place in the navigation, and what Home's card says of it."""

    slug: str
    title: str
    chapter: str
    icon: str
    file: str
    question: str

    @property
    def path(self) -> Path:
        return _EXPERIMENTS / self.file

    @property
    def is_home(self) -> bool:
        return not self.slug


_PLANNED: tuple[Page, ...] = (
    Page("", "Home", "", ":material/home:", "home.py", "What can a brain and a network show each other?"),
    Page(
        "gradient-flow",
        "Gradient flow",
        "Learning",
        ":material/timeline:",
        "gradient_flow.py",
        "How does an error find the weight that caused it?",
    ),
    Page(
        "synapse",
        "Synapse",
        "Learning",
        ":material/hub:",
        "synapse.py",
        "What makes a synapse stronger, and what a weight?",
    ),
    Page(
        "learning-rules",
        "Learning rules",
        "Learning",
        ":material/account_tree:",
        "learning_rules.py",
        "What does each synapse have to be told?",
    ),
    Page(
        "feature-hierarchy",
        "Feature hierarchy",
        "Seeing",
        ":material/visibility:",
        "feature_hierarchy.py",
        "What does each stage of seeing keep?",
    ),
    Page(
        "live-convnet",
        "Live convnet",
        "Seeing",
        ":material/grid_on:",
        "live_convnet.py",
        "What does a filter learn to look for?",
    ),
    Page(
        "unit-physiology",
        "Unit physiology",
        "Seeing",
        ":material/monitor_heart:",
        "unit_physiology.py",
        "What would a neurophysiologist find in one unit?",
    ),
    Page(
        "perception",
        "Perception",
        "Seeing",
        ":material/contrast:",
        "perception.py",
        "How do light, noise and context change what is seen?",
    ),
    Page(
        "glossary",
        "Glossary",
        "Reference",
        ":material/menu_book:",
        "glossary.py",
        "What does each word mean, and in which of the two fields?",
    ),
)

PAGES: tuple[Page, ...] = tuple(page for page in _PLANNED if page.path.exists())


def chapters() -> dict[str, list[Page]]:
    """Chapter → its pages; Home's chapter is the empty text."""
    found: dict[str, list[Page]] = {}
    for page in PAGES:
        found.setdefault(page.chapter, []).append(page)
    return found
