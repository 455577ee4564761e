"""Train: everybody has a network learn for a few seconds; the curves of all lie in one picture."""

import streamlit as st

from mnist_core.classroom.networks_to_choose import TITLES
from mnist_core.classroom.training_round import Place, Runner, ranking
from mnist_core.language.translation import _, n_, to_translate
from mnist_core.system.text_format import percent
from ui.classroom.class_page import ClassPage
from ui.classroom.lesson import Step
from ui.classroom.steps.lobby import everybody
from ui.classroom.training import round_words, start
from ui.classroom.training.class_trainings import NAME, runner_of, runners
from ui.classroom.training.my_training import my_training
from ui.classroom.training.network_choice import network_choice
from ui.shell import address, cached
from ui.visitors import permission
from ui.widgets.class_curves import class_curves as curves

_LOOK_SECONDS = 1.0
_TOO_FEW = 2


def _pupil(page: ClassPage) -> None:
    mine = runner_of(page)
    if mine is not None:
        my_training(page)
        if mine.status in ("waiting", "running"):
            st.button(_("Stop it"), key="class-stop", on_click=start.stop, args=(page,))
            return
    if refusal := start.why_not(page):
        st.info(refusal)
        return
    kind, recipe = network_choice(page.room.state.seconds)
    st.button(
        _("Train it") if mine is None else _("Train once more"),
        key="class-train",
        type="primary" if mine is None else "secondary",
        icon=":material/model_training:",
        width="stretch",
        on_click=start.train,
        args=(page, kind, recipe),
    )
    if mine is not None:
        st.caption(_("Your last training counts, not your best one."))
    else:
        st.markdown(round_words.cost(page))


def _screen(page: ClassPage) -> None:
    st.markdown(f"## {_question(page)}")
    if reason := start.why_not(page):
        st.info(reason)
    found = runners(page)
    if not found:
        st.markdown(f"### {round_words.cost(page)}")
        st.markdown(_("Choose a network on your phone, and press “Train it”."))
        everybody(page)
        return
    is_live = any(one.status in ("waiting", "running") for one in found)
    st.fragment(_picture, run_every=_LOOK_SECONDS if is_live else None)(page, is_live=is_live)


def _question(page: ClassPage) -> str:
    return _("Who trains the best reader in {seconds} seconds?", seconds=page.room.state.seconds)


def _picture(page: ClassPage, *, is_live: bool) -> None:
    found = runners(page)
    if is_live and not any(one.status in ("waiting", "running") for one in found):
        address.rerun()
    places = ranking(found)
    kinds = list(TITLES)
    curves.class_curves(
        [line(one, kinds) for one in found],
        [step(page, one, kinds) for one in places],
        [_(title) for title in TITLES.values()],
        key="class-curves",
        seconds=page.room.state.seconds,
        status=round_words.status(page, found),
        finding=_finding(places),
    )
    st.markdown(_luck(places))


def line(runner: Runner, kinds: list[str], *, is_mine: bool = False) -> curves.Line:
    """A training as a line."""
    kind = kinds.index(runner.kind) if runner.kind in kinds else len(kinds) - 1
    is_over = runner.status not in ("waiting", "running")
    return curves.Line(runner.curve, kind, is_over, is_mine)


def step(page: ClassPage, place: Place, kinds: list[str]) -> curves.Step:
    """A training in the ranking."""
    one = place.runner
    kind = kinds.index(one.kind) if one.kind in kinds else len(kinds) - 1
    assert one.accuracy is not None
    assert one.interval is not None
    return curves.Step(
        place.rank, page.name_of(one.person), kind, one.accuracy, one.interval, place.is_luck
    )


def _finding(places: list[Place]) -> str:
    if not places:
        return _("How each network learns; none is ready yet.")
    best = places[0].runner
    return _(
        "How each network learns; the best so far is “{network}” with {accuracy}.",
        network=_(TITLES.get(best.kind, TITLES["own"])),
        accuracy=percent(best.accuracy or 0.0),
    )


def _luck(places: list[Place]) -> str:
    """What can be said of the ranking, in a sentence."""
    if len(places) < _TOO_FEW:
        return _("Each is examined on the same 10,000 test digits.")
    level = sum(one.is_luck for one in places)
    return n_(
        "Only the first is ahead by more than luck: other test digits would hardly change that.",
        "The first {n} (bold) may be equally good. Hollow dots are behind by more than luck.",
        level,
    )


def _controls(page: ClassPage) -> None:
    if start.let_class_train(page):
        permission.ask_for_word()
    if not runners(page):
        cached.warm_pool().prepare()


STEP = Step(NAME, to_translate("Train"), _pupil, _screen, _controls)
