"""How does a network learn? Choose one, train it, watch."""

import streamlit as st

from mnist_core import jobs, recipes
from ui import address
from ui.network_table import network_table, published_words
from ui.settings_form import settings_form
from ui.training_view import training_view
from ui.trainings import choose_training, forget_training, other_trainings, watched_training
from ui.words import explain

st.title("How does a network learn?", anchor=False)
st.write(
    "It looks at thousands of digits, guesses each, and corrects itself a little every time. "
    "Choose a network, press **Train**, and watch."
)

here = address.of("train")
names = tuple(recipe.name for recipe in recipes.RECIPES)
name = here.choice(
    "recipe", names, no="There is no recipe of that name", instead=f"the first one, {names[0]}"
)
for note in here.notes:
    st.info(note)

if job_id := watched_training():
    try:
        with st.container(border=True):
            training_view(job_id)
    except ValueError as error:
        forget_training()
        st.info(f"{error} Start a new one below.")

choice, network = st.columns([2, 3], gap="large")
with choice:
    st.selectbox(
        "Network",
        names,
        format_func=lambda name: f"{recipes.get(name).title} · {name}",
        help=explain("network", "recipe"),
        **here.steers("recipe", name),
    )
    recipe = recipes.get(name)
    st.markdown(f"{recipe.summary} {published_words(recipe)}", help=explain("tutorial"))
    settings = settings_form(recipe)
    if st.button("Train", type="primary", icon=":material/play_arrow:", width="stretch"):
        try:
            choose_training(jobs.submit(recipe, settings))
        except (jobs.QueueFull, OSError, ValueError) as error:
            st.error(str(error))
        else:
            st.rerun()
    other_trainings(job_id)
with network:
    network_table(recipe)
here.settle()
