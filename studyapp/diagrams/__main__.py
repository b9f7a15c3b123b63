"""python -m studyapp.diagrams ID --theme dark --png FILE [--svg FILE] [--width W] paints a picture."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def main(words: list[str] | None = None) -> int:
    options = _options(words)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from content.course_files import Unreadable
    from content.diagram_reader import shipped_diagram, shipped_diagram_ids
    from studyapp.theme import DARK, LIGHT, dress

    app = QApplication.instance() or QApplication(sys.argv[:1])
    if isinstance(app, QApplication):
        dress(app)
    try:
        diagram = shipped_diagram(options.id)
    except KeyError:
        sys.stderr.write(
            f"There is no picture {options.id!r}; there are {', '.join(shipped_diagram_ids())}.\n"
        )
        return 2
    except (ValueError, Unreadable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _write(diagram, DARK if options.theme == "dark" else LIGHT, options)
    return 0


def _options(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m studyapp.diagrams", description=__doc__)
    parser.add_argument("id", help="for example lstm-cell")
    parser.add_argument("--theme", choices=("dark", "light"), default="light")
    parser.add_argument("--png", type=Path, help="file to write")
    parser.add_argument("--svg", type=Path, help="file to write")
    parser.add_argument("--width", type=int, default=0, help="pixels; 40 a cell unless given")
    parser.add_argument("--front", default="", help="a part that is looked at")
    parser.add_argument("--blanks", action="store_true", help="as a labelling card, all labels hidden")
    return parser.parse_args(words)


def _write(diagram: object, colours: object, options: argparse.Namespace) -> None:
    from content.diagram import Diagram
    from studyapp.diagrams.export import image_of
    from studyapp.diagrams.palette import Palette
    from studyapp.diagrams.picture import CURRENT, HIDDEN, Look, Picture
    from studyapp.diagrams.svg import svg_of
    from studyapp.theme import Colours

    assert isinstance(diagram, Diagram)  # noqa: S101 - for the type checker
    assert isinstance(colours, Colours)  # noqa: S101 - for the type checker
    picture, palette = Picture(diagram), Palette(colours)
    blanks = {
        part.id: (number, CURRENT if number == 1 else HIDDEN)
        for number, part in enumerate(diagram.asked if options.blanks else (), 1)
    }
    if options.png:
        width = options.width or round(picture.size.width())
        image_of(picture, palette, width, look=Look(options.front, blanks)).save(str(options.png))
    if options.svg:
        options.svg.write_text(svg_of(picture, palette), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
