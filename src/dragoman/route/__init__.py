"""From an agreement to grants and verdicts: who is owed a version, on which terms, and why not. Pure.

- `matching`: which grants a version gives rise to, and by which clauses everyone else is refused
- `clauses`: what each clause of an agreement says to a version
- `rights`: `may`, the one judge of what an agency may do with a version at a moment
- `twin`: the same judgement as SQL, made from the same table
- `embargo`: when a version opens, and what it means that an embargo was moved
- `credit`: what has to be printed with a copy that leaves
- `revision`: which clauses a new revision of an agreement narrows
"""
