"""The built-in text of the word task: a small story whose sentences come back with other words.

Few words, each met often, so that a small network first learns what follows a full stop, then
whole turns of phrase, then who does what. Our own text. Knows nothing of tasks.
"""

STORY = """\
anna lives in a small house by the river. ben lives in a small house by the wood. every morning anna
opens the door and looks at the river. every morning ben opens the door and looks at the wood. "what
a fine day," says anna. "what a fine day," says ben.

on monday anna goes to the market. she buys bread, milk and apples. on monday ben goes to the market.
he buys bread, cheese and pears. they meet by the old well. "good morning, ben," says anna. "good
morning, anna," says ben. they sit by the well and eat the bread.

anna has a cat. the cat is old and grey. every evening the cat sleeps by the fire. ben has a dog. the
dog is young and brown. every evening the dog sleeps by the door. the cat does not like the dog. the
dog does not see the cat.

on tuesday it rains. the rain falls on the house, and the rain falls on the river, and the rain falls
on the wood. anna stays at home and reads a book. ben stays at home and writes a letter. the cat looks
at the rain and sleeps. the dog looks at the rain and barks.

on wednesday the river is high. the water comes to the door of the house. anna takes the cat and the
book and goes to the wood. "may i come in?" says anna. "come in," says ben. "the fire is warm, and the
soup is hot." they sit by the fire and eat the soup. the cat sleeps by the fire, and the dog sleeps by
the cat.

on thursday it rains. on friday it rains. the river is high, and the wood is dark. anna reads the book,
and ben writes the letter. "what do you write?" says anna. "i write a letter to you," says ben. "what
do you read?" says ben. "i read a book about a river," says anna.

on saturday the sun comes out. the river is low, and the wood is green. anna opens the door and looks
at the river. ben opens the door and looks at the wood. "what a fine day," says anna. "what a fine
day," says ben. the cat sleeps in the sun. the dog sleeps in the sun.

on sunday anna goes home. ben and the dog go with her. they sit by the river and eat apples and pears.
the cat looks at the dog, and the dog looks at the cat. every morning anna opens the door and looks at
the wood. every morning ben opens the door and looks at the river.
"""
