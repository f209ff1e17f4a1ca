"""Round tables on the web: what moderators, speakers, interpreters and the public see of a floor, live.

visitor   who is there: the newsroom, a guest with a link, or anybody; and what they may do here
sheet     one view of a floor as pieces of HTML, and the steps from one to the next (pure)
halls     every floor that is being watched, read once and drawn once for all who watch it
live      the stream of one open page
routes    the views; asking, moderating, guests, publishing: what is done on them
"""
