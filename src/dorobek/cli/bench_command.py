"""`dorobek bench matching [--json]`: how well people's own words, and names of occupations, lead to what they mean."""

import argparse
import json
import os
from pathlib import Path

from dorobek.cli.problem import Problem

NAME = "bench"
HELP = "Measure the matcher on sentences and names with known answers, next to simpler ways in the same run."

ROOT = Path(__file__).parents[3]
CATALOGUE = Path(__file__).parents[1] / "register/data/competences.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is measured, where the data lies, how it is printed."""
    parser.add_argument("what", choices=["matching"], help="what to measure")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--sentences", type=Path, default=ROOT / "benchmarks/matching/sentences_pl.json")
    data = Path(os.environ.get("DOROBEK_BENCH_DATA", ROOT.parent / "shared/data"))
    parser.add_argument("--melo", type=Path, default=data / "melo-pl", help="folder with the tables of MELO Polish")
    parser.add_argument("--esco", type=Path, default=data / "esco-en", help="folder of the official ESCO export")
    parser.add_argument("--model", type=Path, help="an embedding model of your own, measured beside the engine")
    parser.add_argument("--validation", action="store_true", help="the parts for tuning instead of the test parts")
    parser.add_argument("--quick", action="store_true", help="the engine only, without the baselines")


def run(options: argparse.Namespace) -> int:
    """Print a table or JSON; 0 when something was measured."""
    from dorobek.matching import EmbedderError, open_embedder
    from dorobek.matching.bench.esco import has_esco
    from dorobek.matching.bench.report import Places, run, table
    from dorobek.matching.bench.speed import Speed, as_data, in_words, measured

    speed: Speed | None = None
    try:
        model = open_embedder(options.model) if options.model else None
        places = Places(options.sentences, CATALOGUE, options.melo, options.esco, model)
        rows = run(places, baselines=not options.quick, half="validation" if options.validation else "test")
        if has_esco(options.esco) and not options.quick:
            speed = measured(options.esco)
    except EmbedderError as problem:
        raise Problem(f"the model cannot be used: {problem}") from problem
    except (OSError, KeyError, ValueError) as problem:
        raise Problem(f"the data of the benchmark cannot be read: {problem}") from problem
    if options.json:
        given = [row.as_data() for row in rows]
        given += [{"questions": "speed", "ranker": "engine", "figures": as_data(speed), "reason": ""}] if speed else []
        print(json.dumps(given, ensure_ascii=False, indent=2))
    else:
        print(table(rows))
        print(in_words(speed) if speed else f"speed: not measured, quick or no export of ESCO in {options.esco}")
    return 0 if any(row.figures for row in rows) else 1
