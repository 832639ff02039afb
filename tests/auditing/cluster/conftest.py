"""A Ray cluster of two nodes on this machine, started once for all tests of this folder."""

import os
from collections.abc import Iterator
from typing import Any

import pytest


def _two_nodes(tries: int = 4) -> tuple[Any, Any]:
    """A head and a second node; Ray gives a busy machine thirty seconds, so it may take another try."""
    from ray.cluster_utils import Cluster

    small = {"num_cpus": 1, "object_store_memory": 100 * 2**20}
    head = {**small, "include_dashboard": False, "_system_config": {"health_check_period_ms": 500}}
    nodes = None
    try:
        nodes = Cluster(initialize_head=True, head_node_args=head)
        second = nodes.add_node(**small)
        nodes.wait_for_nodes()
    except Exception:
        if nodes is not None:
            nodes.shutdown()
        if tries == 1:
            raise
        return _two_nodes(tries - 1)
    return nodes, second


@pytest.fixture(scope="session")
def nodes() -> Iterator[list[Any]]:
    """The cluster and its second node, which one test kills; this process is connected to it."""
    import ray

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    nodes, second = _two_nodes()
    ray.init(address=nodes.address, log_to_driver=False)
    yield [nodes, second]
    ray.shutdown()
    nodes.shutdown()
