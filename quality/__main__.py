"""Measure and print the table: `python -m quality [--data FOLDER] [--misses] [NAME...]`.

The data are agencies' and standards bodies' own and no part of the project: a folder with ``wire``, ``standards``,
``hostile`` and ``bench`` beside it (``--data``, or the environment's ``DRAGOMAN_QUALITY_DATA``).
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from quality import (
    alignment,
    datelines,
    feeds,
    g2,
    hostile_xml,
    html,
    language,
    lexicon,
    link,
    mail,
    names,
    narrative,
    ninjs,
    nitf,
    pictures,
    reuse,
    said,
    sample,
    stems,
    stories,
    subjects,
    suggestions,
    translated,
    wire,
)
from quality.table import HEAD, Row, line

MEASURES: dict[str, Callable[[Path], Iterator[Row]]] = {
    "wire": wire.expected,
    "pictures": pictures.reference,
    "g2": g2.rows,
    "ninjs": ninjs.suites,
    "nitf": nitf.measures,
    "feeds": feeds.rows,
    "html": html.safe,
    "mail": mail.bounded,
    "hostile-xml": hostile_xml.bounded,
    "language": language.told_apart,
    "lexicon": lexicon.coverage,
    "suggestions": suggestions.in_the_translation,
    "said": said.rows,
    "subjects": subjects.tops,
    "stems": stems.azerbaijani,
    "datelines": datelines.rows,
    "pickups": reuse.pickups,
    "alignment": alignment.alignment,
    "translated": translated.translated,
    "narrative": narrative.only_one_says,
    "names": names.across_scripts,
    "ntrex": link.ntrex,
    "ntrex-clusters": link.clusters,
    "headlines": link.headlines,
    "stories": stories.streams,
    "sample": sample.rows,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m quality", description=__doc__)
    parser.add_argument("--data", default=os.environ.get("DRAGOMAN_QUALITY_DATA", "../shared/data"), type=Path)
    parser.add_argument("--misses", action="store_true", help="name every value that was missed")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(MEASURES)}; all without one")
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.names if name not in MEASURES]
    if unknown or not asked.data.is_dir():
        what = f"no measure {unknown[0]}; there are {', '.join(MEASURES)}" if unknown else f"no data in {asked.data}"
        print(what, file=sys.stderr)
        return 2
    print(HEAD, flush=True)
    for name in asked.names or MEASURES:
        for row in MEASURES[name](asked.data):
            print(line(row), flush=True)
            for miss in row.misses if asked.misses else ():
                print(f"    {miss}", file=sys.stderr)
    return 0


sys.exit(main(sys.argv[1:]))
