"""Projects as stored: the acts, append-only and signed, and the records they fold into.

acts      what came from whom, in chains without gaps
aside     what could not be taken, or not yet
taking    whether an act follows on its author's last, and who has signed it
records   the records of one kind, of one project or of all
folding   acts into records, in one transaction with their arrival
listing   the projects themselves
files     whose bytes are here for a project
meetings  when other members' nodes are asked what we lack
"""

from dragoman.store.projects.folding import Taken, take
from dragoman.store.projects.listing import ProjectRow, project, projects
from dragoman.store.projects.records import find_record, record, records

__all__ = ["ProjectRow", "Taken", "find_record", "project", "projects", "record", "records", "take"]
