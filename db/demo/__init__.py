"""The demo township 云岭镇: invented people, villages and three years of work, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator

from db.demo.pictures import Picture
from db.demo.township import Batch, Demo
from zhengui.catalogue.model import Catalogue

__all__ = ["Batch", "Demo", "Picture", "generate", "pictures", "zero_reports"]


def generate(catalogue: Catalogue, scale: float = 1.0, seed: int = 2021) -> Iterator[Batch]:
    """Every record of the township, about 42,000 × scale, in batches of at most 5,000."""
    yield from Demo(catalogue, scale, seed).batches()


def zero_reports(
    catalogue: Catalogue, scale: float = 1.0, seed: int = 2021
) -> Iterator[tuple[str, int | None, int]]:
    """Ledger, village (None: the township) and month (yyyymm) of every zero report."""
    yield from Demo(catalogue, scale, seed).zero_reports()


def pictures(catalogue: Catalogue, scale: float = 1.0, seed: int = 2021) -> Iterator[Picture]:
    """Sketches for some thirty records."""
    yield from Demo(catalogue, scale, seed).pictures()
