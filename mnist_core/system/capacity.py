"""What follows from the machine: how many trainings run, how large they may be, how many people.

These are the defaults of the server's settings. The memory that each part takes was measured by
`benchmarks/small_machine.py`.
"""

from mnist_core.system.machine import Machine

WEB_MB = 300
"""The web process after all pages were looked at, without its visitors."""
TRAINING_MB = 500
"""A training's process, without the numbers of its network: TensorFlow and the images."""
SESSION_MB = 2
"""A visitor who has looked at every page."""
LARGEST_TRAINING_MB = 3_000
"""What the numbers of a training may take however much memory there is."""

_SMALLEST_TRAINING_MB = 50
# For visitors, files that are read, and what nobody has thought of.
_RESERVE = 0.1
# TensorFlow makes use of several for each training.
_CORES_PER_TRAINING = 4
# So many people who click every two seconds get their answers in time.
_PEOPLE_PER_CORE = 150
_FEWEST_PEOPLE = 20


def trainings_at_once(machine: Machine) -> int:
    """How many trainings run at the same time; 0 where there is too little memory for any."""
    if _for_trainings_mb(machine) < TRAINING_MB + _SMALLEST_TRAINING_MB:
        return 0
    by_memory = _for_trainings_mb(machine) // (TRAINING_MB + LARGEST_TRAINING_MB)
    return max(1, min(by_memory, int(machine.cores // _CORES_PER_TRAINING)))


def training_mb(machine: Machine, at_once: int) -> int:
    """How much memory the numbers of each of so many trainings may take, in megabytes."""
    share = _for_trainings_mb(machine) // max(1, at_once) - TRAINING_MB
    return max(1, min(share, LARGEST_TRAINING_MB))


def sessions(machine: Machine, at_once: int, training_mb: int) -> int:
    """How many people may be here at once, beside so many trainings of this size."""
    left = machine.memory_mb - WEB_MB - at_once * (TRAINING_MB + training_mb)
    by_memory = int(max(left, _RESERVE * machine.memory_mb) / SESSION_MB)
    return max(_FEWEST_PEOPLE, min(by_memory, int(_PEOPLE_PER_CORE * max(1.0, machine.cores))))


def _for_trainings_mb(machine: Machine) -> int:
    return int((1 - _RESERVE) * machine.memory_mb) - WEB_MB
