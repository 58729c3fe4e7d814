"""Measure a PDF against GB/T 9704-2012, rule by rule, from what is on its pages."""

from zhengui.reports.inspect.checker import inspect_pdf
from zhengui.reports.inspect.verdict import Verdict

__all__ = ["Verdict", "inspect_pdf"]
