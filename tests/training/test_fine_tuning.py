"""A model learns from a hand through the queue: better on it, not much worse elsewhere; or stopped.

The hand is made of digits of MNIST, turned further than a network has ever seen them.
"""

import json
import shutil
import signal

import numpy as np
import pytest

from mnist_core.analysis.transforms import affine
from mnist_core.data import dataset
from mnist_core.handwriting import archive, fine_tuning_set
from mnist_core.handwriting.score import Handwriting
from mnist_core.jobs import admission, queue
from mnist_core.jobs.directory import JobDirectory
from mnist_core.models import store
from mnist_core.models.card import decode, encode
from tests.jobs.idle_worker import idle_worker
from tests.jobs.test_worker import process_of, wait_for_end, wait_until


def crooked_hand(turn=40):
    digits = dataset.load("train")
    chosen = [
        np.flatnonzero(digits.labels == digit)[-number] for number in (1, 2) for digit in range(10)
    ]
    images = affine(digits.images[chosen], turn=turn)
    return Handwriting(images, digits.labels[chosen].astype(np.int64), np.repeat([1, 2], 10))


def card_of(name):
    return next(card for card in store.list_models() if card.name == name)


def drawings_on_disk(models):
    return list(models.rglob("drawings.npz"))


def test_a_lesson_is_the_hand_again_and_again_among_digits_of_mnist():
    learn = crooked_hand().of_round(1)
    how = fine_tuning_set.settings(len(learn))
    shown = fine_tuning_set.training_set(learn, dataset.load("train"), how)
    assert (
        len(shown)
        == how.training_images
        == fine_tuning_set.MNIST_DIGITS + 10 * fine_tuning_set.copies(10)
    )
    assert shown.images.shape == (len(shown), 28, 28)
    assert shown.images.dtype == shown.labels.dtype == np.uint8
    as_drawn = {image.tobytes() for image in learn.images}
    assert as_drawn <= {image.tobytes() for image in shown.images}
    old = {image.tobytes() for image in dataset.load("train").images}
    assert sum(image.tobytes() in old for image in shown.images) == fine_tuning_set.MNIST_DIGITS
    # In no order: any part holds both kinds.
    first = sum(image.tobytes() in old for image in shown.images[:500])
    assert 300 < first < 490
    again = fine_tuning_set.training_set(learn, dataset.load("train"), how)
    assert np.array_equal(again.images, shown.images)


@pytest.mark.parametrize("count", [1, 10, 100, 101, 210, 420, 840, 1_260])
def test_a_class_s_digits_are_each_shown_among_digits_of_mnist_within_the_limit(count):
    how = fine_tuning_set.settings(count)
    assert fine_tuning_set.drawing_count(how) == count
    assert how.training_images <= 13_500
    assert fine_tuning_set.mnist_digits(how) >= fine_tuning_set.MNIST_DIGITS
    assert fine_tuning_set.copies(count) >= 4


def test_what_a_class_is_taught_with_is_as_large_as_announced():
    digits = dataset.load("test")
    drawn = Handwriting(
        digits.images[:210], digits.labels[:210].astype(np.int64), np.ones(210, np.int64)
    )
    how = fine_tuning_set.settings(210)
    shown = fine_tuning_set.training_set(drawn, dataset.load("train"), how)
    assert len(shown) == how.training_images
    copies = fine_tuning_set.copies(210)
    assert copies * np.bincount(drawn.labels)[8] <= np.bincount(shown.labels)[8]


def test_a_model_learns_from_a_hand_and_its_card_tells_all(models_directory, start_here):
    waiting = []
    start = start_here(lambda path: waiting.extend(drawings_on_disk(models_directory)))
    job_id = admission.submit_fine_tuning(card_of("cnn-simple"), crooked_hand(), start=start)
    assert len(waiting) == 1
    state = wait_for_end(job_id)
    assert state.state == "done", state.message
    assert state.started_from == "cnn-simple"
    assert drawings_on_disk(models_directory) == []

    card = card_of(state.model)
    assert card.name == "cnn-simple-run-1"
    learned = card.fine_tuned
    assert learned.started_from == "cnn-simple"
    assert learned.test_accuracy_before == card_of("cnn-simple").test_accuracy
    assert (learned.learned, learned.held_out) == (10, 10)
    before, after = learned.held_out_right
    assert after > before
    assert learned.learned_right[1] >= 9
    # It has not forgotten the others, and is not quite what it was.
    assert learned.test_accuracy_before - 0.01 < card.test_accuracy
    assert card.test_accuracy != learned.test_accuracy_before
    # The card's figures are those of the network that was saved.
    held_out = crooked_hand().of_round(2)
    for name, right in (("cnn-simple", before), (card.name, after)):
        answers = store.open_model(name).predict(held_out.images)
        assert int((answers.argmax(axis=1) == held_out.labels).sum()) == right
    assert decode(encode(card)) == card


