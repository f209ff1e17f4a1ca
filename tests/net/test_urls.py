"""Which web addresses are well formed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import BadInput
from dragoman.net.urls import checked_url

WHATWG = Path(__file__).parents[3] / "shared/data/hostile/url-whatwg/url/tests/urltestdata.json"


@pytest.mark.parametrize(
    "text",
    [
        *("ftp://wire.example/", "file:///etc/hostname", "gopher://127.0.0.1:6379/_PING", "data:text/xml,<rss/>", ""),
        *(
            "http://",
            "http:wire.example",
            "http:///wire.example",
            "//wire.example/",
            "http://[",
            "http://?",
            "http://.",
        ),
        *(
            "http://reader:word@wire.example/",
            "http://wire.example:0/",
            "http://wire.example:x/",
        ),
        *("http://127.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://1.1.1.1.1/"),
        *(
            "http://wire.example\\@127.0.0.1/",
            "http://wire example/",
            "http://wire.example/a\r\nHost: x",
            "http://a\tb/",
        ),
        *(
            "http://wi%72e.example/",
            "http://[fe80::1%25eth0]/",
            "http://xn--/",
            "http://-wire.example/",
            "http://a..b/",
        ),
        "http://" + "a" * 64 + ".example/",
        "http://wire.example/" + "a" * 5000,
    ],
)
def test_a_riddle_is_refused_instead_of_guessed(text: str) -> None:
    with pytest.raises(BadInput):
        checked_url(text)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://wire.example/feed?x=1&y=ü#f", "wire.example"),
        ("http://wire.example.:8080/", "wire.example."),
        ("https://телеграф.example/лента", "xn--80affa3a6ajw.example"),
        ("https://[2606:4700::1111]/", "2606:4700::1111"),
        ("https://8.8.8.8/", "8.8.8.8"),
        ("http://my_wire-1.example/", "my_wire-1.example"),
    ],
)
def test_an_ordinary_address_is_taken(text: str, host: str) -> None:
    assert checked_url(text).raw_host == host


@given(st.text(max_size=40).map(lambda rest: "http://" + rest) | st.text(max_size=40))
def test_whatever_is_typed_it_is_a_url_or_bad_input(text: str) -> None:
    try:
        url = checked_url(text)
    except BadInput:
        return
    assert url.scheme in ("http", "https")
    assert url.raw_host


@pytest.mark.shared
@pytest.mark.skipif(not WHATWG.exists(), reason="the development data is not beside the project")
def test_no_url_of_the_browsers_test_suite_surprises_us() -> None:
    texts = [case["input"] for case in json.loads(WHATWG.read_bytes()) if isinstance(case, dict)]
    for text in texts:
        try:
            checked_url(text)
        except BadInput:
            continue
    assert len(texts) > 500
