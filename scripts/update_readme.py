"""Write the table of recipes in README.md anew from the shipped models' cards.

    python -m scripts.update_readme

tests/test_readme.py fails when it is out of date.
"""

from pathlib import Path

from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.networks import recipes

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- recipes: made by scripts/update_readme.py -->"
END = "<!-- end of recipes -->"


def table() -> str:
    """The table in Markdown: every recipe of which a trained network comes along."""
    rows = [
        "| recipe | from | parameters | published | here | mistakes | training |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    shipped = {card.name: card for card in store.list_models() if card.shipped}
    rows += [_row(shipped[recipe.name]) for recipe in recipes.SHIPPED]
    return "\n".join(rows)


def with_table(text: str) -> str:
    """The README's text with the table between its marks."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def _row(card: ModelCard) -> str:
    published = ", ".join(
        f"{figure.accuracy:.2%} ({figure.tutorial})" for figure in card.recipe.published
    )
    origin = ", ".join(card.recipe.tutorials) or "our own"
    return (
        f"| `{card.recipe.name}` | {origin} | {card.parameters:,} "
        f"| {published or '–'} | **{card.test_accuracy:.2%}** | {card.mistakes} "
        f"| {card.settings.epochs} epochs, {card.seconds:.0f} s |"
    )


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
