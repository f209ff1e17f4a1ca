"""Projects as stored: the acts, append-only and signed, and the records they fold into.

acts      what came from whom, in chains without gaps; what is kept aside
records   the records of one kind, of one project or of all
folding   acts into records, in one transaction with their arrival
"""

from dragoman.store.projects.folding import Taken, take
from dragoman.store.projects.records import find_record, record, records

__all__ = ["Taken", "find_record", "record", "records", "take"]
