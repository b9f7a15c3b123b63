"""Stages, word forms, word vectors, decoders and tasks by their descriptions: tables, see tables.py.

Values of `pipeline_step`, `word_form`, `word_vector`, `decoder_name`, `task_pattern`:
`clue`, `right`, `wrong1` to `wrong3`, and `..._why` of each.
Knows no question texts.
"""

from __future__ import annotations

from content.generators.tables import Row, table_generator

_STAGES = {
    "cleaning": "Cleaning evens out the raw text: case, odd characters, markup.",
    "tokenising": "Tokenising cuts the text into words, subwords or characters.",
    "mapping to ids": "Each token gets its number in the vocabulary.",
    "padding": "Padding makes the sequences of a batch equally long, and a mask marks the filling.",
    "embedding": "The embedding turns each id into a learned vector.",
    "decoding": "Decoding turns the model's probabilities into a text.",
}
_FORMS = {
    "stemming": "Stemming cuts endings off by rules, and the rest need not be a word.",
    "lemmatisation": "Lemmatisation looks up the dictionary form.",
    "removing stop words": "Stop words are very frequent words that carry little, such as the and of.",
    "tokenising": "Tokenising only cuts the text into pieces.",
    "byte-pair encoding": "Byte-pair encoding merges the most frequent pair, again and again.",
}
_VECTORS = {
    "word2vec": "Word2vec learns by guessing words from neighbours, or neighbours from words.",
    "GloVe": "GloVe fits vectors to the logarithms of global co-occurrence counts.",
    "FastText": "FastText adds up vectors of character n-grams.",
    "ELMo": "ELMo takes the states of a deep bidirectional LSTM language model.",
    "BERT": "BERT is a Transformer encoder trained on masked words.",
}
_DECODERS = {
    "greedy decoding": "Greedy decoding takes the likeliest token at every step.",
    "beam search": "Beam search keeps the k best partial texts.",
    "top-k sampling": "Top-k sampling draws among a fixed number of tokens.",
    "top-p sampling": "Top-p sampling draws among the fewest tokens that reach a share p.",
    "lowering the temperature": "A lower temperature sharpens the distribution before the draw.",
}
_PATTERNS = {
    "many to one": "Many to one reads a sequence and gives one answer at its end.",
    "many to many, equal lengths": "That pattern gives one output for each input.",
    "many to many, unequal lengths": "That pattern reads everything first and writes any number of things.",
    "one to many": "That pattern starts from one input and writes a sequence.",
}


