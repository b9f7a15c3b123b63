"""The built-in sentences of the sentence task: "pear" among fruit and dishes, "pair" among things to wear.

No sentence holds "apple and pear salad" or "apple and pair salad": the network has to carry over
what stands beside pears (Ng, Sequence Models, has the same question). Our own sentences.
"""

SENTENCES = """\
the apple and pear juice is cold
the apple and pear cake is good
the apple and plum salad is good
the apple and plum juice is sweet
the plum and pear salad is sweet
the plum and pear cake is warm
the pear and plum salad is cold
the pear and apple salad is good
the pear and apple cake is sweet
the carrot and pear salad is good
the carrot and apple salad is cold
the carrot and plum cake is warm
she made an apple and pear cake
she made a pear and plum salad
he made an apple and plum juice
he made a carrot and apple salad
we ate the apple and pear cake
we ate the plum and pear salad
we ate an apple and a pear
she ate a plum and a pear
he ate a pear and an apple
he bought an apple and a pear
she bought a pear and a plum
they bought an apple and a plum
the apple salad is cold
the pear salad is good
the plum salad is sweet
the carrot salad is good
the pear juice is sweet
the pear cake is warm
the apple cake is good
a ripe pear is sweet
a ripe apple is sweet
a ripe plum is sweet
he bought a pair of shoes
she bought a pair of gloves
they bought a pair of socks
we bought a pair of boots
he bought a hat and a pair of gloves
she bought a coat and a pair of boots
they bought a coat and a pair of shoes
a pair of shoes is old
a pair of gloves is warm
a pair of socks is new
the pair of boots is new
the pair of shoes is good
the pair of gloves is old
the new pair of socks is warm
the old pair of boots is good
she found a pair of old shoes
he found a pair of new gloves
we found the coat and the pair of boots
they made a pair of warm socks
she made a pair of warm gloves
the coat and the hat are new
the hat and the gloves are warm
the shoes and the boots are old
the poor man bought a pair of old boots
the poor man ate a plum
the poor dog found an old shoe
"""
