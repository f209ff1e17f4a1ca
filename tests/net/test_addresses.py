"""Which addresses a socket may connect to."""

import pytest

from dragoman.model.errors import Misconfigured
from dragoman.net.addresses import Allowed, judge, parse_allowed

NOBODY = Allowed()


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
        *("169.254.169.254", "168.63.129.16", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1"),
        *("192.88.99.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::8.8.8.8", "fe80::1", "fe80::1%2", "fec0::1", "fc00::1", "fd00:ec2::254"),
        *("ff02::1", "2001:db8::1", "3fff::1", "2001:2::1", "100::1", "4000::1", "::ffff:0:8.8.8.8"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808"),
        *("2002:7f00:1::", "2002:808:808::", "2001:0:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
        *("", "localhost", "2130706433", "0177.0.0.1", "127.1", "1.2.3.4.5", "/run/socket"),
    ],
)
def test_nothing_inside_is_reached_by_any_spelling(ip: str) -> None:
    verdict = judge(ip, 443, NOBODY)
    assert not verdict
    assert verdict.reasons


@pytest.mark.parametrize(
    "ip",
    ["8.8.8.8", "93.184.216.34", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public_addresses_are_open(ip: str) -> None:
    assert judge(ip, 443, NOBODY)
    assert judge(ip, 8443, NOBODY)


@pytest.mark.parametrize("port", [0, 22, 25, 53, 110, 445, 993, 2375, 3306, 5432, 6379, 9200, 11211, 27017, 65536, -1])
def test_a_port_of_another_service_is_closed_even_on_a_public_address(port: int) -> None:
    assert not judge("93.184.216.34", port, NOBODY)


def test_an_exception_opens_its_network_and_no_other() -> None:
    allowed = parse_allowed(["10.1.0.0/16"])
    assert judge("10.1.200.3", 8080, allowed)
    assert judge("10.1.200.3", 22, allowed)  # explicit is explicit: the network's every port
    assert judge("::ffff:10.1.0.1", 80, allowed)  # the same host, written otherwise
    assert not judge("10.2.0.1", 8080, allowed)
    assert not judge("2002:0a01:0001::", 80, allowed)  # a tunnel is another way in


def test_an_exception_with_a_port_opens_that_port_only() -> None:
    allowed = parse_allowed(["127.0.0.1/32:8080", "[::1/128]:80", "[::2]/128:81"])
    assert judge("127.0.0.1", 8080, allowed)
    assert not judge("127.0.0.1", 8081, allowed)
    assert not judge("127.0.0.2", 8080, allowed)
    assert judge("::1", 80, allowed)
    assert not judge("::1", 81, allowed)
    assert judge("::2", 81, allowed)


@pytest.mark.parametrize(
    "text", ["127.0.0.1", "127.0.0.1/32", "127.0.0.1:80", "::1", "::1/128", "[::1]:80", " 10.0.0.0/8 "]
)
def test_the_usual_ways_to_write_an_exception_are_read_and_written_back(text: str) -> None:
    allowed = parse_allowed([text])
    assert parse_allowed(str(opening) for opening in allowed.openings) == allowed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost",
        "127.0.0.1/8",
        "127.0.0.1/33",
        "10.0.0.0/8:0",
        "10.0.0.0/8:65536",
        "0.0.0.0/0",
        "::/0",
        "[::1",
        "1:2",
    ],
)
def test_an_exception_that_is_no_network_is_said_at_the_start(text: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        parse_allowed([text])
    assert caught.value.detail
