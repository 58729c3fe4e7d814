"""Which editor a field gets."""

from __future__ import annotations

from collections.abc import Callable

from zhengui.catalogue.model import REFERENCE_TYPES, Field, FieldType
from zhengui.gui.fields.attachments import AttachmentEditor
from zhengui.gui.fields.choice import ChoiceEditor, ChoicesEditor
from zhengui.gui.fields.context import EditorContext
from zhengui.gui.fields.dates import DateEditor, MonthEditor, YearEditor
from zhengui.gui.fields.field_editor import FieldEditor
from zhengui.gui.fields.number import NumberEditor
from zhengui.gui.fields.personal import PersonalEditor
from zhengui.gui.fields.reference import IndicatorEditor, ReferenceEditor
from zhengui.gui.fields.several_references import SeveralReferencesEditor
from zhengui.gui.fields.text import LongTextEditor, TextEditor
from zhengui.gui.fields.yes_no import YesNoEditor

EDITORS: dict[FieldType, Callable[[Field, EditorContext], FieldEditor]] = {
    FieldType.TEXT: TextEditor,
    FieldType.LONG_TEXT: LongTextEditor,
    FieldType.INTEGER: NumberEditor,
    FieldType.DECIMAL: NumberEditor,
    FieldType.MONEY: NumberEditor,
    FieldType.DATE: DateEditor,
    FieldType.MONTH: MonthEditor,
    FieldType.YEAR: YearEditor,
    FieldType.CHOICE: ChoiceEditor,
    FieldType.CHOICES: ChoicesEditor,
    FieldType.YES_NO: YesNoEditor,
    FieldType.INDICATOR: IndicatorEditor,
    FieldType.ID_NUMBER: PersonalEditor,
    FieldType.PHONE: PersonalEditor,
    FieldType.ATTACHMENT: AttachmentEditor,
    **dict.fromkeys(REFERENCE_TYPES, ReferenceEditor),
}


def editor_for(field: Field, context: EditorContext) -> FieldEditor:
    """An editor for the field."""
    if field.names_several:
        return SeveralReferencesEditor(field, context)
    return EDITORS[field.type](field, context)
