"""The floor of a round table, decided purely.

rules       who may ask, edit, move, answer and interpret
hall        the questions as they stand: queue, order, what is being asked, what is still unanswered
fairness    who has been heard how often, and who is next by that
wording     a question as typed, made fit to be read aloud
transcript  what was said on the record, as blocks of an item
"""
