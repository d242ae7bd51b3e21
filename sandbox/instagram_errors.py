"""Owns Instagram's refusals: one function for each, with the documented code and subcode."""

from __future__ import annotations

from sandbox.exchange import Response
from sandbox.graph_errors import error, invalid


def caption_too_long() -> Response:
    text = "The caption was too long or has too many hashtags."
    return error(36004, text, subcode=2207010, title="Caption too long")


def unknown_media_type(kind: str) -> Response:
    text = f"Unknown media type: {kind}"
    return error(100, text, subcode=2207023, title="Unknown media type", says=text)


def alt_text_too_long() -> Response:
    return invalid("Param alt_text must be at most 1000 characters")


def no_image_url() -> Response:
    return invalid("The parameter image_url is required")


def not_fetchable() -> Response:
    text = "The media could not be fetched from this URI."
    says = "Only photo or video can be accepted as media type."
    return error(9004, text, subcode=2207052, title="Media download has failed", says=says)


def wrong_format(given: str) -> Response:
    text = f"The image format is not supported: {given}. The supported format is JPEG."
    return error(36001, text, subcode=2207005, title="Image format not supported")


def too_large() -> Response:
    text = "The image size is too large. Images must be 8 MiB or smaller."
    return error(36000, text, subcode=2207004, title="Image too large")


def wrong_ratio() -> Response:
    text = "The submitted image's aspect ratio is not within 4:5 and 1.91:1."
    return error(36003, text, subcode=2207009, title="Aspect ratio not allowed")


def wrong_number_of_children() -> Response:
    text = "A carousel needs at least 2 and at most 10 items."
    return error(100, text, subcode=2207028, title="Carousel validation failed")


def children_not_ready() -> Response:
    text = "A carousel item does not exist, is no carousel item or is not finished."
    return error(24, text, subcode=2207006, title="Media not found")


def no_such_container() -> Response:
    text = "The media with this creation_id does not exist or has expired."
    return error(24, text, subcode=2207008, title="Temporary error publishing a container")


def not_ready() -> Response:
    text = "Media ID is not available"
    says = "The media is not ready for publishing, please wait for a moment"
    return error(9007, text, subcode=2207027, title="Media not ready", says=says)


def expired() -> Response:
    return error(-2, "The media container has expired.", subcode=2207020, title="Media expired")


def quota_reached() -> Response:
    text = "You reached the maximum number of posts that is allowed to be published by API."
    return error(9, text, subcode=2207042, status=403, title="Limit reached")
