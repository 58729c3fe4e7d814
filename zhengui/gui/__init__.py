"""The window: shows values, asks services, and is the only package that knows Qt."""

import builtins

import PySide6.QtCore  # noqa: F401 - what it does to imports is undone below

# PySide reads the source of every module that is imported after it, to find those that ask for Qt's names in another
# spelling. None here does, and for a start that reading was a sixth of the work.
_plain = getattr(builtins, "__orig_import__", None)
if _plain is not None:
    builtins.__import__ = _plain
