"""Where a file is read: the simplest kinds in this process, every other one by the sandbox."""

from collections.abc import Callable, Iterator

from workbench.errors import InputRefused
from workbench.intake.documents import read_document
from workbench.intake.formats import LARGEST, Format, format_of
from workbench.intake.model import IncomingDocument
from workbench.intake.sandbox.process import Sandbox
from workbench.text.visible import visible

HEAD = 4096
"""Bytes from the beginning of a file that tell its format."""

SMALL_MARKDOWN = 256 * 1024
"""Bytes of Markdown that are read without the sandbox; a longer one can be made to take its parser minutes."""


def simple(form: Format, size: int) -> bool:
    """Whether a file is read in this process: plain text, and Markdown that is not long."""
    return form is Format.PLAIN or (form is Format.MARKDOWN and size <= SMALL_MARKDOWN)


def read_bytes(
    data: bytes,
    name: str,
    media_type: str | None,
    sandbox: Sandbox,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[IncomingDocument]:
    """The documents in `data`, a file that a person calls `name`. Raises InputRefused."""
    form = format_of(data[:HEAD], name, media_type)
    if len(data) > LARGEST[form]:
        raise too_large(name, len(data), form)
    if simple(form, len(data)):
        yield read_document(data, name, form.value)
    else:
        yield from sandbox.read(form, data, name, cancelled)


def too_large(name: str, size: int, form: Format) -> InputRefused:
    """The refusal of a file by its size."""
    return InputRefused(
        f"“{visible(name)}” has {size / 1024**2:,.1f} MB; the limit for its kind is {LARGEST[form] // 1024**2:,} MB.",
        "Split it into parts and bring them in one by one.",
    )
