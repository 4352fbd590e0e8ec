from comity.newsletter.languages.engine import Draft, Engine
from newsletter_engines import Toy


def test_whoever_has_its_five_members_is_an_engine():
    engine: Engine = Toy()
    assert (engine.name, engine.source, engine.target) == ("Toy 1", "en", "es")
    assert [*engine.stand_ins()] == ["Alice", "Bob"]
    assert engine.translate(["Agents share."]) == [Draft("agentes comparten.")]


def test_members_of_the_protocol_are_those():
    members = {name for name in vars(Engine) if not name.startswith("_")}
    assert members == {"name", "source", "target", "stand_ins", "translate"}
