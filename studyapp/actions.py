"""Every command as data: shortcuts, tooltips and the F1 sheet are built from this one table.

Knows no page and no window. A page adds its commands in a block of `ACTIONS` headed with its
name, and in its constructor says what they do:

    actions.bind(self, "lab", {"lab.train": self._on_train, "lab.step": self._on_step})
    button.setToolTip(actions.tip("lab.train"))      # "Train or pause (Space)"

`bind` wants a slot for each command of its scope, no more and no fewer, so that the sheet
never lists a key that does nothing. The keys of a page work wherever the focus is in the
window, while that page is on screen; letters and digits still go to a text box that has the
focus. Space and Enter press the focused button, if one has the focus, before they do ours;
the chosen one of a group cannot be pressed, so there the key is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

EVERYWHERE = "everywhere"
PRESSING = frozenset({"Space", "Return", "Enter"})


@dataclass(frozen=True, slots=True)
class Action:
    """One command.

    Attributes:
        id: "scope.name"; for ever the same.
        text: what it does, as on a menu: "Train or pause".
        keys: portable key texts; the first is the one that tooltips name. Any of them does it.
        where: EVERYWHERE or the id of a page.
        by_widget: the focused widget does it by itself (arrow keys in a list): the sheet lists
            it, nobody binds it.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    where: str
    by_widget: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("page.home", "Home", ("Ctrl+1",), EVERYWHERE),
    Action("page.notes", "Notes", ("Ctrl+2",), EVERYWHERE),
    Action("page.lab", "Lab", ("Ctrl+3",), EVERYWHERE),
    Action("page.derive", "Derive", ("Ctrl+4",), EVERYWHERE),
    Action("page.cards", "Cards", ("Ctrl+5",), EVERYWHERE),
    Action("page.quiz", "Quiz", ("Ctrl+6",), EVERYWHERE),
    Action("window.search", "Search everything; commands after >", ("Ctrl+K",), EVERYWHERE),
    Action("window.back", "Back to the page before", ("Alt+Left",), EVERYWHERE),
    Action("window.theme", "Next colour scheme: system, light, dark", ("Ctrl+Shift+L",), EVERYWHERE),
    Action("window.full_screen", "Full screen, and back", ("F11",), EVERYWHERE),
    Action("window.shortcuts", "Show all shortcuts", ("F1",), EVERYWHERE),
    Action("window.quit", "Quit", ("Ctrl+Q",), EVERYWHERE),
    # home
    Action("home.review", "Start the review", ("Ctrl+Return",), "home"),
    Action("home.formula", "Open the note of the formula of the day", ("Ctrl+O",), "home"),
    # notes
    Action("notes.find", "Find on this page", ("Ctrl+F",), "notes"),
    Action("notes.find_next", "Next place found", ("F3", "Ctrl+G"), "notes"),
    Action("notes.find_before", "Place found before", ("Shift+F3", "Ctrl+Shift+G"), "notes"),
    Action("notes.filter", "Filter the notes, the words, the formulas", ("Ctrl+L",), "notes"),
    Action("notes.next", "Next page", ("Alt+Down", "Ctrl+PgDown"), "notes"),
    Action("notes.before", "Page before", ("Alt+Up", "Ctrl+PgUp"), "notes"),
    Action("notes.fold", "Fold all units, or unfold them", ("Alt+U",), "notes"),
    Action("notes.read", "Mark this note as read, or not", ("Ctrl+D",), "notes"),
    Action("notes.test", "Test me on this page", ("Ctrl+T",), "notes"),
    Action("notes.print", "Print this page, or save it as PDF", ("Ctrl+P",), "notes"),
    Action("notes.larger", "Larger text", ("Ctrl++", "Ctrl+="), "notes"),
    Action("notes.smaller", "Smaller text", ("Ctrl+-",), "notes"),
    Action("notes.normal", "Text as it was at first", ("Ctrl+0",), "notes"),
    Action("notes.move", "Move through the notes", ("Up", "Down"), "notes", by_widget=True),
    Action("notes.unit", "Fold, unfold a unit", ("Left", "Right"), "notes", by_widget=True),
    Action(
        "notes.link",
        "To the next link or explained word; go there",
        ("Tab", "Return"),
        "notes",
        by_widget=True,
    ),
    # lab
    Action("lab.train", "Train or pause", ("Space",), "lab"),
    Action("lab.step", "One training step", (".",), "lab"),
    Action("lab.ten", "Ten training steps", ("Shift+.",), "lab"),
    Action("lab.back", "Undo one training step", (",",), "lab"),
    Action("lab.back_ten", "Undo ten training steps", ("Shift+,",), "lab"),
    Action("lab.branch", "Branch: keep this run, go on in a second one", ("B",), "lab"),
    Action("lab.reset", "Reset: a new run from the seed", ("R",), "lab"),
    Action("lab.presets", "Choose a ready-made run", ("Ctrl+L",), "lab"),
    Action("lab.compare", "The second run of a preset, or the first again", ("C",), "lab"),
    Action("lab.inside", "Cell, its picture, or everything that was computed", ("E",), "lab"),
    Action("lab.save", "Save this run", ("Ctrl+S",), "lab"),
    Action("lab.open", "Open a saved run", ("Ctrl+O",), "lab"),
    Action("lab.export", "Export the network to PyTorch", ("Ctrl+E",), "lab"),
    Action("lab.sample", "Let the network write again", ("S",), "lab"),
    Action("lab.seed", "Draw another seed", ("D",), "lab"),
    Action(
        "lab.time",
        "Time step before, next, first, last",
        ("Left", "Right", "Home", "End"),
        "lab",
        by_widget=True,
    ),
    Action("lab.curve", "Loss curve: closer, farther, whole run", ("+", "-", "A"), "lab", by_widget=True),
    Action("lab.scrub", "In the scrubber: a tenth of the run", ("PgUp", "PgDown"), "lab", by_widget=True),
    Action("lab.unit", "Hidden unit before, next", ("Up", "Down"), "lab", by_widget=True),
    # derive
    Action("derive.derive", "Derive", ("Ctrl+Return",), "derive"),
    Action("derive.field", "Go to the formula, the code, or the time steps", ("Ctrl+L",), "derive"),
    Action("derive.leave", "Leave the field: keys read the steps", ("Esc",), "derive", by_widget=True),
    Action("derive.one", "One line at a time, or all", ("O",), "derive"),
    Action("derive.next", "Next line", ("Right", "N"), "derive"),
    Action("derive.previous", "Line before", ("Left",), "derive"),
    Action("derive.all", "Show all lines", ("A",), "derive"),
    Action("derive.finer", "Tell it more finely: each rule by itself", ("+", "="), "derive"),
    Action("derive.coarser", "Tell it more roughly: only the main lines", ("-",), "derive"),
    Action("derive.news", "Colour what is new in each line", ("H",), "derive"),
    Action("derive.numbers", "The value of each line at the shown numbers", ("V",), "derive"),
    Action("derive.earlier", "Numbers of one time step earlier", (",",), "derive"),
    Action("derive.later", "Numbers of one time step later", (".",), "derive"),
    Action("derive.unfold", "This line once for each of its times, and back", ("U",), "derive"),
    Action("derive.view", "Matrices, one unit, both", ("M",), "derive"),
    Action("derive.dice", "Draw other numbers", ("D",), "derive"),
    Action("derive.lab", "Put in the Lab's current weights", ("L",), "derive"),
    Action("derive.mode", "Read, check my working, fill the gaps", ("W",), "derive"),
    Action("derive.kind", "Growth: compare two, sort a list, grade a bound", ("G",), "derive"),
    Action("derive.open", "Open a file of Python", ("Ctrl+O",), "derive"),
    Action("derive.case", "Worst case, best case", ("B",), "derive"),
    Action("derive.method", "Tell it by the next method that applies", ("S",), "derive"),
    Action("derive.picture", "Calls, tree, plot, table", ("P",), "derive"),
    Action("derive.larger", "Show the pictures larger", ("E",), "derive"),
    Action("derive.call_next", "Calls: one moment on", ("]",), "derive"),
    Action("derive.call_back", "Calls: one moment back", ("[",), "derive"),
    Action("derive.merge", "Calls: as a tree, or the same calls once", ("T",), "derive"),
    Action("derive.log_x", "Plot: logarithmic scale of n", ("X",), "derive"),
    Action("derive.log_y", "Plot: logarithmic scale of the count", ("Y",), "derive"),
    Action("derive.families", "Plot: families of growth", ("F",), "derive"),
    Action("derive.copy", "Copy the whole derivation as LaTeX", ("Ctrl+Shift+C",), "derive"),
    Action("derive.export", "Save the derivation as Markdown", ("Ctrl+S",), "derive"),
    Action("derive.paper", "Save the derivation as PDF", ("Ctrl+P",), "derive"),
    Action(
        "derive.rows",
        "Line above, below; in the field: what was entered before",
        ("Up", "Down"),
        "derive",
        by_widget=True,
    ),
    Action("derive.fold", "Why this line: open or fold", ("Space", "Return"), "derive", by_widget=True),
    Action("derive.copy_line", "Copy this line as LaTeX", ("Ctrl+C",), "derive", by_widget=True),
    Action(
        "derive.wide",
        "Scroll a line that is too wide",
        ("Shift+Left", "Shift+Right"),
        "derive",
        by_widget=True,
    ),
    # cards
    Action("cards.turn", "Show the answer", ("Space", "Return"), "cards"),
    Action("cards.again", "Again: I did not know it", ("1",), "cards"),
    Action("cards.hard", "Hard", ("2",), "cards"),
    Action("cards.good", "Good", ("3",), "cards"),
    Action("cards.easy", "Easy", ("4",), "cards"),
    Action("cards.undo", "Take the last answer back", ("Z", "Ctrl+Z"), "cards"),
    Action("cards.note", "Open the note of this card", ("Ctrl+O",), "cards"),
    # quiz
    Action("quiz.go", "Start, check the answer, go on", ("Return", "Enter"), "quiz"),
    *(Action(f"quiz.option{key}", f"Choose option {key}", (str(key),), "quiz") for key in range(1, 7)),
    Action("quiz.note", "Open the note of this question; the quiz waits", ("Ctrl+O",), "quiz"),
)


