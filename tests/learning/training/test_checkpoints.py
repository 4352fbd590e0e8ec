import dataclasses

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.training.checkpoints import Checkpoint, load, save


@pytest.fixture
def checkpoint():
    rng = np.random.default_rng(0)
    return Checkpoint(
        agent="ippo",
        environment="lever",
        variant={"payoffs": [1.0, 0.9], "players": 2},
        settings={"learning_rate": 0.00025, "hidden": [64]},
        seed=3,
        steps=1000,
        policy={"actor/head/bias": rng.normal(size=4).astype(np.float32)},
        learner=(np.array(7, dtype=np.int32), rng.normal(size=(2, 3))),
        curve={"score": rng.normal(size=5)},
    )


def test_what_was_saved_comes_back(checkpoint, tmp_path):
    found = load(save(checkpoint, tmp_path / "agent.npz"))
    assert found.digest == checkpoint.digest
    for part in ("agent", "environment", "variant", "settings", "seed", "steps"):
        assert getattr(found, part) == getattr(checkpoint, part)
    assert np.array_equal(found.policy["actor/head/bias"], checkpoint.policy["actor/head/bias"])
    assert found.learner[0].dtype == np.int32
    assert np.array_equal(found.learner[1], checkpoint.learner[1])
    assert found.name == "agent"


def test_the_agent_alone_is_lighter(checkpoint, tmp_path):
    full, light = tmp_path / "full.npz", tmp_path / "light.npz"
    save(checkpoint, full)
    save(checkpoint.light(), light)
    assert light.stat().st_size < full.stat().st_size
    assert load(light).learner == ()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_file_cut_short(checkpoint, tmp_path, share):
    file = save(checkpoint, tmp_path / "agent.npz")
    content = file.read_bytes()
    file.write_bytes(content[: int(share * len(content))])
    with pytest.raises(InputError, match="cut short") as caught:
        load(file)
    assert str(file) in str(caught.value)


def test_a_file_that_was_changed(checkpoint, tmp_path):
    file = save(checkpoint, tmp_path / "agent.npz")
    with np.load(file) as archive:
        arrays = {name: archive[name] for name in archive.files}
    arrays["policy/actor/head/bias"] = arrays["policy/actor/head/bias"] + 1
    np.savez(file, **arrays)
    with pytest.raises(InputError, match="changed"):
        load(file)


@pytest.mark.parametrize("variant", [{"name": "chess"}, {"engine": "jax"}])
def test_a_forged_variant_cannot_name_another_game(checkpoint, tmp_path, variant):
    file = save(dataclasses.replace(checkpoint, variant=variant), tmp_path / "agent.npz")
    with pytest.raises(InputError, match=r"agent\.npz: .*no rule"):
        load(file)


def test_half_the_bytes_hold_three_digits(checkpoint, tmp_path):
    light = load(save(checkpoint.light(half=True), tmp_path / "half.npz"))
    found, exact = (one.policy["actor/head/bias"] for one in (light, checkpoint))
    assert found.dtype == np.float16
    assert found == pytest.approx(exact, rel=1e-3)


def test_other_files(tmp_path):
    file = tmp_path / "other.npz"
    np.savez(file, weights=np.zeros(3))
    with pytest.raises(InputError, match="not a checkpoint"):
        load(file)
    with pytest.raises(InputError, match="cannot read"):
        load(tmp_path / "none.npz")


@pytest.mark.parametrize(
    "head", ["[]", "null", '"x"', "{}", '{"digest": 3, "format": "comity-checkpoint/1"}', "{"]
)
def test_archives_of_others(head, tmp_path):
    path = tmp_path / "theirs.npz"
    np.savez(path, head=np.frombuffer(head.encode(), dtype=np.uint8), weights=np.ones(3))
    with pytest.raises(InputError, match="not a checkpoint"):
        load(path)


def test_a_single_array_and_a_broken_stream(tmp_path):
    path = tmp_path / "theirs.npz"
    with path.open("wb") as stream:
        np.save(stream, np.ones(3))
    with pytest.raises(InputError, match="not a checkpoint"):
        load(path)
    np.savez_compressed(path, head=np.random.default_rng(0).normal(size=500))
    content = bytearray(path.read_bytes())
    for place in range(60, 3000, 100):
        path.write_bytes(content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :])
        with pytest.raises(InputError, match="not a checkpoint"):
            load(path)


def test_another_version(checkpoint, tmp_path, monkeypatch):
    monkeypatch.setattr("comity.learning.training.checkpoints.FORMAT", "comity-checkpoint/9")
    file = save(checkpoint, tmp_path / "agent.npz")
    monkeypatch.undo()
    with pytest.raises(InputError, match="another version"):
        load(file)


def test_every_part_counts_in_the_digest(checkpoint):
    others = {"agent": "mappo", "seed": 4, "steps": 1, "policy": {}, "learner": (), "curve": {}}
    digests = {dataclasses.replace(checkpoint, **{k: v}).digest for k, v in others.items()}
    assert len(digests | {checkpoint.digest}) == len(others) + 1
