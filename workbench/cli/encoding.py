"""The encoder as commands use it: begun and waited for, with a word on standard error where there is none."""

from workbench.app import Workbench
from workbench.cli.output import say
from workbench.matching.encoder import EncoderUnavailable
from workbench.matching.encoder_process import EncoderProcess

LOADING_SECONDS = 60.0


def load_encoder(workbench: Workbench) -> None:
    """Load the encoder and wait until it can answer. Raises EncoderUnavailable."""
    if not workbench.settings.encoder:
        raise EncoderUnavailable(f"it is switched off ({workbench.settings.source_of('encoder')}).")
    encoder = workbench.encoder
    if isinstance(encoder, EncoderProcess):
        encoder.start()
        encoder.wait_ready(LOADING_SECONDS)


def meaning_at_hand(workbench: Workbench) -> bool:
    """Whether matching by meaning can be had now, after waiting for it; if not, why is said on standard error."""
    info = workbench.sharing.info()
    if info.passages == 0:
        return False
    if info.pending == info.passages:
        say("words only: no passage is encoded yet; “workbench evidence embed” does that")
        return False
    try:
        load_encoder(workbench)
    except EncoderUnavailable as error:
        say(f"words only: {error.reason}")
        return False
    return True
