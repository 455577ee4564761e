"""A person's own training on their page: when it is its turn, how it learns, what it reads."""

from dataclasses import replace

import streamlit as st

from mnist_core.classroom.networks_to_choose import TITLES
from mnist_core.classroom.training_round import Runner, ranking
from mnist_core.language.translation import _, n_
from mnist_core.system.text_format import about, duration, percent, whole
from ui.classroom.class_page import ClassPage
from ui.classroom.training import round_words
from ui.classroom.training.class_trainings import runner_of, runners
from ui.shell import address
from ui.widgets.class_curves.class_curves import Line, class_curves

_WAITING_SECONDS, _RUNNING_SECONDS, _OVER_SECONDS = 4.0, 1.0, 4.0


def my_training(page: ClassPage) -> None:
    """Show it, again and again until nobody trains any more."""
    found, mine = runners(page), runner_of(page)
    is_live = any(one.status in ("waiting", "running") for one in found)
    status = mine.status if mine else "done"
    every = {"waiting": _WAITING_SECONDS, "running": _RUNNING_SECONDS}.get(status, _OVER_SECONDS)
    st.fragment(_show, run_every=every if is_live else None)(page, status)


def _show(page: ClassPage, before: str) -> None:
    # Others may have come in since the page was made.
    page = replace(page)
    found, mine = runners(page), runner_of(page)
    if mine is None:
        return
    if mine.status != before and mine.status in ("done", "failed"):
        # The page offers another training now.
        address.rerun()
    if mine.status == "waiting":
        _turn(page, mine, found)
    elif mine.status == "running":
        _progress(mine)
    elif mine.accuracy is not None:
        _result(mine, found)
    else:
        st.warning(mine.message or _("Nothing came of this training. You can start another one."))
    _curves(page, mine, found)


def _turn(page: ClassPage, mine: Runner, found: tuple[Runner, ...]) -> None:
    seconds = round_words.wait_seconds(page, mine, found)
    if not seconds:
        st.markdown(f"### {_('It is your turn')}")
        st.markdown(_("It starts: this takes a few seconds."))
        return
    st.markdown(
        n_(
            "### {n} training before yours",
            "### {n} trainings before yours",
            mine.ahead,
        )
    )
    st.markdown(
        _("Yours begins in {time}, by itself. Watch the one that runs now:", time=about(seconds))
    )


def _progress(mine: Runner) -> None:
    read = "" if mine.latest is None else percent(mine.latest, 1)
    st.markdown(f"### {_('Your network learns')}" + (f" · {read}" if read else ""))
    if not mine.curve:
        st.markdown(_("It starts: this takes a few seconds."))
    elif mine.wait is not None:
        st.markdown(_("{time} left", time=duration(mine.wait)))


def _result(mine: Runner, found: tuple[Runner, ...]) -> None:
    assert mine.accuracy is not None
    places = ranking(found)
    place = next((one for one in places if one.runner.person == mine.person), None)
    st.markdown(
        "### "
        + _(
            "It reads {accuracy} of {count} test digits",
            accuracy=percent(mine.accuracy),
            count=whole(10_000),
        )
    )
    if place is not None and len(places) > 1:
        words = _("Place {rank} of {count}.", rank=place.rank, count=len(places))
        luck = _("What parts it from the best may be luck.") if place.is_luck else ""
        st.markdown(f"{words} {luck if place.rank > 1 else ''}")
    if mine.model is not None:
        st.page_link(
            "pages/draw.py",
            label=_("Draw a digit for your network"),
            icon=":material/draw:",
            query_params={"model": mine.model},
        )


def _curves(page: ClassPage, mine: Runner, found: tuple[Runner, ...]) -> None:
    """The own curve, and those that grow at the moment: more does not fit on a phone."""
    kinds = list(TITLES)
    shown = [one for one in found if one.status == "running" or one.person == mine.person]
    lines = [
        Line(
            one.curve,
            kinds.index(one.kind) if one.kind in kinds else len(kinds) - 1,
            one.status not in ("waiting", "running"),
            one.person == mine.person,
        )
        for one in shown
        if one.curve
    ]
    if not lines:
        return
    running = [one for one in shown if one.status == "running" and one.person != mine.person]
    class_curves(
        lines,
        [],
        [_(title) for title in TITLES.values()],
        key="class-my-curves",
        seconds=page.room.state.seconds,
        status="\n".join(
            _("{name} trains now{left}", name=page.name_of(one.person), left="")
            for one in running[:1]
        ),
        finding=_("How your network learns, and the one that trains now"),
    )
