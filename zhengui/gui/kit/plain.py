"""Plain text where Qt would read markup: a name like <img src=…> is shown, never obeyed.

Qt guesses whether a tool tip is rich text, and then opens the files it names. Whatever isn't written in the program
itself goes through `plain`; a label is made by `labels.label`, which takes plain text only.
"""

from __future__ import annotations


def plain(text: str) -> str:
    """The text so that Qt shows it character by character: left alone where it can hold no markup."""
    if "<" not in text and "&" not in text:
        return text
    import html  # its table of names would cost the start a hundredth of a second

    return f"<qt>{html.escape(text, quote=False)}</qt>".replace("\n", "<br>")
