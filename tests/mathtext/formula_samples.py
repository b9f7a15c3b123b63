"""Formulas of the kinds that the course needs, by what is special in them; see the .txt."""

from pathlib import Path


def _section(name: str) -> dict[str, str]:
    text = Path(__file__).with_name("formula_samples.txt").read_text(encoding="utf-8")
    lines = text.split(f"# {name}\n")[1].split("\n# ")[0].strip().splitlines()
    return dict(line.split(" | ", 1) for line in lines)


DISPLAY = _section("display")
INLINE = tuple(_section("inline").values())
RARE = _section("rare")
