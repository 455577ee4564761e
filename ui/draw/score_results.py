"""How each network read a filled sheet, digit by digit; to correct and to download."""

from functools import partial

import streamlit as st

from mnist_core.data.dataset import CLASSES
from mnist_core.handwriting import downloads, score
from mnist_core.handwriting.score import Drawing, Handwriting, Reading, Sheet, round_number
from mnist_core.language.translation import _
from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.system.text_format import with_article
from ui.draw import score_sheet
from ui.shell import cached
from ui.shell.lost_session import Remembered
from ui.shell.network_words import title_of
from ui.shell.section import changing_heading
from ui.widgets.digit_tiles.digit_tiles import digit_grid, large_digit
from ui.widgets.plain_table.plain_table import plain_table

_OPEN: Remembered[int | None] = Remembered("hand/open", int | None, None)
_WIDTH = 300


def score_results(card: ModelCard, sheet: Sheet, taught: ModelCard | None) -> None:
    """Show how a sheet with at least one drawing was read.

    The answers of the network `card` are below the drawings; `taught` learned from them, if any.
    """
    drawings = [drawing for drawing in sheet.drawings if drawing is not None]
    whole = score.handwriting(sheet)
    readings = _readings(card, taught, whole)
    if not readings:
        st.warning(_("No network can be opened, so nothing can be read."))
        return
    chosen = readings[0]
    changing_heading(
        _(
            "{count} of {all} read correctly by “{network}”",
            count=chosen.score,
            all=len(whole),
            network=title_of(chosen.model),
        )
    )
    st.markdown(_most_misread(whole, readings))
    _network_table(whole, readings, taught.name if taught else None)
    st.markdown(
        _("**Your digits.** Pick one to see it large, or to correct which digit you meant.")
    )
    position = _gallery(sheet, whole, chosen)
    if position is not None and (drawing := sheet.drawings[position]) is not None:
        _one_drawing(sheet, position, drawing, readings)
    st.markdown(
        _("**MNIST's digits.** In the same order: the training image most like each of yours.")
    )
    similar = score_sheet.most_similar(drawings)
    articles = [with_article(one.label).capitalize() for one in drawings]
    digit_grid(
        similar,
        [str(one.label) for one in drawings],
        key="hand-mnist",
        alternatives=[_("{digit} from MNIST, most like yours", digit=one) for one in articles],
        label=_("MNIST's digits most like yours"),
    )
    with st.container(horizontal=True):
        download = partial(st.download_button, icon=":material/download:", on_click="ignore")
        picture = partial(downloads.picture, whole, chosen, similar)
        download(_("A picture to keep (PNG)"), picture, "my-handwriting.png", "image/png")
        table = partial(downloads.table, whole, readings)
        download(_("All answers as a table (CSV)"), table, "my-handwriting.csv", "text/csv")


def _readings(card: ModelCard, taught: ModelCard | None, drawn: Handwriting) -> list[Reading]:
    """The chosen network's, then the taught one's and those of all that came with the app."""
    shipped = [other for other in cached.cards() if other.shipped]
    names = [one.name for one in (card, *([taught] if taught else []), *shipped)]
    found = []
    for name in dict.fromkeys(names):
        try:
            probabilities = cached.probabilities(name, drawn.images)
        except (ValueError, store.BrokenModel) as error:
            # Damaged, or gone since it was listed.
            st.warning(str(error))
            continue
        found.append(score.reading(name, probabilities, drawn.labels))
    return found


def _most_misread(drawn: Handwriting, readings: list[Reading]) -> str:
    counts = score.misread(drawn.labels, readings)
    if not counts:
        return _("Every network here reads every one of your digits. You write like print!")
    asked = len(readings)
    words = [
        _(
            "your **{digit}s**: {count} of {all} answers wrong",
            digit=digit,
            count=count,
            all=asked * int((drawn.labels == digit).sum()),
        )
        for digit, count in list(counts.items())[:3]
    ]
    return _("What {count} networks misread most: {digits}.", count=asked, digits="; ".join(words))


def _network_table(drawn: Handwriting, readings: list[Reading], taught: str | None) -> None:
    def row(one: Reading) -> dict[str, str]:
        name = title_of(one.model)
        if one.model == taught:
            name = _("{network} (learned from round 1)", network=name)
        cells = {_("network"): name, _("read correctly"): _of(one.score, len(drawn))}
        for number in (1, 2):
            correct = one.correct[drawn.rounds == number]
            cells[_("round {number}", number=number)] = _of(correct.sum(), len(correct))
        wrong = zip(drawn.labels[~one.correct], one.predictions[~one.correct], strict=True)
        misread = [_("{label} as {answer}", label=label, answer=said) for label, said in wrong]
        return cells | {_("misread"): ", ".join(misread) or _("none")}

    rows = [row(one) for one in sorted(readings, key=lambda one: -one.score)]
    plain_table({title: [one[title] for one in rows] for title in rows[0]}, key="hand-networks")


def _of(count: int, all_of_them: int) -> str:
    return _("{number} of {count}", number=count, count=all_of_them)


def _gallery(sheet: Sheet, drawn: Handwriting, chosen: Reading) -> int | None:
    """Show the drawings, and return the position of the one that is open."""
    answers = list(zip(drawn.labels.tolist(), chosen.predictions.tolist(), strict=True))
    position = _OPEN.get()
    digit_grid(
        drawn.images,
        [f"{label} ✓" if label == read else f"{label} ✗ {read}" for label, read in answers],
        key="hand-yours",
        alternatives=[
            _(
                "Your {label}, round {round}, read as {answer}",
                label=label,
                round=round_number(position),
                answer=read,
            )
            for position, (label, read) in zip(sheet.filled, answers, strict=True)
        ],
        selected=sheet.filled.index(position) if position in sheet.filled else None,
        label=_("Your digits; arrow keys move, Enter opens"),
        on_pick=lambda picked: _OPEN.set(sheet.filled[picked]),
    )
    return position


def _one_drawing(sheet: Sheet, position: int, drawing: Drawing, readings: list[Reading]) -> None:
    key = f"hand-label-{position}"

    def relabel() -> None:
        score_sheet.update(sheet.relabelled(position, int(st.session_state[key])))

    with st.container(border=True, horizontal=True, gap="medium"):
        with st.container(width=_WIDTH):
            large_digit(
                drawing.image,
                key="hand-large",
                alternative=_("Your {digit}, large", digit=drawing.label),
            )
        with st.container(width=_WIDTH):
            answers = [int(one.predictions[sheet.filled.index(position)]) for one in readings]
            st.markdown(
                _(
                    "Asked for: **{digit}**. {count} of {all} networks read **{read}**.",
                    digit=sheet.prompts[position],
                    count=answers.count(drawing.label),
                    all=len(answers),
                    read=with_article(drawing.label),
                )
            )
            st.segmented_control(
                _("It really is"),
                range(CLASSES),
                default=drawing.label,
                required=True,
                key=key,
                on_change=relabel,
            )
            again = partial(score_sheet.update, sheet.reopened(position))
            st.button(_("Draw it again"), icon=":material/edit:", width="stretch", on_click=again)
            leave_out = partial(score_sheet.update, sheet.without(position))
            st.button(
                _("Leave it out"), icon=":material/delete:", width="stretch", on_click=leave_out
            )