def test_stopped_in_line_nothing_is_learned_and_no_drawing_stays(models_directory):
    first = admission.submit_fine_tuning(card_of("cnn-larger"), crooked_hand())
    second = admission.submit_fine_tuning(card_of("cnn-larger"), crooked_hand())
    queue.stop(second)
    queue.stop(first)
    for job_id in (first, second):
        state = wait_for_end(job_id)
        assert state.state == "stopped"
    assert drawings_on_disk(models_directory) == []


def test_a_worker_killed_in_line_leaves_no_drawing(models_directory):
    first = admission.submit_fine_tuning(card_of("cnn-larger"), crooked_hand(), start=idle_worker)
    second = admission.submit_fine_tuning(card_of("cnn-larger"), crooked_hand())
    process_of(models_directory, second).send_signal(signal.SIGKILL)
    assert wait_for_end(second).state == "interrupted"
    queue.stop(first)
    wait_for_end(first)
    assert drawings_on_disk(models_directory) == []


def test_a_model_that_goes_away_before_its_turn_is_a_sentence(models_directory, start_here):
    shutil.copytree(store.SHIPPED / "cnn-simple", models_directory / "going")
    card = card_of("going")
    start = start_here(lambda path: shutil.rmtree(models_directory / "going"))
    state = wait_for_end(admission.submit_fine_tuning(card, crooked_hand(), start=start))
    assert (state.state, state.model) == ("failed", None)
    assert state.message == "The network to start from no longer exists."


def test_a_damaged_model_is_a_sentence(models_directory, start_here):
    folder = models_directory / "damaged"
    shutil.copytree(store.SHIPPED / "cnn-simple", folder)
    file = folder / store.KERAS
    file.write_bytes(file.read_bytes()[:-10])
    start = start_here()
    job_id = admission.submit_fine_tuning(card_of("damaged"), crooked_hand(), start=start)
    state = wait_for_end(job_id)
    assert state.state == "failed"
    assert "damaged" in state.message


def test_a_name_in_the_notes_never_becomes_a_path(models_directory, tmp_path, start_here):
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(store.SHIPPED / "cnn-simple", elsewhere)

    def rewrite(path):
        notes = json.loads((path / "spec.json").read_text())
        (path / "spec.json").write_text(
            json.dumps(notes | {"started_from": f"../../{elsewhere}"[:64]})
        )

    start = start_here(rewrite)
    job_id = admission.submit_fine_tuning(card_of("cnn-simple"), crooked_hand(), start=start)
    state = wait_for_end(job_id)
    assert (state.state, state.model) == ("failed", None)


def test_damaged_drawings_are_a_sentence(models_directory, start_here):
    def damage(path):
        (path / "drawings.npz").write_bytes(archive.encode(crooked_hand())[:-99])

    start = start_here(damage)
    job_id = admission.submit_fine_tuning(card_of("cnn-simple"), crooked_hand(), start=start)
    state = wait_for_end(job_id)
    assert state.state == "failed"
    assert "drawings are damaged" in state.message
    assert drawings_on_disk(models_directory) == []


def test_without_a_first_round_there_is_nothing_to_learn(models_directory):
    with pytest.raises(ValueError, match="first round"):
        admission.submit_fine_tuning(card_of("cnn-simple"), crooked_hand().of_round(2))
    assert queue.unfinished() == []


def test_drawings_of_jobs_that_are_over_are_swept_up(models_directory):
    job_id = admission.submit_fine_tuning(card_of("cnn-larger"), crooked_hand())
    queue.stop(job_id)
    wait_until(lambda: queue.read(job_id).is_over)
    job = JobDirectory(models_directory / ".jobs" / job_id)
    (job.path / "drawings.npz").write_bytes(b"left over")
    queue.stop(admission.submit_fine_tuning(card_of("cnn-larger"), crooked_hand()))
    assert not (job.path / "drawings.npz").exists()
