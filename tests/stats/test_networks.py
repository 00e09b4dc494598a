"""Networks are found by any of their addresses, and a list of them is read line by line."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LogError
from pipeline.stats.networks import Networks, networks

NETWORKS = st.tuples(st.integers(0, 255), st.integers(20, 32)).map(
    lambda one: ip_network((f"10.0.{one[0]}.0", one[1]), strict=False)
)


@given(st.lists(NETWORKS, max_size=8), st.integers(0, 2**16 - 1))
def test_an_address_is_inside_if_one_network_holds_it(listed: list[object], number: int) -> None:
    ip = ip_address("10.0.0.0") + number
    assert (str(ip) in Networks(listed)) == any(ip in one for one in listed)  # type: ignore[operator]


def test_kinds_of_addresses_do_not_mix() -> None:
    found = Networks([ip_network("0.0.0.0/1"), ip_network("2001:db8::/32")])
    assert "1.2.3.4" in found
    assert "::ffff:1.2.3.4" in found
    assert "2001:db8::1" in found
    for ip in ("::1", "200.1.1.1", "-", ""):
        assert ip not in found
    assert not Networks([])


def test_a_list_has_remarks_and_empty_lines() -> None:
    listed = networks("# Rechenzentren\n192.0.2.0/24 # eins\n\n2001:db8::1\n", "netze.txt")
    assert list(map(str, listed)) == ["192.0.2.0/24", "2001:db8::1/128"]


def test_a_line_that_is_no_network_is_named() -> None:
    with pytest.raises(LogError, match=r"netze\.txt: Line 2 is no network: rechenzentrum"):
        list(networks("192.0.2.0/24\nrechenzentrum\n", "netze.txt"))
