"""The report as one HTML file that needs nothing else: no scripts, no fonts, no images, no address loaded."""

from functools import cache
from typing import TYPE_CHECKING

from workbench.reports.building import build
from workbench.reports.model import ReportModel

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("workbench.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


def to_html(model: ReportModel) -> str:
    """The whole report as a standalone page, light or dark as the reader's system asks, fit for printing.

    Every text is escaped; only http, https and mailto addresses are links.
    """
    return _template().render(view=build(model))
