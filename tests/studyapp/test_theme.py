"""Colours: contrast by WCAG's own formula, every rule filled in, and a switch that leaves nothing behind."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studyapp import assets, theme
from studyapp.theme import DARK, LIGHT, Colours, Theme, contrast, style_sheet

ROOT = Path(__file__).resolve().parents[2]
TABLES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
TEXT_ON = [  # (ink, ground): every pair that the style sheet or a page puts together
    *(
        ("text", ground)
        for ground in ("bg", "rail", "card", "raised", "code", "hover", "field", "accent_soft")
    ),
    *(("muted", ground) for ground in ("bg", "rail", "card", "raised", "hover", "field")),
    *(("accent", ground) for ground in ("bg", "card", "raised", "accent_soft", "hover")),
    *((ink, ground) for ink in ("good", "warn", "bad") for ground in ("bg", "card", "raised")),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("bg", "text"),
]


def relative_luminance(colour: str) -> float:
    """WCAG 2.1, from the hexadecimal digits: an implementation that shares nothing with ours."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def wcag(one: str, other: str) -> float:
    bright, dim = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@TABLES
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_can_be_read(colours: Colours, ink: str, ground: str) -> None:
    ratio = wcag(getattr(colours, ink), getattr(colours, ground))
    assert ratio >= 4.5, f"{ink} on {ground}: {ratio:.2f}"
    assert ratio == pytest.approx(contrast(getattr(colours, ink), getattr(colours, ground)), rel=1e-3)


@TABLES
def test_what_can_be_ticked_and_what_is_drawn_stands_out(colours: Colours) -> None:
    for ground in (colours.card, colours.bg, colours.field):
        assert wcag(colours.outline, ground) >= 3, ground
        assert wcag(colours.accent, ground) >= 3, ground
    for series in colours.series:
        assert wcag(series, colours.card) >= 3, series


@TABLES
def test_every_colour_is_six_hexadecimal_digits(colours: Colours) -> None:
    for field in fields(colours):
        value = getattr(colours, field.name)
        for one in (value,) if isinstance(value, str) else value:
            assert re.fullmatch("#[0-9a-f]{6}", one), field.name


@TABLES
def test_every_name_of_the_style_sheet_is_filled_in(colours: Colours, qapp: QApplication) -> None:
    sheet = style_sheet(colours)
    assert "$" not in sheet
    files = re.findall(r'url\("(.+?)"\)', sheet)
    assert files
    assert all(Path(file).read_text().startswith("<") for file in files)


def test_qt_understands_the_whole_style_sheet(qtbot: QtBot, qtlog: object) -> None:
    """Qt drops a sheet with a mistake and says so as a warning, which fails a test by itself."""
    Theme("dark")
    button = QPushButton("Go")
    button.setObjectName("primary")
    qtbot.addWidget(button)
    button.show()
    assert colour_at(button, QPoint(6, button.height() // 2)) == DARK.accent


def test_every_icon_that_the_code_names_is_there(qapp: QApplication) -> None:
    named = set()
    for path in (ROOT / "studyapp").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'assets\.(?:icon|tinted)\(\s*"([^"]+)"', source))
        named |= set(re.findall(r'IconButton\(\s*\w+(?:\.\w+)*,\s*"([^"]+)"', source))
        named |= set(re.findall(r'PageSpec\("[^"]+", "[^"]+", "([^"]+)"', source))
    assert {"house", "check", "book-open"} <= named
    assert not [name for name in named if not assets.exists(f"icons/{name}.svg")]


def test_an_unknown_icon_says_which_there_are(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError, match=r"no icon 'huose'; there are .*house"):
        assets.icon("huose", "#000000")


def test_an_icon_has_the_colour_asked_for_and_another_while_on(qapp: QApplication) -> None:
    icon = assets.icon("square", "#ff0000", "#00ff00", 24)
    for state, wanted in ((icon.State.Off, "#ff0000"), (icon.State.On, "#00ff00")):
        image = icon.pixmap(24, 24, icon.Mode.Normal, state).toImage()
        solid = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert solid == {wanted}


