"""LabFiles: saving, opening and exporting a run through the system's dialogs. Knows no page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.messages import Written
from studyapp.trainer import Trainer

SUFFIX = "run"
WANTED = f"Runs (*.{SUFFIX})"
NO_RUN = "There is no run yet. Press Reset to build one, then save it."


class LabFiles(QObject):
    """Asks for a place, then tells the trainer.

    `tell` is given a sentence for the user; `opening` is called before a run is loaded.
    """

    def __init__(
        self, window: QWidget, trainer: Trainer, tell: Callable[[str], object], opening: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._window, self._trainer, self._tell, self._opening = window, trainer, tell, opening
        trainer.written.connect(self._on_written)

    def save(self) -> None:
        """Ask where the run is to be kept."""
        if self._has_run():
            dialog = QFileDialog(self._window, "Save this run", f"lab.{SUFFIX}", WANTED)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(SUFFIX)
            self._ask(dialog, self._trainer.save)

    def open(self) -> None:
        """Ask for a kept run."""
        dialog = QFileDialog(self._window, "Open a run", "", f"{WANTED};;All files (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(dialog, self.load)

    def export(self) -> None:
        """Ask for the folder of the PyTorch script."""
        if self._has_run():
            dialog = QFileDialog(self._window, "Export to PyTorch: choose a folder")
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            self._ask(dialog, self._trainer.export)

    def load(self, path: str) -> None:
        """Go on with the run in the file `path`."""
        self._opening()
        self._trainer.load(path)

    def _ask(self, dialog: QFileDialog, deed: Callable[[str], object]) -> None:
        dialog.fileSelected.connect(deed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _has_run(self) -> bool:
        if not self._trainer.has_run:
            self._tell(NO_RUN)
        return self._trainer.has_run

    def _on_written(self, event: Written) -> None:
        self._tell(f"The {event.what} was written: {event.path}")
