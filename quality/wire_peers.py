"""Asserted values that are the peer's own and not the sender's: by file and field, each with why. What stands here is
counted apart and never as reproduced."""

from collections.abc import Mapping

_MAPPED = "the file says another urgency: the peer's own default"
_ID = "put together by the peer from its own words; no id in the file"
_STRIPPED = "the peer cuts off the dateline; we keep the body as printed and read the dateline beside it"
_JOINED = "the peer joins headline, summary, notepad or contacts to the body; here they are fields"
_SLUG = "made by the peer from other fields; the sender's slugline is reproduced"
_CUT = "a headline the peer makes by cutting the text; ours is the first sentence, marked as derived"

PEERS_OWN: Mapping[tuple[str, str], str] = {
    ("ticker_sample.txt", "headline"): "made by the peer: 'AAP Ticker on' and the day of the run",
    ("ED_900942_2_1.tst", "body_html"): "asserted of another file of the same test",
    ("iptc.jpg", "uri"): _ID,
    ("iptc.jpg", "guid"): _ID,
    ("afp_belga.xml", "urgency"): _MAPPED,
    ("dpa_newsml_2_0_belga.xml", "urgency"): _MAPPED,
    ("dpa_newsml_test.xml", "urgency"): _MAPPED,
    ("ntb_newsml_g2.xml", "urgency"): _MAPPED,
    ("scoop.xml", "urgency"): _MAPPED,
    ("solita_1.xml", "urgency"): "there is none in the file: the peer's own default",
    ("dpa_newsml_2_0_belga.xml", "headline"): "the genre is put in front by the peer",
    ("dpa.txt", "body_html"): _STRIPPED,
    ("scoop.xml", "body_html"): _STRIPPED,
    ("stt_belga.xml", "abstract"): "the peer empties the summary it has put into the body",
    ("stt_belga.xml", "body_html"): _JOINED,
    ("solita_1.xml", "body_html"): _JOINED,
    ("solita_2.xml", "body_html"): _JOINED,
    ("solita_3.xml", "body_html"): _JOINED,
    ("solita_se_2.xml", "body_html"): _JOINED,
    ("tt_newsml_test.xml", "body_html"): _JOINED,
    ("dpa_newsml_test.xml", "body_html"): _JOINED,
    ("belga_tip_newsml_1_2.xml", "guid"): _ID,
    ("solita_1.xml", "guid"): _ID,
    ("solita_1.xml", "slugline"): _SLUG,
    ("ninjsExSimpleText1.json", "guid"): "the file has an http id; the peer's test replaces it",
    ("cp_transcripts.json", "guid"): "the guid and the version, joined by the peer with a stop",
    ("pa2.xml", "headline"): "the peer's two tests of this file contradict each other; one is reproduced",
    ("googleform.txt", "byline"): "the name of a user in the peer's own database; the file has none",
    ("json-email.txt", "byline"): "the name of a user in the peer's own database; the file has none",
    ("odd_charset_email.txt", "headline"): "the peer asserts the undecoded header",
    ("ritzau_news.xml", "headline"): _CUT,
    ("stt_newsml_test_no_hl.xml", "headline"): _CUT,
    ("afp_no_headline_2.xml", "headline"): _CUT,
    ("scoop.xml", "byline"): "the peer cuts off 'By', which it keeps for other senders",
    ("apv.json", "slugline"): _SLUG,
    ("politics.json", "slugline"): _SLUG,
    ("ap-sports.json", "slugline"): "asserted of a version that a test puts into the peer's store first",
    ("ntb_newsml_g2.xml", "slugline"): "emptied by the peer",
    ("1bf6.xml", "slugline"): _SLUG,
    ("ap-agate.json", "body_html"): "stands in another file, behind a link",
    ("preview.jpg", "byline"): "stands in another file, the picture's JSON",
    ("preview.jpg", "headline"): "stands in another file, the picture's JSON",
    ("202006097942547-en.newsml", "abstract"): "made by the peer out of the body's first words",
}
