"""Which mistakes are whose? Two networks, all of them, and the climb from the worst to the best."""

from ui.mistakes import compare_climb, compare_hardness, compare_pair
from ui.mistakes.test_results import Examination
from ui.shell.address import Address
from ui.widgets.choice_row.choice_row import choice_row

# What can be asked here: its name in the address, its title, and the function that answers.
_QUESTIONS = {
    "pair": ("Two side by side", compare_pair.show),
    "hard": ("What is hard for all?", compare_hardness.show),
    "climb": ("The climb to the best", compare_climb.show),
}


def show(here: Address, exam: Examination) -> None:
    """Show the view; `ask` in the address picks the question."""
    ask = here.one_of(
        "ask",
        tuple(_QUESTIONS),
        refusal="Nobody can ask that here",
        instead=_QUESTIONS["pair"][0].lower(),
    )
    choice_row(
        "Compare",
        {name: title for name, (title, _) in _QUESTIONS.items()},
        ask,
        key=f"{here.page}-ask",
        on_choose=lambda name: here.choose(ask=name, page=None),
    )
    _QUESTIONS[ask][1](here, exam)