def find(action_id: str) -> Action:
    """The action called `action_id`; KeyError names it when there is none."""
    for action in ACTIONS:
        if action.id == action_id:
            return action
    raise KeyError(f"no action {action_id!r} in studyapp/actions.py")


def of(where: str) -> tuple[Action, ...]:
    """All actions of a scope, in the order of the table."""
    return tuple(action for action in ACTIONS if action.where == where)


def key_text(key: str) -> str:
    """A portable key text as this system writes it: "Ctrl+1", or the Mac's signs."""
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def tip(action_id: str) -> str:
    """What the action does and its first key, for a tooltip."""
    action = find(action_id)
    return f"{action.text} ({key_text(action.keys[0])})" if action.keys else action.text


def lines(where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(text, keys) of each command of a scope, for the sheet; Return and Enter are one key there."""
    return tuple((a.text, tuple(dict.fromkeys(map(key_text, a.keys)))) for a in of(where))


def bind(widget: QWidget, where: str, slots: Mapping[str, Callable[[], object]]) -> None:
    """Let the keys of scope `where` call `slots` while `widget` is on screen.

    Raises:
        ValueError: a command of the scope has no slot, or a slot no command.
    """
    wanted = {action.id for action in of(where) if not action.by_widget}
    if wanted != set(slots):
        unbound, unknown = sorted(wanted - set(slots)), sorted(set(slots) - wanted)
        raise ValueError(f"scope {where!r}: without a slot {unbound}, not in the table {unknown}")
    for action_id, slot in slots.items():
        for key in find(action_id).keys:
            _Binding(widget, action_id, key, slot)


def do(widget: QWidget, action_id: str) -> bool:
    """What the key of this action does, on `widget` that bound it; False where nobody did."""
    for binding in widget.findChildren(_Binding, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if binding.action_id == action_id:
            binding.do()
            return True
    return False


class _Binding(QObject):
    """One key of one widget; lives as long as the widget."""

    def __init__(self, widget: QWidget, action_id: str, key: str, slot: Callable[[], object]) -> None:
        super().__init__(widget)
        self.action_id = action_id
        self._slot = slot
        self._key = key
        sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
        shortcut = QShortcut(sequence, widget, context=Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(key in ("Ctrl++", "Ctrl+=", "Ctrl+-"))
        shortcut.activated.connect(self._on_activated)

    def do(self) -> None:
        """Whatever has the focus."""
        self._slot()

    def _presses(self, focused: QWidget | None) -> TypeGuard[QAbstractButton]:
        """Whether the key is the focused button's own; Enter is not for what is ticked, as in any form."""
        if not isinstance(focused, QAbstractButton) or not focused.isEnabled():
            return False
        group = focused.group()
        if focused.isChecked() and (focused.autoExclusive() or (group is not None and group.exclusive())):
            return False
        return self._key == "Space" or (self._key in PRESSING and not focused.isCheckable())

    def _on_activated(self) -> None:
        focused = QApplication.focusWidget()
        if self._presses(focused):
            focused.click()
        else:
            self._slot()
