"""Draw one product of one country's action request: from config alone, or with what post added by the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from tipcycle.config.find_country import find_country
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.action_request import AskedItem, Product
from tipcycle.operations.context import Context, context
from tipcycle.operations.request_content import planned_request
from tipcycle.rendering.products import Format, Rendered, draw_product


@dataclass(frozen=True)
class RenderedProduct:
    """The product, and the name of the file it is kept in unless another is wished: `AZE-2010-non-paper.pdf`."""

    rendered: Rendered
    name: str


def render_product(
    product: Product, country: str, report_year: int, *, format: Format, with_added: bool = False
) -> RenderedProduct:
    """`country` is a name or iso3; raises `ConfigError` with the nearest name, or why there is no such product.

    `with_added` asks the ledger what post recommended on its own, and shows it in a part of its own.
    """
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    added = _added(cycle, iso3) if with_added else ()
    request = planned_request(cycle, iso3, proposed_by_post=added)
    rendered = draw_product(product, request, format, templates=cycle.templates)
    return RenderedProduct(rendered, f"{iso3}-{report_year}-{product}.{format}")


def _added(cycle: Context, iso3: str) -> tuple[AskedItem, ...]:
    from tipcycle.operations.added_recommendations import recommendations_added
    from tipcycle.store import Store  # the ledger is asked only for this

    with Store.read(cycle.settings.ledger_url) as store:
        added = recommendations_added(store, cycle.config.report_year, iso3)
    return tuple(AskedItem(one.id, one.text, one.pillar, shortcoming="") for one in added)


def write_new_file(path: Path, content: bytes, *, replace: bool) -> None:
    """Write the file whole or not at all; raises `ConfigError` if it is there already and is not to be replaced."""
    if path.exists() and not replace:
        raise ConfigError([Fault(str(path), "", "is there already", "add --force to replace it, or name another file")])
    if not path.parent.is_dir():
        raise ConfigError([Fault(str(path.parent), "", "is no folder", "make it, or name another file")])
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as partial:
        partial.write(content)
    written = Path(partial.name)
    written.replace(path)
