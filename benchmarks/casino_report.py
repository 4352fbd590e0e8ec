"""Filling the page of CaSiNo results (`casino_page`) with figures and tables."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

import casino_exact
import casino_tables as tables
import numpy as np
from casino_page import TEMPLATE
from casino_rules import NASH, UTILITARIAN, WIDER, Rule, opposed, wider_figures
from casino_safeguards import audit_needed, audited, evidence_rule, protected
from casino_study import Study

COMMAND = (
    "python benchmarks/casino.py --data DIR --seed {seed} \\\n"
    "    --report docs/results/casino.md --picture docs/images/casino.svg"
)


def report(study: Study, picture: str) -> str:
    """Return the page."""
    words = _people(study) | _losses(study) | _lies(study) | _uniform(study) | _safeguards(study)
    shown = {name: getattr(tables, name)(study) for name in TABLES}
    return TEMPLATE.format(
        **words, **shown, **_made(study), wider_table=tables.wider_table(), picture=picture
    )


TABLES = (
    "people_table",
    "relation_table",
    "exact_table",
    "pairs_table",
    "calibration_table",
    "beliefs_table",
    "manipulation_table",
    "audit_rates_table",
    "audit_table",
    "acceptance_table",
)


def _people(study: Study) -> dict[str, object]:
    people, mean = study.people, study.mean
    joint = people.points.reshape(-1, 2).sum(axis=1)
    change = study.change()
    explained = np.corrcoef(people.points, people.satisfaction)[0, 1] ** 2
    tops = np.array([ranking[0] for ranking in tables.RANKINGS])
    return {
        "dialogues": len(people.walked),
        "human": mean(people.points).show(2),
        "share": study.bootstrap.ratio(joint, people.best_joint).percent,
        "efficient": mean(people.efficient).percent,
        "walked": mean(people.walked).percent,
        "nash": mean(study.honest()).show(2),
        "gain": mean(change).show(2),
        "walk_share": study.bootstrap.ratio(change * study.walked, change).percent,
        "satisfaction": mean(people.satisfaction).show(2),
        "explained": 100 * explained,
        "same_first": 100 * float((tops[people.kind] == tops[people.other]).mean()),
    }


def _losses(study: Study) -> dict[str, object]:
    people, mean, worse = study.people, study.mean, study.worse()
    satisfied = people.satisfaction >= 4
    hurt = tables.relation_is(people, (1, 2, 0))
    egalitarian = Rule("egalitarian", lotteries=True)
    return {
        "worse": mean(worse).percent,
        "less": mean(-study.change(), worse).show(2),
        "same": mean(np.abs(study.change()) < 1e-9).percent,
        "loser_satisfied": mean(satisfied, worse).percent,
        "other_satisfied": mean(satisfied, ~worse).percent,
        "hurt_human": mean(people.points, hurt).show(2),
        "hurt_rule": f"{study.honest()[hurt].mean():.2f}",
        "won_human": mean(people.points, hurt[people.partner]).show(2),
        "won_rule": f"{study.honest()[hurt[people.partner]].mean():.2f}",
        "joint_nash": mean(study.joint_lower()).percent,
        "joint_ks": mean(study.joint_lower(Rule("kalai-smorodinsky"))).percent,
        "joint_egal": mean(study.joint_lower(egalitarian)).percent,
    }


def _lies(study: Study) -> dict[str, object]:
    nash, utilitarian = study.lies(NASH, "inferred"), study.lies(UTILITARIAN, "inferred")
    scores, util = study.people.calibration, study.figures[UTILITARIAN]
    only, threshold = opposed(study.points[NASH])
    return {
        "lying": study.mean(nash.lies).percent,
        "both": study.mean(nash.both).show(2),
        "lying_util": study.mean(utilitarian.lies).percent,
        "util_honest": util.honest,
        "util_post": util.ex_post,
        "util_known": util.ex_post - util.honest,
        "right": f"{100 * scores.accuracy[0]:.0f}%",
        "only": "only " if only else "",
        "threshold": threshold,
        "got_each": nash.realised[nash.lies].mean(),
        "cost_each": -nash.partner[nash.lies].mean(),
    }


def _uniform(study: Study) -> dict[str, object]:
    first = study.figures[Rule("kalai-smorodinsky", tie_break="first")]
    plain = casino_exact.figures("kalai-smorodinsky, smallest share only", False, "uniform")
    return {
        "nash_uniform": study.figures[NASH].honest,
        "ties": wider_figures(WIDER[1], "nash").interim,
        "walk_claim": wider_figures(WIDER[3], "nash").interim,
        "ks_first_honest": first.honest,
        "ks_first_interim": first.interim,
        "plain_honest": float(plain[0]),
        "plain_post": float(plain[2]),
    }


def _safeguards(study: Study) -> dict[str, object]:
    people, points = study.people, study.points[NASH]
    belief = people.beliefs["inferred"]
    free, without = audited(points, people, belief, 0.0)
    _, few = audited(points, people, belief, 0.02)
    found = protected(points, people, belief, evidence_rule(people, 0.05))
    return {
        "audit_one_in": f"{1 / audit_needed(points):.0f}",
        "few_audits": study.mean(few - without).show(3),
        "evidence_stopped": study.mean(~found.lies, free).percent,
        "evidence_refused": study.mean(found.refused).percent,
        "evidence_honest": study.mean(found.honest).show(2),
    }


def _made(study: Study) -> dict[str, object]:
    import scipy

    return {
        "command": COMMAND.format(seed=study.seed),
        "seed": study.seed,
        "draws": len(study.bootstrap.counts),
        "comity": version("comity"),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
    }


def picture_link(picture: Path, page: Path) -> str:
    """Return the address of the picture as the page has to name it."""
    return Path(os.path.relpath(picture.resolve(), page.resolve().parent)).as_posix()
