"""The Ray engine on a local cluster of several nodes: same bytes as a local run, also when a node is lost."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pressextract.archives.items import ItemError, Page
from pressextract.batch.pool import InProcess
from pressextract.batch.ray_engine import RayEngine, decode_item, encode_item
from pressextract.batch.run import BatchOptions, Progress, run_batch
from pressextract.batch.shards import Counts
from pressextract.schema import Article, Source

FILES, LINES = 6, 60


def test_items_survive_the_way_to_a_worker() -> None:
    source = Source(path="x", format="html", member="é")
    items = [
        Article(text="Étel\n\ud800", id="a", warnings=("w",), source=source),
        ItemError("x", None, "why"),
        Page(b"<p>\n\xff", source, "i", "u", None),
    ]
    assert [decode_item(encode_item(item)) for item in items[:1] + items[2:]] == items[:1] + items[2:]
    assert str(decode_item(encode_item(items[1]))) == "x: why"


@pytest.fixture
def cluster(stubs: ModuleType) -> Iterator[Any]:
    """A head without work, and two nodes of one core."""
    ray = pytest.importorskip("ray")
    utils = pytest.importorskip("ray.cluster_utils")
    cluster = utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    cluster.nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
    path = str(Path(stubs.__file__).parent)
    ray.init(address=cluster.address, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": path}})
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def test_node_killed_in_mid_run_changes_no_byte(tmp_path: Path, cluster: Any, stubs: ModuleType) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for part in range(FILES):
        rows = ({"id": f"{part}-{n}", "text": "FAIL" if n == 7 else f"Mot{n} dit."} for n in range(LINES))
        (folder / f"{part}.jsonl").write_text(
            "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
        )
    run_batch([folder], tmp_path / "local.jsonl", engine=nullcontext(InProcess(stubs.StubFactory())))
    seen: list[Progress] = []

    def watch(state: Progress) -> None:
        if not seen:
            threading.Thread(target=cluster.remove_node, args=(cluster.nodes[1], False)).start()
        seen.append(state)

    engine = RayEngine(2, stubs.StubFactory(seconds=0.02))
    out = tmp_path / "ray.jsonl"
    counts = run_batch([folder], out, BatchOptions(engine="ray"), engine=nullcontext(engine), progress=watch)
    assert counts == Counts(done=FILES * (LINES - 1), failed=FILES)
    assert len(seen) > 3
    assert out.read_bytes() == (tmp_path / "local.jsonl").read_bytes()
