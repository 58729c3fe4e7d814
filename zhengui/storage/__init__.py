"""The township's one encrypted file; the only package that knows SQL."""

from zhengui.storage import later

# Before the first import of SQLAlchemy anywhere in the program.
later.put_off(later.UNUSED)
