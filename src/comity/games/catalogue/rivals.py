"""Two players who want different things."""

from __future__ import annotations

from comity.games.catalogue.dilemmas import check_falling, symmetric
from comity.games.normal_form import NormalForm


def chicken(
    win: float = 1, both_swerve: float = 0, lose: float = -1, crash: float = -10
) -> NormalForm:
    """Return chicken: to drive on is best if the other swerves, and a disaster if not.

    Raises `InputError` unless win > both_swerve > lose > crash. Source: Rapoport and Chammah
    (1966), *The game of chicken*, American Behavioral Scientist 10(3).
    """
    check_falling(win=win, both_swerve=both_swerve, lose=lose, crash=crash)
    return symmetric((both_swerve, lose, win, crash), ("swerve", "drive on"), "Chicken")


def asymmetric_chicken() -> NormalForm:
    """Return the chicken in which the first player has more to win and more to lose.

    Source: Clifton (2020), *Cooperation, Conflict, and Transformative Artificial Intelligence: a
    Research Agenda*, Center on Long-Term Risk.
    """
    return NormalForm.from_payoffs(
        [[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]],
        ["Ana", "Bo"],
        [["concede", "dare"]] * 2,
        title="Asymmetric chicken",
    )


def battle_of_the_sexes(favourite: float = 2, other: float = 1, apart: float = 0) -> NormalForm:
    """Return the battle of the sexes: together is better than apart, but each likes another place.

    Raises `InputError` unless favourite > other > apart. Source: Luce and Raiffa (1957), *Games
    and Decisions*, section 5.3.
    """
    check_falling(favourite=favourite, other=other, apart=apart)
    return NormalForm.from_payoffs(
        [[[favourite, apart], [apart, other]], [[other, apart], [apart, favourite]]],
        ["Ana", "Bo"],
        [["ballet", "boxing"]] * 2,
        title="Battle of the sexes",
    )


def matching_pennies(stake: float = 1) -> NormalForm:
    """Return matching pennies: the first wins on a match, the second on a mismatch.

    Raises `InputError` unless stake > 0. Source: von Neumann and Morgenstern (1944), *Theory of
    Games and Economic Behavior*, section 14.7.
    """
    check_falling(stake=stake, nothing=0)
    return NormalForm.from_payoffs(
        [[[stake, -stake], [-stake, stake]], [[-stake, stake], [stake, -stake]]],
        ["Ana", "Bo"],
        [["heads", "tails"]] * 2,
        title="Matching pennies",
    )
