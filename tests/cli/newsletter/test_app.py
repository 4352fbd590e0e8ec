from comity.cli.app import command
from comity.cli.newsletter.app import ORDER


def test_commands_are_listed_in_the_order_in_which_a_publication_needs_them():
    group = command().commands["newsletter"]
    listed = group.list_commands(None)
    assert listed == [name for name in ORDER if name in listed]
    assert len(listed) >= 1
