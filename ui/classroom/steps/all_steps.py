"""All steps of the lesson, by their names."""

from mnist_core.language.translation import to_translate
from ui.classroom.lesson import Step
from ui.classroom.steps import fool, guess, inside, lobby, not_yet, teach, train, write

_TITLES = {
    "findings": to_translate("What we found"),
}

BY_NAME = {
    step.name: step
    for step in (
        lobby.STEP,
        guess.STEP,
        write.STEP,
        inside.STEP,
        fool.STEP,
        train.STEP,
        teach.STEP,
        *(Step(name, title, not_yet.show, not_yet.show) for name, title in _TITLES.items()),
    )
}
