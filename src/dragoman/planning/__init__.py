"""Events, round tables, exhibitions and the projects they belong to: acts folded into records. Pure: no clock, no store.

kinds      every kind of record, its struct, what it belongs to
fold       acts in the project's order, each judged, give the records
rules      who may change what; each noun's own rules beside its noun
"""
