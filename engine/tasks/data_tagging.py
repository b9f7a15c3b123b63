"""The built-in sentences of the tagging task, each word with its part of speech.

Many words have two ("they play", "the play"): only their neighbours tell. Our own sentences.
"""

TAGGED = """\
the/DET play/NOUN was/VERB long/ADJ
they/PRON play/VERB in/PREP the/DET garden/NOUN
the/DET children/NOUN play/VERB with/PREP a/DET ball/NOUN
we/PRON saw/VERB a/DET play/NOUN on/PREP monday/NOUN
i/PRON watch/VERB the/DET birds/NOUN
my/DET watch/NOUN is/VERB old/ADJ
she/PRON bought/VERB a/DET new/ADJ watch/NOUN
they/PRON watch/VERB the/DET play/NOUN quietly/ADV
the/DET light/NOUN is/VERB green/ADJ
a/DET light/ADJ bag/NOUN is/VERB good/ADJ
the/DET bag/NOUN is/VERB light/ADJ
we/PRON light/VERB the/DET fire/NOUN
the/DET fire/NOUN gives/VERB a/DET warm/ADJ light/NOUN
they/PRON light/VERB two/NUM lamps/NOUN
i/PRON run/VERB to/PREP the/DET river/NOUN
the/DET run/NOUN was/VERB hard/ADJ
they/PRON run/VERB fast/ADV
a/DET fast/ADJ dog/NOUN ran/VERB by/PREP
he/PRON runs/VERB very/ADV fast/ADV
the/DET fast/ADJ train/NOUN left/VERB
the/DET left/ADJ hand/NOUN is/VERB cold/ADJ
she/PRON left/VERB the/DET house/NOUN early/ADV
an/DET early/ADJ walk/NOUN is/VERB good/ADJ
we/PRON walk/VERB to/PREP school/NOUN
the/DET walk/NOUN was/VERB short/ADJ
you/PRON walk/VERB very/ADV slowly/ADV
the/DET fish/NOUN swims/VERB in/PREP the/DET water/NOUN
they/PRON fish/VERB in/PREP the/DET river/NOUN
we/PRON water/VERB the/DET garden/NOUN
the/DET water/NOUN is/VERB cold/ADJ
i/PRON water/VERB the/DET plant/NOUN
they/PRON plant/VERB a/DET tree/NOUN
the/DET plant/NOUN needs/VERB water/NOUN and/CONJ light/NOUN
we/PRON plant/VERB three/NUM trees/NOUN
the/DET cook/NOUN made/VERB a/DET soup/NOUN
i/PRON cook/VERB the/DET fish/NOUN
we/PRON cook/VERB and/CONJ they/PRON eat/VERB
a/DET good/ADJ cook/NOUN works/VERB hard/ADV
he/PRON works/VERB on/PREP a/DET book/NOUN
they/PRON book/VERB a/DET room/NOUN
the/DET book/NOUN is/VERB new/ADJ
we/PRON book/VERB two/NUM rooms/NOUN
i/PRON read/VERB one/NUM book/NOUN
they/PRON work/VERB hard/ADV
the/DET work/NOUN was/VERB hard/ADJ
my/DET work/NOUN is/VERB done/ADJ
you/PRON work/VERB in/PREP a/DET school/NOUN
he/PRON opens/VERB the/DET door/NOUN
the/DET door/NOUN is/VERB open/ADJ
we/PRON open/VERB the/DET box/NOUN
an/DET open/ADJ box/NOUN is/VERB on/PREP the/DET table/NOUN
they/PRON open/VERB every/DET door/NOUN slowly/ADV
the/DET room/NOUN was/VERB warm/ADJ and/CONJ dry/ADJ
we/PRON dry/VERB our/DET hands/NOUN
the/DET dry/ADJ leaves/NOUN fall/VERB
she/PRON leaves/VERB the/DET room/NOUN
he/PRON leaves/VERB early/ADV
the/DET leaves/NOUN are/VERB green/ADJ
the/DET fall/NOUN was/VERB hard/ADJ
two/NUM leaves/NOUN fall/VERB from/PREP the/DET tree/NOUN
they/PRON hand/VERB the/DET box/NOUN to/PREP me/PRON
the/DET hand/NOUN is/VERB open/ADJ
i/PRON hand/VERB him/PRON the/DET bag/NOUN
her/DET answer/NOUN was/VERB short/ADJ
we/PRON answer/VERB every/DET letter/NOUN
they/PRON answer/VERB slowly/ADV but/CONJ well/ADV
the/DET well/NOUN is/VERB dry/ADJ
you/PRON cook/VERB well/ADV
the/DET old/ADJ well/NOUN has/VERB no/DET water/NOUN
one/NUM dog/NOUN and/CONJ two/NUM cats/NOUN sleep/VERB here/ADV
i/PRON need/VERB a/DET long/ADJ sleep/NOUN
the/DET cats/NOUN sleep/VERB on/PREP the/DET table/NOUN
his/DET sleep/NOUN was/VERB short/ADJ
we/PRON rest/VERB or/CONJ we/PRON walk/VERB
the/DET rest/NOUN of/PREP the/DET soup/NOUN is/VERB cold/ADJ
a/DET short/ADJ rest/NOUN is/VERB good/ADJ
they/PRON rest/VERB under/PREP a/DET tree/NOUN
she/PRON saw/VERB three/NUM birds/NOUN near/PREP the/DET well/NOUN
the/DET saw/NOUN is/VERB in/PREP the/DET box/NOUN
he/PRON needs/VERB a/DET saw/NOUN and/CONJ a/DET lamp/NOUN
"""
