"""Says when a training is not done in the rough numbers it asks for."""

import streamlit as st

from mnist_core.jobs import launch
from mnist_core.networks.settings import Settings


def precision_note(settings: Settings) -> None:
    """Say so where bfloat16 is asked for and the processor here does not know it."""
    if launch.falls_back_to_float32(settings):
        st.caption(
            "It asks for rough, quick numbers (bfloat16), which this computer's processor does "
            "not know. Exact ones (float32) are used instead: the result is as good, it only "
            "takes longer."
        )
