"""The document for Word and WPS: the same page with real styles, so that it can be edited."""

from zhengui.reports.word.write import word_bytes

__all__ = ["word_bytes"]
