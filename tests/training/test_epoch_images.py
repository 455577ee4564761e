from dataclasses import replace

from mnist_core.training.epoch_images import EpochImages
from tests.samples import QUICK, first


def test_a_wrong_label_draws_nothing_into_the_picture():
    training, settings = first("train", 300), replace(QUICK, augmentation="hands")
    clean, noisy = (
        EpochImages(training, replace(settings, label_noise=share)) for share in (0.0, 0.5)
    )
    assert (noisy.digits.labels != clean.digits.labels).sum() == 150
    assert (noisy.of(1) == clean.of(1)).all()
