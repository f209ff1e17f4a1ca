"""A story as its agencies tell it, side by side: evidence, never a score of bias, never a label. Pure.

    timeline     who first, versions, corrections, kills     matrix     languages by agencies
    facts        figures, dates, names, places by agency     quotes     by speaker, and who carries them
    only_here    what one agency alone says

Every answer says where it stands: item, sequence of the version, offsets in its text. `told` has what is handed in and which
of it stands; `compared` measures how much of one sentence another says; `narrative` gives all five.
"""
