"""What SQLAlchemy hands out, where the type of a value hangs on the catalogue and is only known as the program runs."""

from __future__ import annotations

from typing import Any, TypeAlias

import sqlalchemy as sa

#: A connection within its one transaction, as services hand it on.
Connection: TypeAlias = sa.Connection
#: A column, or what is reckoned from columns.
Column: TypeAlias = sa.ColumnElement[Any]
#: A query for rows of any shape.
Query: TypeAlias = sa.Select[Any]
