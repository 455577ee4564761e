"""Names for new models."""

from mnist_core.models import model_names


def test_free_names_count_up_past_what_is_there(models_directory):
    assert model_names.free("mlp-784", models_directory) == "mlp-784-run-1"
    (models_directory / "mlp-784-run-1").mkdir(parents=True)
    assert model_names.free("mlp-784", models_directory) == "mlp-784-run-2"
