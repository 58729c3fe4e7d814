"""The printed page after GB/T 9704-2012: paragraphs become lines, lines pages, pages a PDF."""

from zhengui.reports.gb9704.characters import MissingCharacter, check_characters
from zhengui.reports.gb9704.drawing import Spot
from zhengui.reports.gb9704.faces import clean
from zhengui.reports.gb9704.links import linked
from zhengui.reports.gb9704.read_back import Drawn, Lines, NotOurs, ReadGlyphs, ReadImage, read_back
from zhengui.reports.gb9704.render import Rendered, render

__all__ = [
    "Drawn",
    "Lines",
    "MissingCharacter",
    "NotOurs",
    "ReadGlyphs",
    "ReadImage",
    "Rendered",
    "Spot",
    "check_characters",
    "clean",
    "linked",
    "read_back",
    "render",
]
