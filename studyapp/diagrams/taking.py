"""Taking: a picture on the clipboard or in a file. Knows the picture only as what is taken along."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from studyapp.diagrams.export import image_of
from studyapp.diagrams.palette import Palette
from studyapp.diagrams.picture import Picture
from studyapp.diagrams.svg import svg_of
from studyapp.theme import Theme

_SHARPER = 2  # pixels of a copy to a unit
_KINDS = (("svg", "Save as SVG…", "Drawings (*.svg)"), ("png", "Save as PNG…", "Pictures (*.png)"))


class Taking(QObject):
    """What can be done with a picture, whoever shows it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """`window` is what dialogs belong to."""
        super().__init__(window)
        self._theme, self._window = theme, window

    def fill(self, menu: QMenu, picture: Picture) -> None:
        """Add what there is to `menu`."""
        menu.addAction("Copy", partial(self.copy, picture))
        for suffix, words, wanted in _KINDS:
            menu.addAction(words, partial(self.ask, picture, suffix, wanted))

    def copy(self, picture: Picture) -> None:
        """Put it on the clipboard, as pixels and as SVG."""
        data = QMimeData()
        palette = self._palette()
        data.setImageData(image_of(picture, palette, round(picture.size.width() * _SHARPER)))
        data.setData("image/svg+xml", svg_of(picture, palette).encode())
        QGuiApplication.clipboard().setMimeData(data)

    def save(self, picture: Picture, file: Path) -> None:
        """Write `file` in the kind of its suffix.

        Raises:
            OSError: it cannot be written.
        """
        if file.suffix.lower() == ".svg":
            file.write_text(svg_of(picture, self._palette()), encoding="utf-8")
            return
        with file.open("wb"):  # so that what is wrong has a name
            pass
        if not image_of(picture, self._palette(), round(picture.size.width() * _SHARPER)).save(str(file)):
            raise OSError(None, "the picture cannot be stored there")

    def ask(self, picture: Picture, suffix: str = "svg", wanted: str = "Drawings (*.svg)") -> None:
        """Let the user choose a file ending in `suffix`, then write it."""
        name = f"{picture.diagram.id}.{suffix}"
        dialog = QFileDialog(self._window, "Save the picture", name, wanted)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(partial(self._on_file, picture))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file(self, picture: Picture, name: str) -> None:
        try:
            self.save(picture, Path(name))
        except OSError as error:
            words = f"{name} could not be written: {error.strerror or error}. Choose another place."
            QMessageBox.warning(self._window, "Save the picture", words)

    def _palette(self) -> Palette:
        return Palette(self._theme.colours)
