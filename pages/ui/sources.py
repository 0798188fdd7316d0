"""The list of works at a page's foot, read from `assets/references.bib`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

BIBLIOGRAPHY = Path(__file__).parents[2] / "assets" / "references.bib"
_ENTRY = re.compile(r"@(\w+)\s*\{\s*([^,\s]+)\s*,")
_FIELD = re.compile(r"(\w+)\s*=\s*")


@dataclass(frozen=True)
class Work:
    """One published work."""

    key: str
    authors: str
    year: str
    title: str
    venue: str
    doi: str
    address: str

    @property
    def url(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else self.address

    @property
    def line(self) -> str:
        """Authors (year). Title. *Venue*. DOI, as Markdown."""
        shown = f"doi:{self.doi}" if self.doi else self.address
        where = f" *{self.venue}*." if self.venue else ""
        return f"{self.authors} ({self.year}). {self.title}.{where}" + (f" [{shown}]({self.url})" if self.url else "")


def sources(keys: Iterable[str]) -> None:
    """The works behind a page, in the order of their authors' names."""
    st.subheader("Sources", anchor=False)
    st.markdown(_listed(tuple(keys)))


@cache
def _listed(keys: tuple[str, ...]) -> str:
    known = works()
    cited = sorted((known[key] for key in keys if key in known), key=lambda work: (work.authors, work.year))
    return "\n".join(f"- {work.line}" for work in cited)


@cache
def works() -> dict[str, Work]:
    """Key → work, of the packaged bibliography; empty where there is none."""
    return parse(BIBLIOGRAPHY.read_text("utf-8")) if BIBLIOGRAPHY.exists() else {}


def parse(text: str) -> dict[str, Work]:
    """BibTeX entries of the plain kind: `field = {value}` or `field = "value"`, braces balanced."""
    found = {}
    for match in _ENTRY.finditer(text):
        if match[1].lower() not in ("comment", "string", "preamble"):
            found[match[2]] = _work(match[2], _fields(text, match.end()))
    return found


def _fields(text: str, position: int) -> dict[str, str]:
    """Fields from here to the brace that closes the entry."""
    fields: dict[str, str] = {}
    while name := _FIELD.search(text, position):
        closing = text.find("}", position)
        if -1 < closing < name.start():
            break
        value, position = _value(text, name.end())
        fields[name[1].lower()] = value
    return fields


def _value(text: str, start: int) -> tuple[str, int]:
    """The value that starts here, without its delimiters, and where it ends."""
    if text[start] == '"':
        end = text.index('"', start + 1)
        return _clean(text[start + 1 : end]), end + 1
    if text[start] != "{":
        bare = re.compile(r"[^\s,}]*").match(text, start)
        return (bare[0], bare.end()) if bare else ("", start)
    depth = 0
    for end in range(start, len(text)):
        depth += (text[end] == "{") - (text[end] == "}")
        if depth == 0:
            return _clean(text[start + 1 : end]), end + 1
    raise ValueError("a brace in the bibliography is not closed")


def _clean(value: str) -> str:
    return re.sub(r"\s+", " ", value.replace("{", "").replace("}", "").replace("--", "–").replace(r"\&", "&")).strip()


def _work(key: str, fields: dict[str, str]) -> Work:
    venue = next((fields[name] for name in ("journal", "booktitle", "publisher", "howpublished") if fields.get(name)), "")
    plain = {name: fields.get(name, "") for name in ("year", "title", "doi")}
    preprint = f"https://arxiv.org/abs/{fields['eprint']}" if "eprint" in fields else ""
    return Work(key, _authors(fields.get("author", "")), venue=venue, address=fields.get("url", preprint), **plain)


def _authors(text: str) -> str:
    """`Family, Given and Family, Given` as `Family, Family & Family`; from four on, the first `et al.`."""
    families = [name.split(",")[0].strip() if "," in name else name.split()[-1] for name in text.split(" and ") if name.strip()]
    if len(families) > 3:
        return f"{families[0]} et al."
    return " & ".join(filter(None, (", ".join(families[:-1]), families[-1] if families else "")))
