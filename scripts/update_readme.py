"""Write the tables of README.md anew: recipes from the shipped models' cards, and settings.

    python -m scripts.update_readme

tests/test_docs.py fails when one is out of date.
"""

from pathlib import Path

from mnist_core.models import store
from mnist_core.models.card import ModelCard
from mnist_core.networks import recipes
from mnist_core.system import server_settings

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- {}: made by scripts/update_readme.py -->"
END = "<!-- end of {} -->"


def recipe_table() -> str:
    """The table in Markdown: every recipe of which a trained network comes along."""
    rows = [
        "| recipe | from | parameters | published | here | mistakes | training |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    shipped = {card.name: card for card in store.list_models() if card.shipped}
    rows += [_row(shipped[recipe.name]) for recipe in recipes.SHIPPED]
    return "\n".join(rows)


def settings_table() -> str:
    """What can be set on a server, in Markdown."""
    rows = ["| setting | meaning | default |", "| --- | --- | --- |"]
    rows += [
        f"| `{setting.name}` | {setting.meaning} | {setting.default_in_words()} |"
        for setting in server_settings.ALL
    ]
    return "\n".join(rows)


def with_table(text: str, name: str, table: str) -> str:
    """The README's text with the table of that name between its marks."""
    begin, end = BEGIN.format(name), END.format(name)
    before, rest = text.split(begin)
    _, after = rest.split(end)
    return f"{before}{begin}\n{table}\n{end}{after}"


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
    TEXT = with_table(README.read_text("utf-8"), "recipes", recipe_table())
    README.write_text(with_table(TEXT, "settings", settings_table()), "utf-8")
