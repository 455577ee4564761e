"""What we found: the sheet of the class on the screen, and a card for each person."""

from functools import partial

import numpy as np
import streamlit as st

from mnist_core.classroom import findings_sheet, pdf_page, person_card
from mnist_core.classroom.findings import Findings
from mnist_core.language import translation
from mnist_core.language.translation import _, n_, to_translate
from mnist_core.system.text_format import percent, whole
from ui.classroom import animals, cached_readings, class_findings, pictures
from ui.classroom.class_findings import WRITE
from ui.classroom.class_page import ClassPage
from ui.classroom.for_teachers import in_language
from ui.classroom.lesson import Step
from ui.shell import cached
from ui.shell.network_words import title_of
from ui.widgets.digit_tiles.digit_tiles import digit_grid

NAME = "findings"
_PDF, _PNG, _CSV = "application/pdf", "image/png", "text/csv"


def _sheet(page: ClassPage, language: str) -> tuple[bytes, bytes]:
    """The sheet in this language, as a PDF and as a picture."""
    key = ("findings-sheet", class_findings.as_found(page), language)
    found: tuple[bytes, bytes] = cached.shared(key, partial(_drawn, page, language))
    return found


def _drawn(page: ClassPage, language: str) -> tuple[bytes, bytes]:
    with translation.using(language):
        sheet = findings_sheet.pdf(class_findings.collect(page))
    return sheet, findings_sheet.png(sheet)


def _screen(page: ClassPage) -> None:
    """The sheet as a whole, and what is on it in large words."""
    sheet, words = st.columns([2, 3], gap="large", vertical_alignment="center")
    with words, st.container(key="class-found"):
        st.markdown(f"## {_('What our class found')}")
        for one in _in_words(class_findings.collect(page)):
            st.markdown(f"### {one}")
    # Last: drawing it takes seconds, in which the class reads.
    with sheet, st.container(key="class-sheet"):
        st.image(_sheet(page, translation.current())[1], width="stretch")


def _in_words(found: Findings) -> list[str]:
    """The findings, a sentence each; those of steps that were left out are left out."""
    lines = []
    doubtful = [one for one in found.guessed if one.share is not None]
    if doubtful:
        one = min(doubtful, key=lambda guessed: guessed.share or 0.0)
        share = percent(one.share or 0.0, 0)
        lines.append(
            _(
                "One digit divided us: {share} agree with its label, {label}.",
                share=share,
                label=one.label,
            )
        )
    if found.networks:
        best = found.networks[0]
        lines.append(
            _(
                "“{network}” reads {correct} of our {count} digits.",
                network=best.title,
                correct=whole(best.correct),
                count=whole(best.total),
            )
        )
    if found.hardest is not None:
        lines.append(
            _("Our {digit} was misread most; that may be luck.", digit=found.hardest)
            if found.is_hardest_by_luck
            else _("Our {digit} is hardest to read.", digit=found.hardest)
        )
    if found.hits:
        lines.append(
            n_(
                "{n} drawing that people read fooled the network.",
                "{n} drawings that people read fooled the network.",
                len(found.hits),
            )
        )
    if found.trainings:
        best = found.trainings[0]
        lines.append(_("Our best training reads {share}.", share=percent(best.share)))
    if found.taught is not None:
        before, after = found.taught.ours_before, found.taught.ours_after
        lines.append(
            _(
                "Taught our digits, a network reads {after} of {count}; before, {before}.",
                after=after.correct,
                before=before.correct,
                count=after.total,
            )
        )
    return lines or [_("This class has found nothing yet.")]


def _controls(page: ClassPage) -> None:
    """What the teacher takes home."""
    with st.popover(_("Take it home"), key="class-take-home", icon=":material/download:"):
        _sheet_downloads(page)
        st.download_button(
            _("Everything as a table (CSV)"),
            lambda: class_findings.table(page),
            file_name=f"class-{page.code.lower()}.csv",
            mime=_CSV,
            key="class-csv",
            on_click="ignore",
        )
        st.caption(_("For the lesson after: people are numbers in it, without names."))


def _sheet_downloads(page: ClassPage) -> None:
    name, language = f"class-{page.code.lower()}", translation.current()
    st.download_button(
        _("The sheet of the class (PDF)"),
        lambda: _sheet(page, language)[0],
        file_name=f"{name}.pdf",
        mime=_PDF,
        key="class-pdf",
        on_click="ignore",
    )
    st.download_button(
        _("The same as a picture (PNG)"),
        lambda: _sheet(page, language)[1],
        file_name=f"{name}.png",
        mime=_PNG,
        key="class-png",
        on_click="ignore",
    )


def _pupil(page: ClassPage) -> None:
    _own_digits(page)
    with st.expander(_("What the class found"), expanded=False):
        _sheet_downloads(page)


def _own_digits(page: ClassPage) -> None:
    """The ten digits of this person, how many were read, and the card to keep."""
    person = page.person
    assert person is not None
    mine = [one for one in pictures.of_step(page, WRITE) if one.person == person.id]
    mine.sort(key=lambda one: one.drawing.label)
    predictions = cached_readings.predictions(pictures.as_array(mine)) if mine else {}
    if not predictions:
        st.markdown(_("You have written no digits in this class, so there is no card for you."))
        return
    labels = np.array([one.drawing.label for one in mine], np.int64)
    # The network that reads the class best reads this card, too.
    network = _best_network(page, list(predictions))
    read = predictions[network]
    images = pictures.as_array(mine)
    words = _("{correct} of {count} read", correct=int((labels == read).sum()), count=len(labels))
    st.markdown(f"### {words}")
    captions = [
        f"{label} ✓" if label == said else f"{label} ✗ {said}"
        for label, said in zip(labels.tolist(), read.tolist(), strict=True)
    ]
    digit_grid(images, captions, key="class-my-digits", alternatives=captions, clickable=False)
    typed = person.name if pdf_page.can_write(person.name) else ""
    name, title = typed or animals.in_words(person), title_of(network)

    def card() -> bytes:
        return person_card.png(person_card.pdf(name, images, labels, read, title))

    st.download_button(
        _("Your card to keep (PNG)"),
        partial(in_language, translation.current(), card),
        file_name="my-digits.png",
        mime=_PNG,
        key="class-card",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )


def _best_network(page: ClassPage, names: list[str]) -> str:
    scores = class_findings.collect(page).networks
    titles = {title_of(name): name for name in names}
    return next((titles[one.title] for one in scores if one.title in titles), names[0])


STEP = Step(NAME, to_translate("What we found"), _pupil, _screen, _controls)
