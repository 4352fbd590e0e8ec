"""What OpenAPI says is what is answered and taken."""

import pytest
from jsonschema import Draft202012Validator

from comity.rooms.protocol.bodies import BODIES
from comity.rooms.service.failures import STATUS_OF
from comity.rooms.service.models import message_schema, opening_schema, protocol_schemas
from room_play import ENDINGS, plain_json


@pytest.fixture(scope="module")
def messages() -> list[dict]:
    rooms = [ENDINGS[name]().room for name in ("agreed", "left", "refused")]
    return [plain_json(entry.message.to_dict()) for room in rooms for entry in room.entries]


def validator(schema: dict) -> Draft202012Validator:
    """What checks a schema that stands in OpenAPI."""
    return Draft202012Validator({**schema, "components": {"schemas": protocol_schemas()}})


def test_real_messages_fit_and_altered_ones_do_not(messages):
    assert {message["type"] for message in messages} == set(BODIES) - {"say"}
    for message in messages:
        schema = validator(message_schema((message["type"],)))
        assert schema.is_valid(message)
        assert not schema.is_valid({**message, "more": 1})
        assert not schema.is_valid({**message, "key": "x"})
        assert not schema.is_valid({**message, "body": {}})
        assert not schema.is_valid({name: message[name] for name in message if name != "after"})


def test_a_room_is_opened_by_a_proposal(messages):
    schema = validator(opening_schema())
    fits = {m["type"] for m in messages if schema.is_valid({"message": m})}
    assert fits == {"propose"}


def test_openapi_documents_every_path_and_its_errors(client):
    described = client.get("/openapi.json").json()
    paths = {path: set(found) for path, found in described["paths"].items() if "{path" not in path}
    assert {
        "/api/operator": {"get"},
        "/api/rooms": {"post"},
        "/api/rooms/{room}": {"get"},
        "/api/rooms/{room}/log": {"get"},
        "/api/rooms/{room}/messages": {"post"},
        "/api/rooms/{room}/events": {"get"},
        "/healthz": {"get"},
        "/metrics": {"get"},
    }.items() <= paths.items()
    sending = described["paths"]["/api/rooms/{room}/messages"]["post"]
    assert {"200", "401", "403", "404", "409", "413", "415", "422", "429", "503", "507"} == set(
        sending["responses"]
    )
    assert set(protocol_schemas()) <= set(described["components"]["schemas"])
    codes = described["components"]["schemas"]["Fault"]["properties"]["code"]["enum"]
    assert codes == sorted(STATUS_OF)
