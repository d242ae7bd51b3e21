"""Where faults strike: from which call on, how likely, for how long, and what is counted."""

from __future__ import annotations

import facebook
import pytest

from tests.sandbox.callers import feed, picture, tweet


def statuses(session, count: int) -> list[int]:
    return [tweet(session, f"Imbauan {n}").status_code for n in range(count)]


def test_a_fault_lets_the_first_calls_pass(session, controls):
    controls.fault("x", "publish", "503", skip=2)
    assert statuses(session, 4) == [201, 201, 503, 201]
    assert controls.faults() == []


def test_the_second_picture_of_a_carousel_fails_and_the_others_do_not(graph, controls, shelf):
    controls.fault("instagram", "container", "unfetchable", skip=1)
    child = {"image_url": shelf.put(picture()), "is_carousel_item": "true"}
    assert graph.put_object("301", "media", **child)["id"]
    with pytest.raises(facebook.GraphAPIError) as refused:
        graph.put_object("301", "media", **child)
    assert refused.value.result["error"]["error_subcode"] == 2207052
    assert graph.put_object("301", "media", **child)["id"]


def test_a_rain_lasts_until_it_is_cleared(session, controls):
    controls.fault("x", "publish", "503", times=0)
    assert statuses(session, 5) == [503] * 5
    (rain,) = controls.faults()
    assert (rain["times"], rain["struck"], rain["met"]) == (0, 5, 5)
    controls.heal()
    assert statuses(session, 1) == [201]


def test_a_rain_strikes_some_and_the_same_seed_strikes_the_same_ones(session, controls):
    def wet(seed: int) -> list[int]:
        controls.post("reset")
        controls.fault("x", "publish", "503", times=0, probability=0.3, seed=seed)
        return statuses(session, 40)

    first = wet(7)
    assert 4 <= first.count(503) <= 20
    assert wet(7) == first
    assert wet(8) != first


def test_two_rains_of_one_seed_do_not_fall_on_the_same_calls(session, controls):
    for when, kind in (("before", "503"), ("after", "500")):
        controls.fault("x", "publish", kind, when=when, times=0, probability=0.5)
    assert {201, 500, 503} == set(statuses(session, 30))


@pytest.mark.parametrize(("probability", "said"), [(0.0, 201), (1.0, 503)])
def test_never_and_always_are_meant_exactly(session, controls, probability, said):
    controls.fault("x", "publish", "503", times=0, probability=probability)
    assert set(statuses(session, 10)) == {said}


def test_one_fault_may_fall_on_every_platform(session, controls):
    controls.fault("any", "publish", "503", times=2)
    assert (tweet(session).status_code, feed(session).status_code) == (503, 503)
    assert controls.texts() == []


def test_a_fault_of_one_platform_asked_for_everywhere_strikes_that_one(session, controls):
    controls.fault("any", "publish", "402")
    assert (feed(session).status_code, tweet(session).status_code) == (200, 402)


def test_a_fault_may_be_for_one_address_only(x, session, controls):
    controls.fault("x", "any", "503", path="/2/users/me")
    x.create_tweet(text="Halo")
    headers = {"Authorization": "Bearer token-dinkes"}
    assert session.get("https://api.x.com/2/users/me", headers=headers).status_code == 503


def test_a_token_is_revoked_in_the_middle_and_debug_token_agrees(session, graph, controls):
    def is_valid() -> bool:
        about = graph.debug_access_token("token-halaman", "1", "rahasia")["data"]
        assert about["is_valid"] or about["error"]["subcode"] == 467
        return bool(about["is_valid"])

    controls.fault("facebook", "publish", "token_revoked", skip=1, subcode=467)
    assert (is_valid(), feed(session, "Satu").status_code) == (True, 200)
    assert (is_valid(), feed(session, "Dua").json()["error"]["error_subcode"]) == (False, 467)
    assert feed(session, "Tiga").status_code == 400
    assert controls.texts() == ["Satu"]


def test_what_struck_is_counted_beyond_the_faults_themselves(session, controls):
    controls.fault("x", "publish", "503", times=2)
    controls.fault("x", "publish", "500", when="after")
    controls.fault("facebook", "publish", "invisible")
    statuses(session, 3)
    feed(session)
    controls.heal()
    counted = controls.get("struck")["struck"]
    assert [tuple(each.values()) for each in counted] == [
        ("facebook", "invisible", "before", 1),
        ("x", "500", "after", 1),
        ("x", "503", "before", 2),
    ]
    controls.post("reset")
    assert controls.get("struck") == {"struck": []}


@pytest.mark.parametrize(
    "wish",
    [
        {"probability": 1.5},
        {"probability": "sering"},
        {"times": -1},
        {"skip": -1},
        {"struck": 3},
        {"reset": "besok"},
        {"platform": "mastodon"},
        {"platform": "any", "kind": "hujan"},
        {"status": 200},
    ],
)
def test_a_fault_that_cannot_be_aimed_is_refused(controls, wish):
    sensible = {"platform": "x", "step": "publish", "kind": "500"}
    assert controls.post("faults", sensible | wish).status_code == 400
    assert controls.faults() == []
