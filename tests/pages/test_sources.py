"""The bibliography as read from BibTeX."""

from __future__ import annotations

from models.specs.claims import CLAIMS
from models.specs.parallels import PARALLELS
from pages.ui.sources import parse, works

TEXT = """
@comment{ignored, title = {No}}
@article{first2001,
  author = {Bi, Guo-qiang and Poo, Mu-ming},
  title = {Synaptic {Hebb} & all},
  journal = "Annual Review",
  year = 2001, pages = {139--166},
  doi = {10.1146/annurev.neuro.24.1.139}
}
@inproceedings{many, author={A, B and C, D and E, F and G, H}, title={On, {nested {braces}}}, year={1999}, booktitle={Proceedings}, url={https://example.org}}
"""


def test_fields_names_and_braces():
    found = parse(TEXT)
    assert set(found) == {"first2001", "many"}
    assert found["first2001"].line == (
        "Bi & Poo (2001). Synaptic Hebb & all. *Annual Review*. [doi:10.1146/annurev.neuro.24.1.139](https://doi.org/10.1146/annurev.neuro.24.1.139)"
    )
    assert found["many"].line == "A et al. (1999). On, nested braces. *Proceedings*. [https://example.org](https://example.org)"


def test_every_packaged_work_can_be_read_and_opened():
    for work in works().values():
        assert work.authors and work.year and work.title, work.key
        assert work.url.startswith("https://"), work.key


def test_every_citation_is_in_the_bibliography():
    cited = {key for claim in CLAIMS for key in claim.citations}
    cited |= {key for parallels in PARALLELS.values() for aspect in (*parallels.holds, *parallels.breaks) for key in aspect.citations}
    assert cited <= set(works())
