"""Explanation methods, reasons and kinds by their descriptions: tables, see tables.py.

Values of `xai_method`, `xai_reason`, `xai_scope`, `white_or_black`:
`clue`, `right`, `wrong1` to `wrong3`, and `..._why` of each.
Knows no question texts.
"""

from __future__ import annotations

from content.generators.tables import Row, table_generator

_METHODS = {
    "LIME": "LIME imitates the model near one input by a simple one.",
    "SHAP": "SHAP shares a prediction out among the features by Shapley values.",
    "a saliency map": "A saliency map shows the size of dy/dx for each input.",
    "Integrated Gradients": "Integrated Gradients averages the slope on the way from a baseline.",
    "Grad-CAM": "Grad-CAM weighs a CNN's last feature maps by their mean slopes.",
    "permutation importance": "Permutation importance shuffles one feature and sees what is lost.",
    "a partial dependence plot": "A partial dependence plot averages the prediction over all other features.",
    "a counterfactual explanation": "A counterfactual names the smallest change that turns the decision.",
}
_REASONS = {
    "trust": "Trust: people use what they can follow.",
    "debugging": "Debugging: an explanation shows what the model has really learned.",
    "finding bias": "Finding bias: one sees whether a group is treated worse.",
    "the law": "The law may give people a right to be told why.",
    "safety": "Safety: a wrong reason can do harm in medicine or on the road.",
}
_SCOPES = {
    "local, and works with any model": "Such a method explains one prediction, from outputs only.",
    "global, and works with any model": "Such a method describes the whole model, from outputs only.",
    "intrinsic: the model is its own explanation": "Such a model can be read as it stands.",
    "local, and needs the model's derivatives": "Such a method looks inside a network, for one prediction.",
}
_BOXES = {
    "white box": "A white box can be read as it is: its parts are the explanation.",
    "black box": "A black box has too many parts to be read, so it needs post-hoc methods.",
    "neither, it is an explanation method": "An explanation method is put beside a model to explain it.",
    "neither, it is a data set": "A data set holds examples; it neither predicts nor explains.",
}


