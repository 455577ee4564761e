"""Pack the network of the home page for the browser, so that no visitor waits for it.

python -m scripts.pack_for_browser
"""

from mnist_core.models import browser_weights, store

NETWORK = "cnn-larger"


def main() -> None:
    """Write the file beside the network."""
    folder = store.SHIPPED / NETWORK
    packed = browser_weights.pack(store.keras_file(NETWORK), store.read_card(folder))
    (folder / browser_weights.FILE).write_bytes(packed)


if __name__ == "__main__":
    main()
