"""Items of lists that are nothing but a formula: in rows, it hangs from its number. Knows documents."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from studyapp.mathtext.blocks import list_of
from studyapp.mathtext.mathobject import TYPE, MathObject


def hang_formulas(document: QTextDocument, maths: MathObject) -> None:
    """Qt sets the number on the baseline of the line: that is to be the one of the first row, not of the
    last. Needed once more when `maths.width` has changed.
    """
    block = document.begin()
    while block.isValid():
        if block.length() == 2 and list_of(block) is not None:  # one sign, and the end of the block
            _hang(block, maths)
        block = block.next()


def _hang(block: QTextBlock, maths: MathObject) -> None:
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
    form: QTextCharFormat = cursor.charFormat()
    if form.objectType() == TYPE:
        hung = maths.hung(form, block)
        if hung != form:
            cursor.setCharFormat(hung)
