"""The feed of events over HTTP: read on from a position, as often as one likes."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import msgspec
from flask import Response, request

from web.api import API_PREFIX, CaseBlueprint
from web.callers import current_actor, may
from web.cloud_events import BATCH, cloud_event, topics_of
from web.schemas.cloud_events import CloudEventSchema, FollowingSchema
from web.services import front_office, look, services


def feed_blueprint() -> CaseBlueprint:
    """Return the resource of the feed."""
    blueprint = CaseBlueprint(
        "events", __name__, url_prefix=f"{API_PREFIX}/events", description="Лента событий"
    )

    @blueprint.route("", methods=["GET"])
    @blueprint.doc(operationId="followEvents")
    @blueprint.arguments(FollowingSchema, location="query")
    @blueprint.response(HTTPStatus.OK, CloudEventSchema(many=True), content_type=BATCH)
    @may("read_feed")
    def follow(asked: dict[str, Any]) -> Response:
        """Что записано после позиции, по порядку: без пропусков и без данных людей."""
        beginning, by = asked.get("type"), current_actor()
        topics = None if beginning is None else topics_of(beginning)
        batch = front_office().events_after(by, asked["after"], asked["limit"], topics)
        services().reading_log.feed(look(), asked["after"], beginning, len(batch.events))
        response = Response(
            msgspec.json.encode([cloud_event(each) for each in batch.events]), mimetype=BATCH
        )
        response.headers["Link"] = f'<{_next_url(batch.reached)}>; rel="next"'
        return response

    return blueprint


def _next_url(reached: int) -> str:
    return f"{request.path}?{urlencode({**request.args.to_dict(), 'after': reached})}"
