"""Instagram as facebook-sdk meets it: containers, real fetching, carousels, one publish."""

from __future__ import annotations

import facebook
import pytest
import requests

from tests.sandbox.callers import picture


def contain(graph: facebook.GraphAPI, **fields: str):
    return graph.put_object("301", "media", **fields)["id"]


def code_of(graph: facebook.GraphAPI, container: str):
    return graph.get_object(container, fields="status_code,status")["status_code"]


def refusal(graph: facebook.GraphAPI, path: str = "media", **fields: str) -> tuple[int, int]:
    with pytest.raises(facebook.GraphAPIError) as refused:
        graph.put_object("301", path, **fields)
    error = refused.value.result["error"]
    return error["code"], error["error_subcode"]


def test_one_picture_is_fetched_contained_and_published(graph, controls, shelf):
    address = shelf.put(picture(1080, 1350))
    container = contain(graph, image_url=address, caption="Posyandu", alt_text="Ibu dan balita")
    assert (code_of(graph, container), controls.ledger()) == ("FINISHED", [])
    media = graph.put_object("301", "media_publish", creation_id=container)["id"]
    assert code_of(graph, container) == "PUBLISHED"
    (post,) = controls.ledger()
    assert (post["id"], post["text"], post["platform"]) == (media, "Posyandu", "instagram")
    assert post["images"][0]["alt"] == "Ibu dan balita"
    shown = graph.get_object(media, fields="permalink,timestamp,caption,media_type")
    assert shown["permalink"] == post["permalink"]
    assert shown["media_type"] == "IMAGE"
    assert graph.get_object("301/media", fields="id,caption")["data"] == [
        {"id": media, "caption": "Posyandu"}
    ]


def test_a_carousel_keeps_order_and_alt_texts(graph, controls, shelf):
    children = [
        contain(
            graph,
            image_url=shelf.put(picture(shade=n)),
            is_carousel_item="true",
            alt_text=f"Foto {n}",
        )
        for n in (1, 2, 3)
    ]
    parent = contain(graph, media_type="CAROUSEL", children=",".join(children), caption="Album")
    media = graph.put_object("301", "media_publish", creation_id=parent)["id"]
    assert [image["alt"] for image in controls.ledger()[0]["images"]] == [
        "Foto 1",
        "Foto 2",
        "Foto 3",
    ]
    shown = graph.get_object(media, fields="media_type,children{id}")
    assert shown["media_type"] == "CAROUSEL_ALBUM"
    assert [child["id"] for child in shown["children"]["data"]] == children


def test_what_instagram_cannot_take_is_refused_with_its_code(graph, controls, shelf):
    good = shelf.put(picture())
    assert refusal(graph, image_url=shelf.nothing()) == (9004, 2207052)
    assert refusal(graph, image_url="https://contoh.go.id/foto.jpg") == (9004, 2207052)
    assert refusal(graph, image_url=shelf.put(b"bukan foto")) == (9004, 2207052)
    assert refusal(graph, image_url=shelf.put(picture(format="PNG"))) == (36001, 2207005)
    assert refusal(graph, image_url=shelf.put(picture(600, 1200))) == (36003, 2207009)
    assert refusal(graph, image_url=shelf.put(picture(2000, 1000))) == (36003, 2207009)
    assert refusal(graph, image_url=shelf.put(picture() + b"\0" * 8_400_000)) == (36000, 2207004)
    assert refusal(graph, image_url=good, caption="a" * 2201) == (36004, 2207010)
    alone = contain(graph, image_url=good, is_carousel_item="true")
    assert refusal(graph, media_type="CAROUSEL", children=alone) == (100, 2207028)
    assert refusal(graph, "media_publish", creation_id=alone) == (24, 2207008)
    assert controls.ledger() == []


def test_a_slow_container_is_not_ready_for_as_many_polls_as_asked(graph, controls, shelf):
    controls.fault("instagram", "poll", "container_slow", polls=2)
    container = contain(graph, image_url=shelf.put(picture()))
    assert refusal(graph, "media_publish", creation_id=container) == (9007, 2207027)
    codes = [code_of(graph, container) for _ in range(3)]
    assert codes == ["IN_PROGRESS", "IN_PROGRESS", "FINISHED"]
    graph.put_object("301", "media_publish", creation_id=container)
    assert len(controls.ledger()) == 1


def test_a_broken_container_says_why(graph, controls, shelf):
    controls.fault("instagram", "container", "container_error", subcode=2207026)
    container = contain(graph, image_url=shelf.put(picture()))
    told = graph.get_object(container, fields="status_code,status")
    assert told["status_code"] == "ERROR"
    assert "2207026" in told["status"]


def test_a_container_publishes_once(graph, controls, shelf):
    container = contain(graph, image_url=shelf.put(picture()))
    graph.put_object("301", "media_publish", creation_id=container)
    assert refusal(graph, "media_publish", creation_id=container) == (24, 2207008)
    assert len(controls.ledger()) == 1


def test_the_quota_counts_what_went_out(graph, shelf):
    container = contain(graph, image_url=shelf.put(picture()))
    graph.put_object("301", "media_publish", creation_id=container)
    told = graph.get_object("301/content_publishing_limit", fields="quota_usage,config")
    assert told["data"][0]["quota_usage"] == 1
    assert told["data"][0]["config"]["quota_total"] == 100


def test_a_deleted_picture_leaves_the_profile_and_its_page(graph, controls, shelf, box):
    container = contain(graph, image_url=shelf.put(picture()), caption="Keliru")
    media = graph.put_object("301", "media_publish", creation_id=container)["id"]
    address = f"{box.url}/{controls.ledger()[0]['permalink'].removeprefix('https://')}"
    assert requests.get(address, timeout=5).status_code == 200
    assert graph.delete_object(media) == {"success": True, "deleted_id": media}
    assert graph.get_object("301/media")["data"] == []
    assert requests.get(address, timeout=5).status_code == 404
