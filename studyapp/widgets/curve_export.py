"""CurveExport: the loss curve as a picture or as numbers, in a file or on the clipboard.

Knows the curve only as what is exported.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QByteArray, QObject, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from studyapp.losses import LossHistory

SHARPER = 2  # pixels of a picture to a pixel on screen
KINDS = (  # suffix, what the menu calls it, filter of the file dialog
    ("png", "Picture (PNG)…", "Pictures (*.png)"),
    ("svg", "Drawing (SVG)…", "Drawings (*.svg)"),
    ("csv", "Numbers (CSV)…", "Tables (*.csv)"),
)
COLUMNS = ("first step", "last step", "mean loss", "lowest loss", "highest loss")


class Exported(Protocol):
    """What is needed of the curve."""

    item: pg.PlotItem

    @property
    def history(self) -> LossHistory: ...


class CurveExport(QObject):
    """Fills a menu and does what is chosen there."""

    def __init__(self, curve: Exported, window: QWidget) -> None:
        """`window` is what dialogs belong to: `curve` itself or what holds it."""
        super().__init__(window)
        self._curve, self._window = curve, window

    def fill(self, menu: QMenu) -> None:
        """Add what can be exported to `menu`."""
        export = menu.addMenu("Export")
        for suffix, words, wanted in KINDS:
            export.addAction(words, partial(self.ask, suffix, wanted))
        menu.addAction("Copy picture", self.copy)

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        self._picture().export(copy=True)

    def save(self, file: Path) -> None:
        """Write `file` in the kind of its suffix.

        Raises:
            OSError: it cannot be written.
        """
        writers: dict[str, Callable[[Path], None]] = {".svg": self._save_drawing, ".csv": self._save_numbers}
        writers.get(file.suffix.lower(), self._save_picture)(file)

    def ask(self, suffix: str, wanted: str) -> None:
        """Let the user choose a file ending in `suffix`, then write it."""
        dialog = QFileDialog(self._window, "Export the loss curve", f"loss.{suffix}", wanted)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file(self, name: str) -> None:
        try:
            self.save(Path(name))
        except OSError as error:
            words = f"{name} could not be written: {error.strerror or error}. Choose another place."
            QMessageBox.warning(self._window, "Export", words)

    def _picture(self) -> pg.exporters.ImageExporter:
        from pyqtgraph.exporters import ImageExporter

        exporter = ImageExporter(self._curve.item)
        exporter.parameters()["width"] = round(self._curve.item.width() * SHARPER)
        return exporter

    def _save_picture(self, file: Path) -> None:
        with file.open("wb"):  # so that what is wrong has a name
            pass
        if not self._picture().export(str(file)):
            raise OSError(None, "the picture cannot be stored there")

    def _save_drawing(self, file: Path) -> None:
        """By Qt: pyqtgraph's own exporter stumbles over filled areas (0.14)."""
        from PySide6.QtSvg import QSvgGenerator

        seen = self._curve.item.sceneBoundingRect()
        drawing = QByteArray()
        buffer = QBuffer(drawing)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(self._curve.item.scene().views()[0].logicalDpiX())
        generator.setSize(seen.size().toSize())
        generator.setViewBox(QRectF(QPointF(), seen.size()))
        generator.setTitle("Loss curve")
        painter = QPainter(generator)
        painter.fillRect(generator.viewBoxF(), self._curve.item.scene().views()[0].backgroundBrush())
        self._curve.item.scene().render(painter, generator.viewBoxF(), seen)
        painter.end()
        file.write_bytes(drawing.data())

    def _save_numbers(self, file: Path) -> None:
        """Everything that is known of the run, not only what is in the picture."""
        with file.open("w", newline="", encoding="utf-8") as stream:
            table = csv.writer(stream)
            table.writerow(COLUMNS)
            for r in self._curve.history.readings():
                table.writerow((r.first, r.last, r.mean, r.low, r.high))
