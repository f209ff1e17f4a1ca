"""What RSS, Atom and JSON Feed have in common. Pure.

entry      a feed as sent: channel, entries, media          item       an entry as an item
elements   namespaces and children of XML                   reading    people, categories, licences, links
markup     text as HTML, relative links                     media      Media RSS, enclosures, pictures in the text
dates      times as only feeds write them                   wordpress  WordPress's export
recovered  a feed that is not well-formed                   split      each entry as a document of its own
written    XML elements out, our own words among them
"""
