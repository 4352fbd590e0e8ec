import json

from comity.cases import json_schema, loads
from comity.cli import main


def test_the_schema_is_json(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema()


def test_the_example_is_a_case(capsys):
    assert main(["schema", "--example"]) == 0
    assert loads(capsys.readouterr().out).names == ("Ana", "Bo")


def test_the_schema_of_a_room_is_json(capsys):
    from comity.rooms.protocol.schemas import room_schema

    assert main(["schema", "--room"]) == 0
    assert json.loads(capsys.readouterr().out) == room_schema()
