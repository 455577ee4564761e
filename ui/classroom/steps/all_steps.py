"""All steps of the lesson, by their names."""

from ui.classroom.steps import findings, fool, guess, inside, lobby, teach, train, write

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
        findings.STEP,
    )
}
