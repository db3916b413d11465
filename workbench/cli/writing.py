"""Writing a file so that it is there whole or not at all."""

import os
import secrets
from pathlib import Path

from workbench.cli.output import OutputLost


def write_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write `text` in UTF-8 under a name of its own, then give it `path`. Raises OutputLost with nothing changed."""
    if path.is_dir():
        raise OutputLost(f"{path} is a folder.", "Name a file in it.")
    if path.exists() and not overwrite:
        raise OutputLost(f"{path} exists already.", "Add --force to overwrite it, or name another file.")
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputLost(f"{path} cannot be written: {error.strerror}.", "Name another place.") from error
