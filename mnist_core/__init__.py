"""Digit Lab's core: MNIST, networks, training, judging. Knows nothing of the web.

from mnist_core import dataset, recipes, drawing, store, evaluation, jobs
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnist_core import drawing as drawing
    from mnist_core import jobs as jobs
    from mnist_core.analysis import evaluation as evaluation
    from mnist_core.data import dataset as dataset
    from mnist_core.models import store as store
    from mnist_core.networks import recipes as recipes

_MODULES = {
    "dataset": "mnist_core.data.dataset",
    "drawing": "mnist_core.drawing",
    "evaluation": "mnist_core.analysis.evaluation",
    "jobs": "mnist_core.jobs",
    "recipes": "mnist_core.networks.recipes",
    "store": "mnist_core.models.store",
}


def __getattr__(name: str) -> ModuleType:
    """Import a module when it is first asked for (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(_MODULES[name])
