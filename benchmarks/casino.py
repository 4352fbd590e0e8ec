"""What 1,800 people got by talking, what an agreement on rankings would give, who would lie.

Over the 900 training dialogues of CaSiNo (Chawla et al. 2021, NAACL; CC BY 4.0) this prints a page
of Markdown: the people's results, honest CGS by solution and tie-break, what lies gain by what the
liar believes, what audits, evidence and acceptance rules change, and where CGS loses. Every
reported figure has a bootstrap interval over dialogues; the figures under uniform beliefs stand
beside exact fractions from `casino_exact`.

    python benchmarks/casino.py --data DIR [--report PAGE.md] [--picture PICTURE.svg] [--seed 0]

DIR, or the variable COMITY_DATA, holds `casino/casino_train.json`. Takes about half a minute.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from casino_picture import draw
from casino_report import picture_link, report
from casino_study import Study

from comity.core.errors import InputError
from comity.core.files import write_atomic

PICTURE = "../images/casino.svg"


def main() -> int:
    parser = argparse.ArgumentParser(description="CaSiNo: people, honest CGS, lies, safeguards.")
    parser.add_argument("--data", type=Path, default=os.environ.get("COMITY_DATA", "."))
    parser.add_argument("--report", type=Path, help="write the page here as well")
    parser.add_argument("--picture", type=Path, help="write the picture here (.svg or .png)")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    try:
        study = Study.of(given.data, given.seed)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    link = PICTURE
    if given.picture:
        draw(study, given.picture)
        link = picture_link(given.picture, given.report or Path("page.md"))
    page = report(study, link)
    if given.report:
        write_atomic(given.report, page)
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
