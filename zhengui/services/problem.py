"""What can stop a service, in words for the person at the keyboard; the window and the command line catch these."""

from __future__ import annotations

from zhengui.exchange.problem import Cancelled, ExchangeProblem
from zhengui.storage.problem import NewerFile, RecordChanged, RecordMissing, StorageProblem

__all__ = ["Cancelled", "ExchangeProblem", "NewerFile", "RecordChanged", "RecordMissing", "StorageProblem"]
