"""What is asked and answered are values."""

from comity.newsletter.search.found import Filters, Found, Hit, Piece


def test_filters_ask_nothing_unless_they_are_set():
    assert Filters() == Filters("", "", "", "", None, False)
    assert hash(Filters(year="2018")) != hash(Filters())


def test_pieces_say_what_is_marked():
    hit = Hit("a", 1.0, (Piece("fair", marked=True), Piece(" play")), ())
    assert "".join(piece.text for piece in hit.title) == "fair play"
    assert [piece.marked for piece in Found((hit,), 1).hits[0].title] == [True, False]
