"""Two colour tables -> palette, style sheet, and the colours that painted widgets ask for.

Widgets never guess dark or light from the palette (a style sheet with a transparent
background turns QPalette.Base into transparent black): they are given the `Theme`, read
`theme.colours` when they paint, and repaint on `theme.changed`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from studyapp import assets

TEXT_SIZE = 14  # px


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour table. All are #rrggbb; every text colour has at least 4.5:1 on what it stands on."""

    bg: str
    rail: str
    card: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    accent_text: str
    good: str
    warn: str
    bad: str
    code: str
    hover: str
    field: str  # behind typed text
    outline: str  # of what can be ticked: 3:1 on its ground
    handle: str  # of scroll bars
    disabled: str
    accent_hover: str
    negative: str  # the low end of a diverging heat map; `accent` side is `positive`
    neutral: str
    positive: str
    series: tuple[str, ...]  # curves and gates, in order


LIGHT = Colours(
    bg="#f4f5f8", rail="#ffffff", card="#ffffff", raised="#f1f3f7", border="#e1e4eb", text="#1a2030",
    muted="#5d667a", accent="#3457e0", accent_soft="#e9edff", accent_text="#ffffff", good="#0b6f4c",
    warn="#a34a06", bad="#c2263c", code="#eef0f5", hover="#eef0f6",
    field="#ffffff", outline="#868ea0", handle="#c9ced9", disabled="#8b93a4", accent_hover="#2747c4",
    negative="#c2410c", neutral="#f7f8fb", positive="#3457e0",
    series=("#3457e0", "#b4530a", "#0b7a53", "#a21caf", "#0e7490", "#be123c"),
)  # fmt: skip

DARK = Colours(
    bg="#11141b", rail="#161a23", card="#1a1f2a", raised="#222837", border="#2b3242", text="#e7eaf2",
    muted="#97a1b6", accent="#7c9bff", accent_soft="#252f52", accent_text="#0e1220", good="#4cc38a",
    warn="#f0a94b", bad="#ff7085", code="#252b39", hover="#212736",
    field="#141823", outline="#68728a", handle="#39425a", disabled="#6c7690", accent_hover="#94aeff",
    negative="#f97316", neutral="#1d222e", positive="#7c9bff",
    series=("#7c9bff", "#f0a94b", "#4cc38a", "#e879f9", "#22d3ee", "#ff7085"),
)  # fmt: skip


def dress(app: QApplication) -> None:
    """Give the application its style and its font: Inter, 14 px. The colours come from `Theme`."""
    app.setStyle("Fusion")
    assets.load_fonts()
    font = QFont("Inter")
    font.setPixelSize(TEXT_SIZE)
    app.setFont(font)


class Theme(QObject):
    """The colours of now.

    Signals:
        changed(): colours were switched; palette and style sheet are already applied.
    """

    changed = Signal()

    def __init__(self, choice: str = "system") -> None:
        """`choice` is "system", "light" or "dark"."""
        super().__init__()
        self._choice = choice
        self._applying = False
        self._system_dark = False
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.apply()

    @property
    def choice(self) -> str:
        return self._choice

    @property
    def dark(self) -> bool:
        return self._system_dark if self._choice == "system" else self._choice == "dark"

    @property
    def colours(self) -> Colours:
        return DARK if self.dark else LIGHT

    def colour(self, name: str) -> QColor:
        """The colour called `name` in the table, e.g. theme.colour("muted")."""
        return QColor(getattr(self.colours, name))

    def choose(self, choice: str) -> None:
        """Switch to "system", "light" or "dark"."""
        self._choice = choice
        self.apply()
        self.changed.emit()

    def apply(self) -> None:
        """Give palette and style sheet to the application."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        self._applying = True  # what we tell the system is not news from it
        if self._choice == "system":
            app.styleHints().unsetColorScheme()
            self._system_dark = system_is_dark()
        else:  # for native frames and menus
            app.styleHints().setColorScheme(Qt.ColorScheme.Dark if self.dark else Qt.ColorScheme.Light)
        self._applying = False
        app.setPalette(palette(self.colours))
        app.setStyleSheet(style_sheet(self.colours))

    def _on_system_changed(self) -> None:
        if self._choice == "system" and not self._applying and system_is_dark() != self._system_dark:
            self.apply()
            self.changed.emit()


def system_is_dark() -> bool:
    """What the desktop asks for; False where it does not say."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def style_sheet(colours: Colours) -> str:
    """resources/style.qss with this table's colours and the icons in them put in."""
    names = {name: value for name, value in asdict(colours).items() if isinstance(value, str)}
    icons = {
        "check": assets.tinted("check", colours.accent_text, stroke=3),
        "up": assets.tinted("chevron-up", colours.muted),
        "down": assets.tinted("chevron-down", colours.muted),
        "right": assets.tinted("chevron-right", colours.muted),
    }
    return Template(assets.text("style.qss")).substitute(names | icons)


def palette(colours: Colours) -> QPalette:
    """The palette for what the style sheet does not reach."""
    made, role = QPalette(), QPalette.ColorRole
    table = {
        role.Window: colours.bg, role.Base: colours.card, role.AlternateBase: colours.raised,
        role.Button: colours.raised, role.Text: colours.text, role.WindowText: colours.text,
        role.ButtonText: colours.text, role.Highlight: colours.accent,
        role.HighlightedText: colours.accent_text, role.Link: colours.accent, role.Accent: colours.accent,
        role.PlaceholderText: colours.muted, role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.text, role.Mid: colours.border, role.Dark: colours.border,
    }  # fmt: skip
    for which, value in table.items():
        made.setColor(which, QColor(value))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.muted))
    return made


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio of two #rrggbb colours, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    red, green, blue = (linear(c / 255) for c in (made.red(), made.green(), made.blue()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
