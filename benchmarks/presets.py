"""What the presets are said to show: is it so? One line for each.

    python benchmarks/presets.py [--quick] [--json] [--engine numpy] [--seed 2] [NAME ...]

`--quick` leaves out those that take long. Ends with 1 if something is not so.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from engine.threads import one_thread  # the path comes first

one_thread()

import claims_core  # noqa: E402, F401 - NumPy comes after one_thread
import claims_gated  # noqa: E402, F401 - and they note their claims
import claims_language  # noqa: E402, F401 - the same
import claims_learning  # noqa: E402, F401 - the same
from claims import claims  # noqa: E402 - what they have noted

from engine.presets import PRESETS, Preset, preset_of  # noqa: E402 - after the path is set

LONG = ("attention", "ntm", "numbers", "caption")


def told(preset: Preset, knobs: dict[str, object], as_json: bool) -> bool:
    """One line; whether all of it is so."""
    since = time.process_time()
    found = list(claims(preset, **knobs))
    ok, seconds = all(held.ok for held in found), time.process_time() - since
    if as_json:
        figures = {held.what: held.value for held in found}
        print(json.dumps({"preset": preset.id, "ok": ok, "seconds": seconds, "found": figures}), flush=True)
    else:
        words = "; ".join(map(str, found))
        print(f"{'ok' if ok else 'NO':3} {preset.id:24} {seconds:5.1f} s  {words}", flush=True)
    return ok


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these presets")
    parser.add_argument("--quick", action="store_true", help="not those that take long")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--engine", help="the arithmetic, e.g. numpy")
    parser.add_argument("--seed", type=int, help="another seed than the presets'")
    said = parser.parse_args()
    knobs = {name: value for name in ("engine", "seed") if (value := getattr(said, name)) is not None}
    wished = [preset_of(name) for name in said.names] or list(PRESETS)
    wished = [preset for preset in wished if not (said.quick and preset.id in LONG)]
    told_all = [told(preset, knobs, said.json) for preset in wished]  # also those after the first that is not
    return 0 if all(told_all) else 1


if __name__ == "__main__":
    sys.exit(main())
