"""Pictures of behaviour and its explanations by matplotlib, which is loaded when one is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.core.choices import pick
from comity.core.errors import InputError
from comity.core.page.figures import BAD, GOLD, INK, PARTY_COLOURS, SHAPES, SOFT, axes, plain_text
from comity.inference.results import Calibration, NewSetting, Standing, Understanding

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = (*PARTY_COLOURS, "#6b5900", "#a3304f")
FATES = {True: ("#0a6b4b", "o"), False: (BAD, "o"), None: ("#4a5362", "s")}
"""Colour and mark by what became of an explanation: it stands, it fell, it cannot be told."""

FAR = 30.0
"""Estimates further apart than this, as a ratio, stand on a scale that is logarithmic outside 1."""

LONGEST = 34
"""Letters of a name that an axis shows."""

NEVER = "never"


def plot_estimates(
    understanding: Understanding, ax: Any = None, parameters: Sequence[str] = ()
) -> Axes:
    """Return a forest plot of estimates with their intervals.

    Parameters
    ----------
    parameters : names to show; all that are identified anywhere unless given.
    """
    lines = _estimate_lines(understanding.standings, parameters)
    ax = axes(ax, (7.2, 1.2 + 0.34 * max(1, len(lines))))
    for place, (name, standing) in enumerate(lines):
        figure = standing.estimates[name]
        colour, shape = FATES[standing.stands]
        face = "white" if standing.stands is False else colour
        ax.plot(figure.value, place, shape, color=colour, mfc=face, ms=6)
        if figure.low is not None and figure.high is not None:
            ax.plot([figure.low, figure.high], [place, place], color=colour, lw=2, zorder=1)
    ax.axvline(0, color=SOFT, lw=1, ls="--", zorder=0)
    ax.set_yticks(
        range(len(lines)), [f"{_short(name)} · {_short(s.name)}" for name, s in lines]
    )  # fmt: skip
    ax.invert_yaxis()
    sizes = np.abs([s.estimates[name].value for name, s in lines])
    if len(sizes) and sizes.max() > FAR * max(float(np.median(sizes)), 1e-12):
        ax.set_xscale("symlog", linthresh=1.0)
    ax.set_xlabel("estimate and interval (filled: stands, hollow: fell, square: cannot tell)")
    return ax


def _estimate_lines(
    standings: Sequence[Standing], parameters: Sequence[str]
) -> list[tuple[str, Standing]]:
    names = list(parameters) or list(dict.fromkeys(n for s in standings for n in s.estimates))
    known = {name for s in standings for name in s.estimates}
    for name in names:
        if name not in known:
            raise InputError(
                "no such parameter", place="parameters", found=name, expected=", ".join(known)
            )
    return [
        (name, s)
        for name in names
        for s in standings
        if name in s.estimates and np.isfinite(s.estimates[name].value)
    ]


def plot_individuals(understanding: Understanding, ax: Any = None) -> Axes:
    """Return everybody's estimates of two parameters, coloured by the explanation they follow.

    Needs ``pictures["individuals"]``: ``names`` of two parameters, ``values`` of shape (P, 2) and
    ``type`` of shape (P,), the place of each person's explanation in `People.explanations`.
    """
    picture = _picture(understanding, "individuals")
    values, kinds = np.asarray(picture["values"]), np.asarray(picture["type"])
    people = understanding.people
    ax = axes(ax, (5.6, 4.6))
    for kind in np.unique(kinds):
        here = kinds == kind
        known = people is not None and kind < len(people.explanations)
        name = people.explanations[kind] if people is not None and known else f"type {kind + 1}"
        k = int(kind) % len(COLOURS)
        ax.plot(
            *values[here].T, SHAPES[k % len(SHAPES)], color=COLOURS[k], ms=5, alpha=0.75,
            mec="none", label=f"{_short(name)} ({int(here.sum())})",
        )  # fmt: skip
    ax.set_xlabel(plain_text(picture["names"][0]))
    ax.set_ylabel(plain_text(picture["names"][1]))
    ax.legend(frameon=False, fontsize="small")
    return ax


def plot_choices(understanding: Understanding, ax: Any = None, option: int = 0) -> Axes:
    """Return how often an option was chosen by situation, and what explanations predict.

    Needs ``pictures["choices"]``: ``situations`` (S names), ``options`` (K names, or as many for
    each situation), ``observed``, ``low`` and ``high`` of shape (S, K), and ``predicted``, (S, K)
    by explanation.
    """
    picture = _picture(understanding, "choices")
    names = [plain_text(name) for name in picture["situations"]]
    places = np.arange(len(names))
    observed, low, high = (
        np.asarray(picture[k], float)[:, option] for k in ("observed", "low", "high")
    )
    ax = axes(ax, (max(5.6, 1.6 + 0.5 * len(names)), 4.2))
    around = np.abs(np.stack([observed - low, high - observed]))
    ax.errorbar(places, observed, around, fmt="o", color=INK, ms=6, lw=1.4, label="observed")
    _predictions(ax, places, picture["predicted"], option)
    slanted = max(map(len, names), default=0) * len(names) > 70
    ax.set_xticks(places, [_short(n) for n in names], rotation=35 if slanted else 0,
                  ha="right" if slanted else "center")  # fmt: skip
    ax.set_ylim(-0.03, 1.03)
    menus = {_menu(picture, s)[option] for s in range(len(names))}
    words = plain_text(menus.pop()) if len(menus) == 1 else f"option {option + 1}"
    ax.set_ylabel(f"share that chose: {words}")
    ax.legend(frameon=False, fontsize="small")
    return ax


def _predictions(ax: Axes, places: np.ndarray, predicted: Any, option: int) -> None:
    for k, (name, chances) in enumerate(predicted.items()):
        colour, style = COLOURS[k % len(COLOURS)], ("-", "--", ":", "-.")[k % 4]
        shares = np.asarray(chances, float)[:, option]
        ax.plot(places, shares, style, color=colour, lw=1.8, label=_short(name))


def plot_thresholds(understanding: Understanding, ax: Any = None, situation: int = 0) -> Axes:
    """Return the cumulative distribution of choices that are numbers, observed and predicted.

    Reads ``pictures["choices"]`` as `plot_choices` does; the options of the situation must be
    numbers, such as offers, gifts or the least that is accepted.
    """
    picture = _picture(understanding, "choices")
    numbers = _numbers(_menu(picture, situation))
    order = np.argsort(numbers, kind="stable")
    ax = axes(ax, (5.6, 4.2))
    rows = {"observed": picture["observed"], **picture["predicted"]}
    for k, (name, shares) in enumerate(rows.items()):
        row = np.nan_to_num(np.asarray(shares, float)[situation, : len(numbers)])[order]
        first = k == 0
        ax.step(
            numbers[order], np.cumsum(row), where="post", lw=2.6 if first else 1.6,
            color=INK if first else COLOURS[(k - 1) % len(COLOURS)],
            ls="-" if first else ("--", ":", "-.")[(k - 1) % 3], label=_short(name),
        )  # fmt: skip
    ax.set_ylim(-0.03, 1.03)
    ax.set_xlabel(plain_text(picture["situations"][situation]))
    ax.set_ylabel("share that chose at most this")
    ax.legend(frameon=False, fontsize="small")
    return ax


def _menu(picture: Any, situation: int) -> list[str]:
    """Return the options of a situation, which may be the same for all."""
    options = list(picture["options"])
    return options if not options or isinstance(options[0], str) else list(options[situation])


def _numbers(options: Sequence[str]) -> np.ndarray:
    try:
        return np.array([float(option) for option in options])
    except ValueError:
        raise InputError(
            "options are not numbers",
            place="pictures.choices.options",
            found=", ".join(map(str, options)),
            expected="numbers; plot_choices shows any options",
        ) from None


def plot_calibration(calibration: Calibration, ax: Any = None) -> Axes:
    """Return how often what was predicted came about, by predicted probability."""
    ax = axes(ax, (4.6, 4.4))
    kept = np.asarray(calibration.counts) > 0
    predicted, observed, low, high, counts = (
        np.asarray(getattr(calibration, name), float)[kept]
        for name in ("predicted", "observed", "low", "high", "counts")
    )
    ax.plot([0, 1], [0, 1], color=SOFT, ls="--", lw=1, zorder=0)
    ax.vlines(predicted, low, high, color=COLOURS[0], lw=1.6)
    sizes = 20 + 120 * counts / max(1.0, float(counts.max(initial=1.0)))
    ax.scatter(predicted, observed, s=sizes, color=COLOURS[0], zorder=2)
    ax.set_xlim(-0.03, 1.03)
    ax.set_ylim(-0.03, 1.03)
    ax.set_aspect("equal")
    ax.set_xlabel("predicted probability")
    ax.set_ylabel("share that came about")
    ax.set_title(plain_text(calibration.predictor), fontsize="medium")
    return ax


def plot_rivalries(understanding: Understanding, ax: Any = None) -> Axes:
    """Return a heat map of the decisions that it takes to tell explanations apart.

    Rows are true, columns rivals; figures are for errors of 5% either way, on a logarithmic scale.
    """
    found = understanding.rivalries
    names = list(dict.fromkeys(name for r in found for name in (r.truth, r.rival)))
    if not names:
        raise InputError("no two explanations were compared", place="rivalries", found=0)
    table = np.full((len(names), len(names)), np.nan)
    for r in found:
        table[names.index(r.truth), names.index(r.rival)] = r.decisions_errors
    ax = axes(ax, (2.6 + 0.75 * len(names), 2.0 + 0.55 * len(names)))
    _heat(ax, table)
    labels = [_short(name) for name in names]
    ax.set_xticks(range(len(names)), labels, rotation=35, ha="right")
    ax.set_yticks(range(len(names)), labels)
    ax.set_xlabel("rival")
    ax.set_ylabel("true")
    ax.set_title("decisions needed for 5% errors", fontsize="medium")
    return ax


def _heat(ax: Axes, table: np.ndarray) -> None:
    from matplotlib.colors import LogNorm

    finite = table[np.isfinite(table)]
    low = max(1.0, float(finite.min(initial=np.inf))) if len(finite) else 1.0
    high = max(10 * low, float(finite.max(initial=0.0)))
    filled = np.where(np.isinf(table), high, np.maximum(table, 1.0))
    norm = LogNorm(low, high)
    ax.imshow(np.ma.masked_invalid(filled), cmap="Blues", norm=norm, alpha=0.75)
    for (i, j), count in np.ndenumerate(table):
        if np.isnan(count):
            continue
        never = bool(np.isinf(count))
        dark = not never and float(norm(max(count, 1.0))) > 0.75
        words = NEVER if never else _count(float(count))
        colour = BAD if never else "white" if dark else INK
        if never:
            ax.add_patch(_cell(i, j))
        ax.text(j, i, words, ha="center", va="center", color=colour, fontsize="small")


def _cell(i: int, j: int) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor="#fbe7ea", edgecolor="none")


def _count(value: float) -> str:
    if value >= 1e6:
        return f"{value:.0e}".replace("e+0", "e").replace("e+", "e")
    return f"{np.ceil(value - 1e-9):,.0f}"


def plot_prior(setting: NewSetting, ax: Any = None, member: int = 0) -> Axes:
    """Return what each action brings by how likely one explanation is, and its break points.

    The others share the rest by their weights, or evenly where there are none.
    """
    from comity.inference.report.priors import relevant, worth_along

    if len(setting.members) < 2:
        raise InputError(
            "a prior needs two explanations",
            place="members",
            found=len(setting.members),
            expected="2 or more that stand",
        )
    low, high = worth_along(setting, member)
    ax = axes(ax)
    for k, a in enumerate(relevant(setting)):
        colour, style = COLOURS[k % len(COLOURS)], ("-", "--", ":", "-.")[k % 4]
        name = _short(setting.actions[a])
        ax.plot([0, 1], [low[a], high[a]], style, color=colour, lw=1.4, label=name)
    weights = np.linspace(0, 1, 401)
    best = (np.outer(1 - weights, low) + np.outer(weights, high)).max(axis=1)
    ax.plot(weights, best, color=INK, lw=2.8, zorder=3, label="best")
    _name_the_best(ax, setting, member, int(low.argmax()))
    ax.set_xlabel(f"how likely {_short(setting.members[member])} is")
    ax.set_ylabel(f"what it brings {_short(setting.decider)}")
    ax.legend(frameon=False, fontsize="small")
    return ax


def _name_the_best(ax: Axes, setting: NewSetting, member: int, first: int) -> None:
    """Mark the break points, and name the best action between them where there is room."""
    found = sorted((w, a, b) for n, w, a, b in setting.breaks if n == setting.members[member])
    edges = [0.0, *(weight for weight, *_ in found), 1.0]
    actions = [found[0][1] if found else setting.actions[first], *(b for *_, b in found)]
    for weight in edges[1:-1]:
        ax.axvline(weight, color=GOLD, lw=1.6, zorder=0)
    for start, end, action in zip(edges, edges[1:], actions, strict=False):
        if (end - start) * 60 > len(action):
            ax.text((start + end) / 2, 1.01, _short(action), fontsize="small", ha="center",
                    va="bottom", transform=ax.get_xaxis_transform())  # fmt: skip


def plot_profile(
    values: Sequence[float] | np.ndarray,
    log_likelihoods: Sequence[float] | np.ndarray,
    ax: Any = None,
    cut: float | None = None,
    name: str = "",
) -> Axes:
    """Return a profile likelihood: how well every value of one parameter can still be made to fit.

    Parameters
    ----------
    values, log_likelihoods : shape (V,); the likelihood is the largest over all else.
    cut : the log-likelihood above which values are in the interval; 1.353 below the largest
        unless given (90%, half the 0.9 quantile of chi-squared with one degree of freedom).
    """
    x, y = np.asarray(values, float), np.asarray(log_likelihoods, float)
    if x.shape != y.shape or x.ndim != 1 or not np.isfinite(y).any():
        raise InputError(
            "not a profile", place="log_likelihoods", found=y.shape, expected=f"{x.shape}, finite"
        )
    ax = axes(ax, (5.6, 4.2))
    line = float(np.nanmax(y[np.isfinite(y)])) - 1.353 if cut is None else cut
    order = np.argsort(x, kind="stable")
    ax.plot(x[order], y[order], color=COLOURS[0], lw=2)
    ax.axhline(line, color=BAD, ls="--", lw=1.2, label="cut of the interval")
    ax.fill_between(
        x[order], line, y[order], where=y[order] >= line, color=COLOURS[0], alpha=0.15, lw=0
    )
    ax.set_xlabel(plain_text(name) or "value")
    ax.set_ylabel("log-likelihood, the rest at its best")
    ax.legend(frameon=False, fontsize="small")
    return ax


def plot(understanding: Understanding, what: str = "estimates", ax: Any = None) -> Axes:
    """Return one of the pictures of an understanding, by its name in `PICTURES`."""
    draw = pick(PICTURES, what, "no such picture", "what")
    return draw(understanding, ax)


def _calibration(understanding: Understanding, ax: Any) -> Axes:
    if understanding.calibration is None:
        raise InputError("calibration was not checked", place="what", found="none")
    return plot_calibration(understanding.calibration, ax)


def _prior(understanding: Understanding, ax: Any) -> Axes:
    if understanding.setting is None:
        raise InputError("there is no new setting", place="what", found="none", expected="a Case")
    return plot_prior(understanding.setting, ax)


PICTURES: dict[str, Callable[[Understanding, Any], Axes]] = {
    "estimates": plot_estimates,
    "individuals": plot_individuals,
    "choices": plot_choices,
    "thresholds": plot_thresholds,
    "rivalries": plot_rivalries,
    "calibration": _calibration,
    "prior": _prior,
}


def _picture(understanding: Understanding, name: str) -> Any:
    if name not in understanding.pictures:
        raise InputError(
            "this picture was not worked out",
            place=f"pictures.{name}",
            found=", ".join(understanding.pictures) or "no pictures",
        )
    return understanding.pictures[name]


def _short(text: str) -> str:
    words = plain_text(text)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
