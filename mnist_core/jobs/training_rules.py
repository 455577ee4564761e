"""Whether this server trains at all, and what follows from the machine it runs on, in words."""

from mnist_core.language.translation import _
from mnist_core.networks import recipes, size_limits
from mnist_core.system import capacity, events, machine, server_settings
from mnist_core.system.text_format import counted, decimal, whole


class TrainingRefused(ValueError):
    """Nobody, or not this visitor, may train here now; the message is a sentence for them."""


def why_no_training() -> str | None:
    """Why nobody can train on this server, as a sentence; None where people can."""
    if server_settings.read_only():
        return _(
            "Nobody can train on this server: it is there to look at and to draw. Digit Lab "
            "is free, and trains on your own computer."
        )
    if server_settings.trainings_at_once() == 0:
        return _(
            "This server has {memory} of memory, which is too little to train a network. "
            "Everything else works.",
            memory=_memory(),
        )
    return None


def raise_if_no_training() -> None:
    """Raise TrainingRefused where nobody can train on this server."""
    if reason := why_no_training():
        read_only = server_settings.read_only
        events.refused(read_only.name if read_only() else server_settings.trainings_at_once.name)
        raise TrainingRefused(reason)


def what_is_too_large() -> str | None:
    """Why some ready-made networks cannot be trained on this machine; None where all can."""
    if why_no_training() is not None or server_settings.scheduler():
        return None
    found = [recipe.title for recipe in recipes.RECIPES if not size_limits.is_within(recipe)]
    if not found:
        return None
    return (
        f"This server has {_memory()} of memory: it trains small networks, "
        f"{counted(server_settings.trainings_at_once(), 'training')} at a time. Too large for it: "
        f"{', '.join(found)}."
    )


def what_follows() -> list[str]:
    """What follows from the machine and the settings, in sentences for who runs the server."""
    people = whole(server_settings.max_sessions())
    lines = [f"People at the same time: {people}."]
    if (reason := why_no_training()) is not None:
        return [*lines, reason]
    if server_settings.scheduler():
        return [*lines, "A cluster trains."]
    needed = server_settings.warm_worker_memory_mb()
    is_ready = server_settings.warm_worker_minutes() > 0 and _total_mb() >= needed
    return [
        *lines,
        f"Trainings at the same time: {server_settings.trainings_at_once()}, each with "
        f"{capacity.TRAINING_MB} MB for TensorFlow and up to "
        f"{whole(server_settings.max_memory_mb())} MB for its numbers.",
        "A process stands ready to train while somebody looks at Train."
        if is_ready
        else "No process stands ready to train: each training first imports TensorFlow.",
        *filter(None, [what_is_too_large()]),
    ]


def _total_mb() -> int:
    return machine.here().memory_mb - capacity.WEB_MB


def _memory() -> str:
    return f"{decimal(machine.here().memory_mb / 1000, 1)} GB"
