"""The glossary: every technical word the pages use, in one plain sentence."""

from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "MNIST": "70,000 small pictures of digits that real people wrote by hand; since 1998 the "
        "first thing that networks are taught to read.",
        "pixel": "One of the 28 × 28 dots of an image: a number from 0 (paper) to 255 (ink).",
        "image": "28 rows of 28 pixels; to the computer a list of 784 numbers.",
        "label": "The digit that a person said the image shows.",
        "element": "One image with its label; elements are numbered from 0 in the order of the "
        "file.",
        "training set": "The 60,000 images that networks learn from.",
        "test set": "10,000 other images that are kept for the examination: no network learns "
        "from them.",
        "network": "A long calculation with many adjustable numbers that turns the 784 pixels "
        "into ten probabilities.",
        "model": "A network that has been trained and kept, ready to read digits.",
        "recipe": "The plan of a network and of how it is trained, before it has learned anything.",
        "training": "Showing images to the network again and again, and correcting its numbers "
        "a little after each batch so that it does better next time.",
        "prediction": "The digit that the network holds most likely.",
        "probability": "How likely the network holds a digit, in per cent; all ten add up to 100%.",
        "confidence": "The probability that the network gives to its own answer; it can be high "
        "and the answer wrong.",
        "reliability diagram": "A picture of how often the network is right (upwards) for how sure "
        "it says it is (to the right): on the dotted line both agree, below it boasts.",
        "expected calibration error": "How far how sure and how right are apart, on average over "
        "all images: they are sorted into 15 bins by how sure the network is.",
        "temperature": "A number by which a network's last sums are divided before they become "
        "probabilities: above 1 it becomes less sure of everything, below 1 surer.",
        "accuracy": "The share of images that are read rightly.",
        "error": "The share of images that are read wrongly: 100% less the accuracy.",
        "loss": "How far the probabilities are from the truth, which training makes small: 0 is "
        "perfect, and being sure and wrong costs most.",
        "cross-entropy": "The usual loss: minus the logarithm of the probability that the "
        "network gave to the right digit.",
        "squared error": "Another loss: how far each of the ten probabilities is from what it "
        "should be (1 for the right digit, 0 for the others), times itself; the mean of all ten.",
        "confusion matrix": "A table of all answers: each row is what the images are labelled as, "
        "each column what the network said, so that mistakes lie off the diagonal.",
        "precision": "Of all images that the network calls a 4, say, the share labelled 4.",
        "recall": "Of all images labelled 4, say, the share that the network calls a 4.",
        "F1": "Precision and recall in one number, nearer to the smaller of the two.",
        "parameters": "The adjustable numbers inside a network, which training finds.",
        "layer": "One stage of a network: it takes numbers in, calculates, and hands its results "
        "on.",
        "dense": "A layer in which every neuron looks at all the numbers of the layer before.",
        "neuron": "One small sum inside a layer: inputs times weights, added up.",
        "convolution": "A layer that slides small patterns over the image and notes where each "
        "one fits.",
        "pooling": "Keeping only the strongest of neighbouring results, so that the picture "
        "shrinks and small shifts do not matter.",
        "average pooling": "Keeping the mean of neighbouring results, so that the picture shrinks "
        "and small shifts matter less.",
        "flatten": "Laying the rows of a picture one behind the other to make a list.",
        "batch normalisation": "Bringing the results of a layer to a like size over a batch, so "
        "that the layers behind it learn quicker.",
        "dropout": "Switching off a random part of a layer at each step while training, so that "
        "the network does not rely on any single number.",
        "relu": "A rule for a neuron's result: negative becomes 0, positive stays as it is.",
        "tanh": "A rule for a neuron's result: squeezed smoothly between -1 and 1.",
        "sigmoid": "A rule for a neuron's result: squeezed smoothly between 0 and 1.",
        "gelu": "A rule for a neuron's result: like relu, with a rounded corner.",
        "linear": "A rule for a neuron's result: it stays as it is.",
        "softmax": "Turns ten results of any size into ten probabilities that add up to 100%.",
        "start values": "The random numbers that the parameters have before training.",
        "Glorot uniform": "Any start values from a narrow range around 0, all equally likely; the "
        "range is narrower the more connections a layer has.",
        "He normal": "Start values mostly near 0, on a bell curve that is narrower the more inputs "
        "a layer has; made for relu, which turns half of all results into 0.",
        "small normal": "Start values mostly near 0, on a bell curve of spread 0.05, in small "
        "layers and in large ones.",
        "small uniform": "Any start values from -0.05 to 0.05, all equally likely, in small layers "
        "and in large ones.",
        "epoch": "Once through all the training images.",
        "batch size": "How many images the network looks at before it corrects its numbers once.",
        "optimizer": "The method by which the network's numbers are corrected after each batch.",
        "SGD": "Stochastic gradient descent, the plainest optimizer: each number goes downhill on "
        "the loss, the steeper the further; momentum can be added.",
        "RMSprop": "An optimizer that divides each number's correction by how steep the loss has "
        "been there lately, so that steep and flat places are learned about equally fast.",
        "Adam": "An optimizer like RMSprop that adds momentum; it does well with most networks and "
        "is a good one to begin with.",
        "AdamW": "Adam that also pulls every number a little towards 0 at each step, which keeps "
        "the network from relying on a few huge ones.",
        "Adadelta": "An optimizer like RMSprop that also looks at how large the last corrections "
        "were; its learning rate is often simply 1.",
        "learning rate": "How large each correction is: too small learns slowly, too large "
        "overshoots.",
        "schedule": "Whether the learning rate stays as it is, or grows at first and then falls, "
        "so that a training ends in ever smaller corrections.",
        "augmentation": "Showing each image a little different every time, bent or drawn again "
        "with another pen, so that the network gets ready for hands it has never seen.",
        "momentum": "How much of the last correction goes into the next one, so that corrections "
        "gather speed like a ball that rolls downhill.",
        "label noise": "A share of the training images that get a wrong label on purpose, to see "
        "how much wrong teaching a network stands.",
        "exactness": "How many digits the sums of a training are worked out to; rougher numbers "
        "are quicker where the processor knows them.",
        "seed": "A number that fixes all the dice of a training, so that it can be repeated.",
        "overfitting": "Learning the training images by heart instead of what digits look like; "
        "the accuracy on test images then falls behind.",
        "standard deviation": "How far single results typically are from their mean: small where "
        "they are all alike, large where they differ much.",
        "one-hot": "Writing a digit as ten numbers, all 0 but one: 5 becomes 0 0 0 0 0 1 0 0 0 0.",
        "tutorial": "One of five public lessons (T0 to T4 here) that teach this with the Keras "
        "library; the recipes are theirs.",
    }
)


def explain(*terms: str) -> str:
    """What these words mean, for `help=`: a line of Markdown for each.

    Raises:
        ValueError: a word is not in the glossary.
    """
    unknown = [term for term in terms if term not in WORDS]
    if unknown:
        raise ValueError(f"Not in the glossary: {', '.join(unknown)}.")
    return "\n\n".join(f"**{term[0].upper()}{term[1:]}**: {WORDS[term]}" for term in terms)
