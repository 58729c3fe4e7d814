"""The township's one encrypted file; the only package that knows SQL."""

from zhengui.storage import later, no_shell

# Before the first import of SQLAlchemy anywhere in the program.
later.put_off(later.UNUSED)
no_shell.ask_no_shell()
