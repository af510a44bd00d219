"""Draw one product of one country's action request, from config alone: no ledger is needed, and none is touched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from tipcycle.config.find_country import find_country
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.action_request import Product
from tipcycle.operations.context import context
from tipcycle.operations.request_content import planned_request
from tipcycle.rendering.products import Format, Rendered, draw_product


@dataclass(frozen=True)
class RenderedProduct:
    """The product, and the name of the file it is kept in unless another is wished: `AZE-2010-non-paper.pdf`."""

    rendered: Rendered
    name: str


def render_product(product: Product, country: str, report_year: int, *, format: Format) -> RenderedProduct:
    """`country` is a name or iso3; raises `ConfigError` with the nearest name, or why there is no such product."""
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    rendered = draw_product(product, planned_request(cycle, iso3), format, templates=cycle.templates)
    return RenderedProduct(rendered, f"{iso3}-{report_year}-{product}.{format}")


def write_new_file(path: Path, content: bytes, *, replace: bool) -> None:
    """Write the file whole or not at all; raises `ConfigError` if it is there already and is not to be replaced."""
    if path.exists() and not replace:
        raise ConfigError([Fault(str(path), "", "is there already", "add --force to replace it, or name another file")])
    if not path.parent.is_dir():
        raise ConfigError([Fault(str(path.parent), "", "is no folder", "make it, or name another file")])
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as partial:
        partial.write(content)
    written = Path(partial.name)
    written.chmod(0o644)
    written.replace(path)
