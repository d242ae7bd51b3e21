"""The regency's kecamatan and nagari, and another regency's own list."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from publishing import places
from publishing.models import Post

ANOTHER = """
[[district]]
name = "Contoh Hulu"
villages = ["Desa Satu", "Desa Dua"]
"""


@pytest.fixture
def list_of(settings, tmp_path):
    """Writes a regency's list and puts it in use."""

    def write(text):
        settings.PLACES = tmp_path / "places.toml"
        settings.PLACES.write_text(text)

    return write


def test_solok_selatan_has_seven_kecamatan_and_their_39_nagari():
    groups = places.choices()
    assert len(groups) == 7
    assert sum(len(options) - 1 for _label, options in groups) == 39
    label, options = groups[0]
    assert label == "Kecamatan Sangir"
    assert options[:2] == [
        ("sangir", "Seluruh Kecamatan Sangir"),
        ("sangir/lubuk-gadang", "Lubuk Gadang"),
    ]


def test_every_key_is_one_of_its_kind_and_fits_into_a_post():
    keys = [key for _label, options in places.choices() for key, _name in options]
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= places.LONGEST_KEY == Post._meta.get_field("place").max_length


def test_a_place_is_named_with_its_kecamatan():
    assert places.label("sangir") == "Kecamatan Sangir"
    assert places.label("sungai-pagu/koto-baru") == "Koto Baru, Kecamatan Sungai Pagu"
    assert places.district("sungai-pagu/koto-baru") == "sungai-pagu"
    assert places.district("sangir") == "sangir"


def test_another_regency_brings_its_own_list_and_old_keys_stay_readable(list_of):
    list_of(ANOTHER)
    assert places.choices() == [
        (
            "Kecamatan Contoh Hulu",
            [
                ("contoh-hulu", "Seluruh Kecamatan Contoh Hulu"),
                ("contoh-hulu/desa-satu", "Desa Satu"),
                ("contoh-hulu/desa-dua", "Desa Dua"),
            ],
        )
    ]
    assert places.label("sangir/lubuk-gadang") == "sangir/lubuk-gadang"


@pytest.mark.parametrize(
    "text",
    [
        "district = 3",
        "[[district]]\nname = 'Tanpa nagari'",
        "[[district]\n",
        f"[[district]]\nname = 'A'\nvillages = ['{'panjang ' * 9}']",
    ],
)
def test_a_list_that_cannot_be_used_says_which_file_it_is(list_of, text):
    list_of(text)
    with pytest.raises(ImproperlyConfigured, match=r"OPD_HUB_PLACES.*places\.toml"):
        places.choices()


def test_a_list_that_is_not_there_is_told_too(settings, tmp_path):
    settings.PLACES = tmp_path / "tidak-ada.toml"
    with pytest.raises(ImproperlyConfigured, match=r"tidak-ada\.toml"):
        places.label("sangir")
