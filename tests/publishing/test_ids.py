"""Whatever a form writes where a number of a row belongs, no page falls over it."""

import pytest

from publishing import ids


@pytest.mark.parametrize("written", ["", "abc", "-1", "1.5", " 1", "²", "٣", "9" * 19, "9" * 5000])
def test_what_is_no_number_of_a_row_is_none(written):
    assert ids.number(written) is None


def test_numbers_keep_their_order_and_come_once():
    assert ids.numbers(["7", "x", "3", "07", "9" * 5000, "3"]) == [7, 3]
    assert ids.number("9" * 18) == 10**18 - 1
