"""Print one of README's two commands, so that CI runs exactly what a newcomer copies.

`python .ci/readme_command.py start|tests`: the only ```sh blocks of README, in this order.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
blocks = re.findall(r"^```sh\n(.*?)^```", readme, re.M | re.S)
if len(blocks) != 2:
    sys.exit(f"README must have exactly two ```sh blocks, start and tests; it has {len(blocks)}")
print(blocks[("start", "tests").index(sys.argv[1])].strip())
