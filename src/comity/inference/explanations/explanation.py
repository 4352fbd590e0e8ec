"""Explanations: a motive and a decision procedure that give probabilities to choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.errors import InputError
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import Batch, Situations, make_batch
from comity.inference.explanations.motive import Motive
from comity.inference.explanations.parameters import Parameter
from comity.inference.explanations.procedure import Procedure, View
from comity.inference.numerics import x64

Parameters = Mapping[str, Any]
"""Values by name: a number for all, or shape (P,), one per person of a batch."""
Take = Callable[[jax.Array, jax.Array, jax.Array], jax.Array]


@dataclass(frozen=True, eq=False)
class Explanation:
    """A motive and a procedure, with some parameters fixed or none.

    Attributes
    ----------
    motive, procedure : what is wanted, and how it becomes action.
    fixed : values of parameters that are not fitted.
    title : a name of its own; ``motive x procedure`` unless given.

    Examples
    --------
    >>> from comity.inference.explanations.catalogue import explain
    >>> explain("own-payoff", "logit").name
    'own-payoff x logit'
    """

    motive: Motive
    procedure: Procedure
    fixed: Mapping[str, float] = field(default_factory=dict)
    title: str = ""

    def __post_init__(self) -> None:
        names = [p.name for p in self.all_parameters]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise InputError(
                "motive and procedure use one name for two parameters",
                place=self.name,
                found=", ".join(twice),
                expected="names of their own",
            )
        unknown = sorted(set(self.fixed) - set(names))
        if unknown:
            raise InputError(
                "no such parameter",
                place=self.name,
                found=", ".join(unknown),
                expected=", ".join(names) or "none",
            )

    @property
    def name(self) -> str:
        """The title, or motive and procedure."""
        if self.title:
            return self.title
        if not self.procedure.uses_motive:
            return self.procedure.name
        return f"{self.motive.name} x {self.procedure.name}"

    @property
    def all_parameters(self) -> tuple[Parameter, ...]:
        """Parameters of motive and procedure, fixed ones included.

        Units of a procedure's parameters are powers of the unit of utility.
        """
        if not self.procedure.uses_motive:
            return self.procedure.parameters
        units = self.motive.units
        own = (replace(p, units=p.units * units) for p in self.procedure.parameters)
        return (*self.motive.parameters, *own)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Parameters that are left open."""
        return tuple(p for p in self.all_parameters if p.name not in self.fixed)

    def with_fixed(self, title: str = "", **values: float) -> Explanation:
        """Return the explanation with some parameters fixed."""
        return replace(self, fixed={**self.fixed, **values}, title=title or self.title)

    def check(self, situations: Sequence[Situation]) -> None:
        """Raise `InputError` where this explanation says nothing about a situation."""
        parts = (self.motive, self.procedure) if self.procedure.uses_motive else (self.procedure,)
        needs = [name for part in parts for name in part.needs]
        refusals = [part.refuses for part in parts if part.refuses is not None]
        for situation in situations:
            known = {"delays", *situation.history, *situation.beliefs}
            missing = [name for name in needs if name not in known]
            if missing:
                raise InputError(
                    "a situation does not state what this explanation needs",
                    place=self.name,
                    found=f"{situation.name or 'a situation'}, with {', '.join(sorted(known))}",
                    expected=f"history or beliefs that state {', '.join(missing)}",
                )
            if self.procedure.strategic and not situation.menus and situation.shape[1] > 1:
                raise InputError(
                    "a procedure that reasons about the others met a situation of chance",
                    place=self.name,
                    found=situation.name or "a situation without menus of the others",
                    expected="menus of the other players",
                )
            for fault in filter(None, (refuses(situation) for refuses in refusals)):
                raise InputError(
                    "this explanation says nothing about a situation",
                    place=self.name,
                    found=f"{situation.name or 'a situation'}: {fault}",
                )

    def complete(self, parameters: Parameters) -> dict[str, Any]:
        """Return values with those that are fixed."""
        return {**{k: jnp.asarray(v, float) for k, v in self.fixed.items()}, **parameters}

    def log_probabilities(self, parameters: Parameters, batch: Batch) -> jax.Array:
        """Return the log-probability of every option of every decision, shape (P, R, K).

        Procedures that look back are given all that came before in the row's own sequence: these
        are one-step-ahead probabilities. Runs in the caller's precision and may be jitted,
        differentiated and mapped.
        """
        values = self.complete(parameters)
        axes = _axes(values)
        shared = not any(axis == 0 for axis in axes.values())
        if self.procedure.start is None and shared:
            return self._by_situation(values, batch.situations, batch)[batch.rows.situation]
        mapped = jax.vmap(lambda v, rows: self._person(v, batch, rows), (axes, 0))
        return mapped(values, batch.rows)  # type: ignore[no-untyped-call]

    def log_table(self, parameters: Parameters, batch: Batch) -> jax.Array:
        """Return the log-probability of every option of every situation, shape (G, K).

        Only for one set of values for all, and procedures that do not look back.
        """
        values = self.complete(parameters)
        return self._by_situation(values, batch.situations, batch)

    def log_likelihoods(self, parameters: Parameters, batch: Batch) -> jax.Array:
        """Return the log-probability of what was chosen, shape (P, R); 0 where nothing was."""
        log_p = self.log_probabilities(parameters, batch)
        chosen = jnp.take_along_axis(log_p, batch.rows.choice[..., None], axis=-1)[..., 0]
        return jnp.where(batch.rows.weight > 0, chosen, 0.0)

    def predict(self, parameters: Parameters, evidence: Evidence) -> np.ndarray:
        """Return the probability of every option of every row, shape (N, K).

        Values may be arrays of shape (people of the evidence,). Options that a row does not have
        get 0.
        """
        self.check(evidence.situations)
        batch, places = make_batch(evidence)
        with x64():
            given = {name: jnp.asarray(value, float) for name, value in parameters.items()}
            log_p = np.asarray(_log_probabilities(self, given, batch))
        found = np.zeros((len(evidence), log_p.shape[-1]))
        found[places[places >= 0]] = np.exp(log_p[places >= 0])
        return found

    def _by_situation(self, values: Parameters, situations: Situations, batch: Batch) -> jax.Array:
        return jax.vmap(lambda one: self._choose(values, one, batch))(situations)

    def _person(self, values: Parameters, batch: Batch, rows: Any) -> jax.Array:
        if self.procedure.start is not None:
            return self._sequence(values, batch, rows)
        count = batch.situations.payoffs.shape[0]
        if count <= rows.choice.shape[0]:
            return self._by_situation(values, batch.situations, batch)[rows.situation]
        seen = jax.tree.map(lambda leaf: leaf[rows.situation], batch.situations)
        return self._by_situation(values, seen, batch)

    def _sequence(self, values: Parameters, batch: Batch, rows: Any) -> jax.Array:
        """Return the log-probabilities of one person's rows, each given those before it."""
        return self.walk(values, batch, rows, lambda log_p, choice, place: choice)[0]

    def walk(
        self, values: Parameters, batch: Batch, rows: Any, take: Take
    ) -> tuple[jax.Array, jax.Array]:
        """Return log-probabilities and options taken along one person's rows, (R, K) and (R,).

        Parameters
        ----------
        values : of all parameters, a number each.
        rows : of one person, as in a batch but without its axis of people.
        take : ``take(log_p, choice, place)`` to the option taken in a row: what was chosen there,
            or something else.
        """
        procedure, own = self.procedure, self._procedure_values(values)
        assert procedure.start is not None
        assert procedure.update is not None
        start, update = procedure.start, procedure.update

        def one(state: Any, at: tuple[Any, jax.Array]) -> tuple[Any, tuple[jax.Array, jax.Array]]:
            row, place = at
            situation = jax.tree.map(lambda leaf: leaf[row.situation], batch.situations)
            view = self._view(values, situation, batch)
            fresh = start(view, **own)
            state = jax.tree.map(lambda a, b: jnp.where(row.first, a, b), fresh, state)
            log_p = procedure.choose(view, state, **own)
            taken = take(log_p, row.choice, place)
            after = update(state, view, taken, jnp.maximum(row.others, 0), **own)
            seen = (row.others >= 0) | (not procedure.watches) | (jnp.sum(view.present) == 1)
            known = seen & (row.weight > 0)
            return jax.tree.map(lambda a, b: jnp.where(known, a, b), after, state), (log_p, taken)

        opening = jax.tree.map(lambda leaf: leaf[rows.situation[0]], batch.situations)
        state = start(self._view(values, opening, batch), **own)
        places = jnp.arange(rows.choice.shape[0])
        return jax.lax.scan(one, state, (rows, places))[1]

    def _choose(self, values: Parameters, situation: Situations, batch: Batch) -> jax.Array:
        view = self._view(values, situation, batch)
        return self.procedure.choose(view, **self._procedure_values(values))

    def _view(self, values: Parameters, situation: Situations, batch: Batch) -> View:
        return View(
            jnp.asarray(situation.payoffs),
            jnp.asarray(situation.options),
            jnp.asarray(situation.contingencies),
            jnp.asarray(situation.present),
            batch.menus,
            situation.history,
            situation.beliefs,
            self.motive,
            {p.name: values[p.name] for p in self.motive.parameters if p.name in values},
            None if situation.transitions is None else jnp.asarray(situation.transitions),
        )

    def _procedure_values(self, values: Parameters) -> dict[str, Any]:
        return {p.name: values[p.name] for p in self.procedure.parameters}


def _axes(values: Parameters) -> dict[str, int | None]:
    """Return which values have an axis of people to map over."""
    return {name: (0 if jnp.ndim(value) else None) for name, value in values.items()}


@partial(jax.jit, static_argnums=0)
def _log_probabilities(explanation: Explanation, values: Parameters, batch: Batch) -> jax.Array:
    return explanation.log_probabilities(values, batch)
