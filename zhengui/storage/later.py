"""Modules that SQLAlchemy imports for drivers which nothing here uses: they are read once somebody asks them for a name.

Half of what importing SQLAlchemy takes on Windows is asyncio and the list of installed packages. The standard library's
`importlib.util.LazyLoader` reads a module as soon as it is imported a second time, so it would put nothing off.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.util import find_spec, module_from_spec
from inspect import iscoroutine
from threading import RLock
from types import ModuleType

#: What SQLAlchemy 2.1 imports and doesn't use where a driver is neither asynchronous nor found by its entry point, each
#: with the names that it takes out of it while it is imported.
UNUSED: dict[str, dict[str, object]] = {"asyncio": {"iscoroutine": iscoroutine}, "importlib.metadata": {}}

_lock = RLock()


class _Later(ModuleType):
    """A module that is read when a name is asked of it that it doesn't hold yet."""

    def __getattr__(self, name: str) -> object:
        with _lock:
            spec = self.__spec__
            if not vars(self).pop("_unread", False) or spec is None or spec.loader is None:
                # Read meanwhile by another thread, or being read by this one.
                return super().__getattribute__(name)
            spec.loader.exec_module(self)
            return getattr(self, name)


def put_off(modules: Mapping[str, Mapping[str, object]]) -> None:
    """Let modules that were not imported yet be read when they are used; what is given of each stands in until then."""
    for name, held in modules.items():
        spec = find_spec(name) if name not in sys.modules else None
        if spec is not None:
            made = module_from_spec(spec)
            made.__class__ = _Later
            vars(made).update(held, _unread=True)
            sys.modules[name] = made
