"""Stands for a step that is being built."""

import streamlit as st

from ui.classroom.seat import Seat


def show(seat: Seat) -> None:
    """Say so."""
    st.info(f"Step {seat.room.state.step} is being built.")
