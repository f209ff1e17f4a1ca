"""Dragoman, a news exchange for news agencies. The map:

    receive    bytes arrive from a partner and are on disk before we say "got it"
    formats    bytes become items, and items become bytes again
    read       what the item says of itself in its text: language, dateline; who, where, when, how much, who is quoted
    neural     readers that run a model from a folder here, where one is set
    link       which event an item is about, whose words it uses, who told what: copies, stories, pick-ups, the narrative
    store      every version of every item, under one order and one visibility rule
    route      who is owed it, on which terms, and why not
    deliver    handed over, and proved
    pipeline   the way in, top to bottom: claim, decode, file, wake
    desk       the newsroom's acts: correct, hold, translate, kill; agree, trust; projects, exhibitions, relations
    media      pictures: what is written in them, their renditions
    planning   events, round tables, exhibitions: signed acts folded into records, and the rules of each
    reports    coverage and exchange, counted; the partner's brief
    roles      the processes that run all this, under one supervisor
    web, cli   how people and partners reach it

Beneath: model (what travels), text, lexicon, names and query (one analysis, the words of the news in eight languages, one key
for a name in every script, one query language), trust (keys, envelopes), net (the one way out), config, log, crash (where a test may end us); app
puts a node together.
"""

__version__ = "0.1.0"
