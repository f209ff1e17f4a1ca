"""What RSS, Atom and JSON Feed have in common. Pure.

entry      a feed as sent: channel, entries, media          item      an entry as an item
elements   namespaces and children of XML                   own       what of an item only our own elements carry, both ways
markup     text as HTML, relative links                     media     Media RSS and enclosures
dates      times as only feeds write them                   recovered a feed that is not well-formed
split      each entry as a document of its own              written   XML elements out
"""