GENERATORS = (
    table_generator(
        "xai_method",
        (
            Row(
                "fits a small linear model to perturbed copies of one input, near ones weighing more",
                "LIME",
                "A local surrogate.",
            ),
            Row(
                "explains one prediction by a simple local surrogate model",
                "LIME",
                "It is fitted around this one input.",
            ),
            Row(
                "gives shares that add up to prediction minus average prediction",
                "SHAP",
                "That is efficiency.",
            ),
            Row("borrows the fair division of a win from game theory", "SHAP", "Shapley, 1953."),
            Row(
                "takes the size of the derivative of the output with respect to each pixel",
                "a saliency map",
                "One backward pass.",
            ),
            Row(
                "adds up slopes on the straight line from a baseline to the input",
                "Integrated Gradients",
                "Its shares add up, too.",
            ),
            Row(
                "paints a coarse heat map out of a CNN's last feature maps",
                "Grad-CAM",
                "ReLU of weighted feature maps.",
            ),
            Row(
                "measures how far the accuracy falls when one column is shuffled",
                "permutation importance",
                "No retraining is needed.",
            ),
            Row(
                "plots the mean prediction against one feature",
                "a partial dependence plot",
                "A global picture.",
            ),
            Row(
                "says what would have to change for the loan to be granted",
                "a counterfactual explanation",
                "The smallest change counts.",
            ),
        ),
        _METHODS,
    ),
    table_generator(
        "xai_reason",
        (
            Row(
                "A doctor leaves a good model unused: its scores come without a why.",
                "trust",
                "She needs to see why.",
            ),
            Row(
                "Customers leave because the advice looks arbitrary.",
                "trust",
                "What cannot be followed is not used.",
            ),
            Row("A wolf detector turns out to look at snow.", "debugging", "Right for the wrong reason."),
            Row(
                "Accuracy is high in the test and falls in the field; the model had read a watermark.",
                "debugging",
                "The heat map shows it.",
            ),
            Row(
                "Applicants from one district get lower scores than equal ones from elsewhere.",
                "finding bias",
                "The feature should not count.",
            ),
            Row(
                "Women get lower marks from a hiring model than men with equal papers.",
                "finding bias",
                "It learned from biased decisions.",
            ),
            Row(
                "A refused applicant demands the reasons for an automated decision.",
                "the law",
                "European rules on automated decisions are about this.",
            ),
            Row(
                "A regulator asks a bank to document how its credit model decides.",
                "the law",
                "It must be able to.",
            ),
            Row(
                "A car's mistake may kill, so what its network reacts to is checked before the first drive.",
                "safety",
                "Errors do harm there.",
            ),
            Row(
                "A wrong dose does harm, so what the network goes by is checked before any patient gets one.",
                "safety",
                "Lives depend on it.",
            ),
        ),
        _REASONS,
    ),
    table_generator(
        "xai_scope",
        (
            Row(
                "LIME on one loan decision",
                "local, and works with any model",
                "One case, after training, any model.",
                "LIME looks at one case and asks the model for outputs only.",
            ),
            Row(
                "Shapley values of one prediction, from outputs with features left out",
                "local, and works with any model",
                "One prediction is shared out.",
                "Here one prediction is shared out, by outputs alone.",
            ),
            Row(
                "a counterfactual for one refused applicant",
                "local, and works with any model",
                "It concerns this applicant.",
                "Here one applicant is concerned, and outputs are enough.",
            ),
            Row(
                "permutation importance over a test set",
                "global, and works with any model",
                "It ranks features for all cases.",
                "Shuffling columns ranks features over the whole test set.",
            ),
            Row(
                "a partial dependence plot",
                "global, and works with any model",
                "An average over all cases.",
                "Its curve is a mean over all cases.",
            ),
            Row(
                "the coefficients of a linear regression",
                "intrinsic: the model is its own explanation",
                "They are the model.",
                "The coefficients are the model itself; no method is added to it.",
            ),
            Row(
                "the printed rules of a small decision tree",
                "intrinsic: the model is its own explanation",
                "One reads the path.",
                "The printed rules are the model itself; no method is added to it.",
            ),
            Row(
                "Grad-CAM for one photograph",
                "local, and needs the model's derivatives",
                "It needs feature maps and slopes.",
                "Grad-CAM needs a network's feature maps and slopes for one photograph.",
            ),
            Row(
                "a saliency map of a CNN for one image",
                "local, and needs the model's derivatives",
                "It needs the derivatives.",
                "A saliency map is made of derivatives, for one image.",
            ),
        ),
        _SCOPES,
    ),
    table_generator(
        "white_or_black",
        (
            Row(
                "a linear regression with five features",
                "white box",
                "Five weights tell it all.",
                "Here five weights tell it all.",
            ),
            Row(
                "a decision tree of depth three",
                "white box",
                "Each decision is a short path.",
                "Here each decision is a short path.",
            ),
            Row(
                "a logistic regression on ten inputs",
                "white box",
                "Weights have signs and sizes.",
                "Here each of ten weights has a sign and a size to read.",
            ),
            Row(
                "a short list of if-then rules",
                "white box",
                "The rules are the model.",
                "Here the rules are the model.",
            ),
            Row("a deep CNN", "black box", "Millions of weights.", "Here there are millions of weights."),
            Row(
                "an LSTM for translation",
                "black box",
                "Its state has no names.",
                "Here the entries of the state have no names.",
            ),
            Row(
                "a random forest of 500 trees",
                "black box",
                "One tree can be read, 500 cannot.",
                "One tree could be read, 500 cannot.",
            ),
            Row(
                "a Transformer with 12 layers",
                "black box",
                "Attention maps alone are no reading of it.",
                "Its attention maps alone are no reading of it.",
            ),
            Row(
                "LIME",
                "neither, it is an explanation method",
                "It explains other models.",
                "LIME explains what another model predicts.",
            ),
            Row(
                "Grad-CAM",
                "neither, it is an explanation method",
                "It explains CNNs.",
                "Grad-CAM explains what a CNN predicts.",
            ),
            Row(
                "ten thousand labelled X-rays",
                "neither, it is a data set",
                "A model may be trained on them.",
                "Here there are only examples, from which a model may be made.",
            ),
            Row(
                "a table of loans and whether they were paid back",
                "neither, it is a data set",
                "A model may be fitted to it.",
                "Here there are only examples, to which a model may be fitted.",
            ),
        ),
        _BOXES,
    ),
)
