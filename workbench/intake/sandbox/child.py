"""The child: reads one document after another from its standard input and answers with clean text, or with a refusal."""

import json
import os
import sys
from typing import BinaryIO

from workbench.errors import InputRefused
from workbench.intake.formats import Format
from workbench.intake.formats.reading import incoming
from workbench.intake.sandbox.frames import Frame, read_frame, write_frame
from workbench.intake.sandbox.limits import allow_processor, confine
from workbench.intake.sandbox.wire import to_wire

TOO_MUCH_MEMORY = "it needs too much memory"
TOO_DEEP = "it is nested too deeply"


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    write_frame(answers, Frame.READY, b"")
    while (asked := read_frame(requests)) is not None:
        wish = json.loads(asked[1])
        given = read_frame(requests)
        if given is None:
            return
        allow_processor(int(wish["processor"]))
        refusal = _answer(answers, given[1], wish)
        if refusal is None:
            write_frame(answers, Frame.DONE, b"")
        else:
            write_frame(answers, Frame.REFUSED, json.dumps(refusal).encode())


def _answer(answers: BinaryIO, data: bytes, wish: dict[str, str]) -> list[str] | None:
    """Send every document in `data`; why there is none, or no more, as message and hint."""
    try:
        for document in incoming(Format(wish["format"]), data, wish["name"]):
            write_frame(answers, Frame.DOCUMENT, to_wire(document))
    except InputRefused as error:
        return [error.message, error.hint]
    except MemoryError:
        return ["", TOO_MUCH_MEMORY]
    except RecursionError:
        return ["", TOO_DEEP]
    return None


def main() -> None:
    """Confine this process, then serve."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What a library prints must not end up among the answers.
    confine(int(sys.argv[1]))
    serve(requests, answers)


if __name__ == "__main__":
    main()
