"""The tables of ``dragoman.link``: `python -m quality.link_training --bench FOLDER --annotations FILE`.

Openly licensed texts and our own alone; never those that the measures of linking use:

- ``--bench``: ``tico19-tmx`` (TICO-19, CC0), English with Arabic, Spanish, French, Russian and Chinese: medical;
  ``lid/lingua/sentences`` (lingua's test sentences, Apache 2.0), for how common a word is;
- ``--annotations``: ``cldr-annotations-full`` as npm packs it: the names and keywords of signs (Unicode License v3);
- the terms of our own lexicon, our own annotated sample, and ``words.tsv`` beside this file: general words of the news in
  eight languages, a row a meaning (en az ru fr de es ar zh, the words parted by a space).

Makes ``seed.tsv.gz``, what words mean, and ``prior.tsv.gz``, in how many of a thousand small items they stand. Three minutes.
"""
