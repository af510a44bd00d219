"""Draw one product of a country's action request; needs no ledger but for what post added."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tipcycle.cli.options import add_year

_PRODUCTS = ("cable", "non-paper", "talking-points", "notes")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The product, the country, the cycle, the format and the file."""
    parser.add_argument("product", choices=_PRODUCTS, help="what to draw")
    parser.add_argument("country", help="a country by name or iso3, such as Azerbaijan or AZE")
    add_year(parser)
    parser.add_argument("--format", choices=("txt", "docx", "pdf"), default="txt", help="default: txt, on stdout")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a file or folder (default: COUNTRY-YEAR-PRODUCT)")
    parser.add_argument(
        "--with-added", action="store_true", help="with what post recommended on its own, as the ledger has it"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(parsed: argparse.Namespace) -> int:
    """Text goes to stdout unless --out is given; warnings go to stderr."""
    from tipcycle.operations.render_product import render_product, write_new_file

    product = render_product(
        parsed.product, parsed.country, parsed.report_year, format=parsed.format, with_added=parsed.with_added
    )
    for warning in product.rendered.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if parsed.format == "txt" and parsed.out is None:
        sys.stdout.write(product.rendered.content.decode("utf-8"))
        return 0
    path = parsed.out or Path(product.name)
    path = path / product.name if path.is_dir() else path
    write_new_file(path, product.rendered.content, replace=parsed.force)
    print(f"written: {path}")
    return 0
