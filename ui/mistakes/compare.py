"""Compare networks: two side by side, all of them, and from the worst to the best."""

from ui.mistakes import compare_hardness, compare_in_order, compare_pair
from ui.mistakes.network_results import NetworkResults
from ui.pickers.choice_picker import choice_picker
from ui.shell.address import Address

# Name in the address -> title, and the function that shows it.
_COMPARISONS = {
    "pair": ("Two side by side", compare_pair.show),
    "hard": ("Hard for all of them", compare_hardness.show),
    "climb": ("From worst to best", compare_in_order.show),
}


def show(here: Address, results: NetworkResults) -> None:
    """Show the comparison that `ask` in the address picks."""
    titles = {name: title for name, (title, _) in _COMPARISONS.items()}
    name = choice_picker(here, "ask", "Compare", titles, refusal="There is no such comparison")
    _COMPARISONS[name][1](here, results)
