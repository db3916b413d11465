"""The terminal that the screen is on: whether it is still there."""

import errno
import select
import termios

STANDARD_INPUT = 0


def terminal_is_gone(descriptor: int = STANDARD_INPUT) -> bool:
    """Whether the terminal behind a descriptor was closed from the other side.

    A closed window or a broken connection does not always end the process, and reading from what is left of the terminal
    returns at once for ever. Behind a pipe sits a browser, which is gone once nobody can write to it any more. False where
    the descriptor is neither.
    """
    try:
        termios.tcgetattr(descriptor)
    except termios.error as error:
        return bool(error.args[0] == errno.EIO) or _pipe_is_closed(descriptor)
    return False


def _pipe_is_closed(descriptor: int) -> bool:
    watching = select.poll()
    watching.register(descriptor, 0)
    return any(event & select.POLLHUP for _, event in watching.poll(0))