GENERATORS = (
    table_generator(
        "pipeline_step",
        (
            Row("“Hello, WORLD!” becomes “hello, world!”", "cleaning", "Case is evened out."),
            Row("HTML tags are stripped from a web page", "cleaning", "Markup is no text."),
            Row("“unhappily” becomes “un”, “happi”, “ly”", "tokenising", "Here into subwords."),
            Row("“I like tea” becomes a list of three words", "tokenising", "Cut at the spaces."),
            Row("“tea” becomes 417", "mapping to ids", "Its place in the vocabulary."),
            Row("an unknown word becomes the number of `<UNK>`", "mapping to ids", "It has no other id."),
            Row("[5, 9] becomes [5, 9, 0, 0]", "padding", "Filled up to the longest of the batch."),
            Row(
                "a mask says which positions are real",
                "padding",
                "The filling must not count in loss or attention.",
            ),
            Row("417 becomes a vector of 300 learned numbers", "embedding", "A row of the embedding matrix."),
            Row("the likeliest token is taken, and fed back in", "decoding", "Greedily, here."),
        ),
        _STAGES,
    ),
    table_generator(
        "word_form",
        (
            Row("“studies” becomes “studi”", "stemming", "The ending is cut, and no word is left."),
            Row("“mice” becomes “mouse”", "lemmatisation", "The dictionary form."),
            Row("“better” becomes “good”", "lemmatisation", "No cutting of endings gives that."),
            Row(
                "“running” and “runs” become “run” by cutting endings",
                "stemming",
                "By rule, without a dictionary.",
            ),
            Row(
                "“the cat of the house” becomes “cat house”", "removing stop words", "the and of are dropped."
            ),
            Row(
                "“to be or not to be” becomes nothing but “not”, or nothing at all",
                "removing stop words",
                "A warning: sometimes they carry the sense.",
            ),
            Row(
                "“e” and “r” become the one symbol “er”",
                "byte-pair encoding",
                "The most frequent pair is merged.",
            ),
            Row(
                "“Tea, please” becomes “Tea”, “,” and “please”", "tokenising", "Nothing is changed, only cut."
            ),
            Row("“were” becomes “be”", "lemmatisation", "The dictionary knows the verb."),
        ),
        _FORMS,
    ),
    table_generator(
        "word_vector",
        (
            Row(
                "learns one vector for each whole word by guessing it from its neighbours",
                "word2vec",
                "That is CBOW; skip-gram guesses the other way.",
            ),
            Row("brought CBOW and skip-gram in 2013", "word2vec", "Mikolov and others."),
            Row(
                "is fitted to counts of how often two words stand near each other",
                "GloVe",
                "Global Vectors, 2014.",
            ),
            Row("fills one table of word pairs for the whole corpus", "GloVe", "It counts first, then fits."),
            Row(
                "is static, and yet has a vector for a word that it never saw",
                "FastText",
                "It adds up vectors of letter groups, which it knows.",
            ),
            Row(
                "adds up the vectors of a word's letter groups, whatever the sentence",
                "FastText",
                "So “teaching” and “teacher” come out alike.",
            ),
            Row(
                "takes word vectors out of a two-way LSTM language model",
                "ELMo",
                "One vector for each occurrence.",
            ),
            Row(
                "mixes the states of several LSTM layers by learned weights",
                "ELMo",
                "Peters and others, 2018.",
            ),
            Row(
                "is pre-trained by guessing words that were masked",
                "BERT",
                "With words on both sides in view.",
            ),
            Row(
                "is a Transformer encoder that is fine-tuned for each task",
                "BERT",
                "Devlin and others, 2018.",
            ),
        ),
        _VECTORS,
    ),
    table_generator(
        "decoder_name",
        (
            Row("takes the likeliest token at each step and never looks back", "greedy decoding", "Width 1."),
            Row("equals beam search of width 1", "greedy decoding", "Only one partial text is kept."),
            Row("keeps the k most probable partial texts", "beam search", "k is the width of the beam."),
            Row(
                "is the usual choice for translation, with a correction for length",
                "beam search",
                "A translation should be probable, not surprising.",
            ),
            Row(
                "draws among the 40 likeliest tokens, however flat the distribution",
                "top-k sampling",
                "The number is fixed.",
            ),
            Row("always draws among the same number of candidates", "top-k sampling", "k of them."),
            Row(
                "draws among few tokens when the model is sure, among many when it is not",
                "top-p sampling",
                "The nucleus grows with the doubt.",
            ),
            Row("is also called nucleus sampling", "top-p sampling", "Holtzman and others."),
            Row(
                "divides the logits by a number below 1", "lowering the temperature", "The peaks get higher."
            ),
        ),
        _DECODERS,
    ),
    table_generator(
        "task_pattern",
        (
            Row(
                "sentiment of a review",
                "many to one",
                "Words in, one label out.",
                "Here a review goes in and one label comes out.",
            ),
            Row(
                "spam or no spam",
                "many to one",
                "A whole mail, one answer.",
                "Here a whole mail goes in and one label comes out.",
            ),
            Row(
                "part-of-speech tagging",
                "many to many, equal lengths",
                "One tag a word.",
                "Here each word gets one tag.",
            ),
            Row(
                "named-entity recognition",
                "many to many, equal lengths",
                "One label a word, such as B-PER.",
                "Here each word gets one label.",
            ),
            Row(
                "machine translation",
                "many to many, unequal lengths",
                "Languages differ in word numbers.",
                "Here the translation seldom has as many words as the source.",
            ),
            Row(
                "summarising an article",
                "many to many, unequal lengths",
                "Long in, short out.",
                "Here a long text goes in and a short one comes out.",
            ),
            Row(
                "answering a question in free words",
                "many to many, unequal lengths",
                "Question and text in, answer out.",
                "Here a question goes in and an answer of another length comes out.",
            ),
            Row(
                "captioning an image",
                "one to many",
                "One image in, words out.",
                "Here a single image goes in and words come out.",
            ),
            Row(
                "writing a melody for one given mood",
                "one to many",
                "One label starts it.",
                "Here a single mood goes in and many notes come out.",
            ),
            Row(
                "which language a text is in",
                "many to one",
                "One label for all.",
                "Here a whole text goes in and one label comes out.",
            ),
        ),
        _PATTERNS,
    ),
)
