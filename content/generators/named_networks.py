"""Convolutional networks, their parts, and CNN against RNN by descriptions: tables, see tables.py.

Values of `architecture`, `conv_term`, `cnn_or_rnn`: `clue`, `right`, `wrong1` to `wrong3`, and `..._why` of
each. Knows no question texts.
"""

from __future__ import annotations

from content.generators.tables import Row, table_generator

_ARCHITECTURES = {
    "LeNet-5": "LeNet-5 (1998) is the small network of LeCun for handwritten digits.",
    "AlexNet": "AlexNet (2012) won ImageNet by a wide margin, with ReLU, dropout and GPUs.",
    "VGG-16": "VGG-16 (2014) stacks 3 x 3 convolutions and nothing fancier.",
    "GoogLeNet": "GoogLeNet (2014) is built of inception modules with filters of several sizes side by side.",
    "ResNet": "ResNet (2015) adds each block's input to its output, a skip connection.",
}

_TERMS = {
    "stride": "The stride is the step by which the filter moves on.",
    "padding": "Padding is the rim of zeros put round the input.",
    "filter (kernel)": "The filter, or kernel, is the small set of shared weights.",
    "feature map": "A feature map is what one filter gives over all places.",
    "channel": "A channel is one layer of the depth, such as red, or one feature map.",
    "receptive field": "The receptive field is the part of the input that an output depends on.",
    "pooling": "Pooling sums up small windows and has no weights.",
}

_NETWORKS = {
    "an RNN": "An RNN passes a state from each time step to the next, so its steps wait for each other.",
    "a plain CNN": "A plain CNN applies one small window at all places at once.",
    "both of them": "Both share weights, one over places and one over time.",
    "neither of them": "Neither would mean that no CNN and no RNN does it.",
}

GENERATORS = (
    table_generator(
        "architecture",
        (
            Row("reads handwritten digits with about 60 thousand parameters", "LeNet-5", "LeCun's digits."),
            Row("alternates convolutions with average pooling and dates from 1998", "LeNet-5", "The oldest."),
            Row(
                "won the ImageNet contest of 2012 and started the boom",
                "AlexNet",
                "It cut the error of the five best guesses from 26% to 15%.",
            ),
            Row(
                "made ReLU, dropout and training on two GPUs popular",
                "AlexNet",
                "It joined all three in 2012.",
            ),
            Row("uses 3 x 3 filters throughout, 16 layers with weights", "VGG-16", "The simple, deep stack."),
            Row("has some 138 million parameters, most in its dense layers", "VGG-16", "Its price is size."),
            Row(
                "runs filters of several sizes side by side in each module", "GoogLeNet", "Inception modules."
            ),
            Row(
                "uses 1 x 1 convolutions as bottlenecks and won ImageNet 2014", "GoogLeNet", "Fewer weights."
            ),
            Row("adds a block's input to its output", "ResNet", "That is a skip connection."),
            Row(
                "was trained with 152 layers, because gradients find a short way",
                "ResNet",
                "Residual blocks.",
            ),
        ),
        _ARCHITECTURES,
    ),
    table_generator(
        "conv_term",
        (
            Row(
                "the number of places that the filter moves on each time",
                "stride",
                "Stride 2 halves the side.",
            ),
            Row(
                "the rim of zeros round the input",
                "padding",
                "With it, the filter sees the edges more often.",
            ),
            Row("what `same` and `valid` are choices of", "padding", "`same` pads, `valid` does not."),
            Row(
                "the small set of weights that slides over the input",
                "filter (kernel)",
                "Learned, and shared.",
            ),
            Row("the output of one filter over all places", "feature map", "One filter, one map."),
            Row(
                "one of the three layers red, green and blue of an image",
                "channel",
                "Depth is counted in channels.",
            ),
            Row("the part of the image that one output can see", "receptive field", "It grows with depth."),
            Row(
                "taking the largest value of each 2 x 2 window", "pooling", "Max pooling, without any weight."
            ),
            Row(
                "what gets larger with each further layer although filters stay small",
                "receptive field",
                "Each layer adds f - 1 at stride 1.",
            ),
        ),
        _TERMS,
    ),
    table_generator(
        "cnn_or_rnn",
        (
            Row(
                "Which uses the same weights at every time step and hands on a state?",
                "an RNN",
                "It shares its weights over time.",
                "A state that is handed on is found in RNNs alone.",
            ),
            Row(
                "Which can compute all positions of a layer at the same moment?",
                "a plain CNN",
                "No output waits for its neighbour.",
                "The steps of an RNN must wait for the state before them.",
            ),
            Row(
                "Which has to work through a sequence step by step?",
                "an RNN",
                "$h_t$ needs $h_{t-1}$.",
                "A CNN can work at all places at the same time.",
            ),
            Row(
                "Which has far fewer weights than a dense layer on the same input, thanks to sharing?",
                "both of them",
                "One shares over places, the other over time.",
                "Each of the two uses a small set of weights many times over.",
            ),
            Row(
                "Which sees only a window of fixed width around each output?",
                "a plain CNN",
                "Its reach is its receptive field.",
                "The state of an RNN may reach back to the first step.",
            ),
            Row(
                "Which can, in principle, carry something over any number of steps?",
                "an RNN",
                "Its state may last, if gradients let it learn to.",
                "A CNN's reach ends with its receptive field.",
            ),
            Row(
                "Which is trained by gradient descent with backpropagation?",
                "both of them",
                "Through layers, or through time.",
                "Each of the two is differentiable, so backpropagation works in it.",
            ),
            Row(
                "Which gives one separate weight to each pair of input and output?",
                "neither of them",
                "That is the dense layer.",
                "In both, one weight serves many such pairs.",
            ),
            Row(
                "Which reads the image in an image-captioning system?",
                "a plain CNN",
                "Its features start the RNN that writes.",
                "The words come from the RNN, the picture is read by the CNN.",
            ),
            Row(
                "Which writes the words in a classical image-captioning system?",
                "an RNN",
                "It makes one word after another.",
                "The picture is read by the CNN, the words come from the RNN.",
            ),
        ),
        _NETWORKS,
    ),
)