def test_shipped_fonts_are_known_by_their_names(qapp: QApplication) -> None:
    assert set(assets.load_fonts()) >= {"Inter", "JetBrains Mono"}
    assert {"Regular", "Medium", "SemiBold", "Bold", "Italic"} <= set(QFontDatabase.styles("Inter"))


def test_shipped_fonts_have_their_licence_and_the_recorded_content() -> None:
    import hashlib

    folder = ROOT / "resources" / "fonts"
    recorded = dict(line.split()[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert set(recorded) == {path.name for path in folder.glob("*.ttf")}
    for name, digest in recorded.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
    for name in ("LICENSE-Inter.txt", "LICENSE-JetBrainsMono.txt"):
        assert "SIL OPEN FONT LICENSE" in (folder / name).read_text(encoding="utf-8").upper()


@pytest.fixture
def sampler(qtbot: QtBot) -> QWidget:
    """A page with one of each of the common widgets."""
    page = QWidget()
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    card = QFrame()
    card.setObjectName("card")
    inside = QVBoxLayout(card)
    primary, combo, muted = QPushButton("Primary"), QComboBox(), QLabel("muted")
    primary.setObjectName("primary")
    muted.setObjectName("muted")
    combo.addItems(["one", "two"])
    for widget in (
        QLabel("text"),
        muted,
        primary,
        QPushButton("b"),
        QLineEdit("t"),
        QSpinBox(),
        combo,
        QCheckBox("c"),
    ):
        inside.addWidget(widget)
    QVBoxLayout(page).addWidget(card)
    qtbot.addWidget(page)
    page.resize(300, 420)
    return page


def colours_in(widget: QWidget) -> dict[str, int]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    counts: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            name = QColor(image.pixel(x, y)).name()
            counts[name] = counts.get(name, 0) + 1
    return counts


def colour_at(widget: QWidget, point: QPoint) -> str:
    return widget.grab().toImage().pixelColor(point).name()


def test_a_switch_while_it_runs_leaves_no_colour_of_the_other_table(qtbot: QtBot, sampler: QWidget) -> None:
    shown = Theme("dark")
    sampler.show()
    QApplication.processEvents()
    before = colours_in(sampler)
    shown.choose("light")
    QApplication.processEvents()
    after = colours_in(sampler)
    grounds = ("bg", "card", "raised", "accent", "field", "border")
    dark_only = {getattr(DARK, name) for name in grounds} - {getattr(LIGHT, name) for name in grounds}
    assert dark_only & set(before), "the first picture was not dark"
    spread = {name for name, pixels in after.items() if pixels > 30}  # the edge of a letter can have any tint
    assert not dark_only & spread
    assert after[LIGHT.card] > 5_000
    shown.choose("dark")
    QApplication.processEvents()
    assert colours_in(sampler) == before, "there and back is not the same picture"


def test_system_is_followed_until_a_choice_is_made(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desktop is imitated: off screen there is none."""
    desktop = {"dark": False}
    monkeypatch.setattr(theme, "system_is_dark", lambda: desktop["dark"])

    def desktop_turns(dark: bool) -> None:
        desktop["dark"] = dark
        scheme = Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light
        QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)

    shown = Theme("system")
    assert shown.colours is LIGHT
    with qtbot.waitSignal(shown.changed, timeout=8000):
        desktop_turns(True)
    assert shown.colours is DARK
    assert QApplication.palette().window().color().name() == DARK.bg

    shown.choose("light")
    with qtbot.assertNotEmitted(shown.changed):
        desktop_turns(False)
        desktop_turns(True)
    assert shown.colours is LIGHT
    shown.choose("system")
    assert shown.colours is DARK, "what the desktop did in the meantime counts"
