"""Six cases in a few minutes, for continuous integration: passes or fails, proves no rate."""

from collections.abc import Sequence

from benchmarks.planted.results import Result

CASES = ("01", "04", "12", "K1", "K2", "K5")
PICTURES, EPOCHS, TEST, HIDDEN, BUDGET = 600, 10, 240, 200, 60
MORE = {"K5": 1400}  # with fewer pictures the network takes the cue that it is meant to ignore
SEED = 100


def pictures(name: str) -> int:
    """How many pictures a case's network is trained on."""
    return MORE.get(name[:2], PICTURES)


def complaints(found: Sequence[Result]) -> list[str]:
    """What is wrong: a network that did not learn as planned, a missed cue, a false alarm."""
    wrong = []
    for result in found:
        expected = "clean" if result.group == "clean" else "reliant"
        who = f"{result.case}: reliance {result.reliance:.2f}, level {result.level()}"
        if result.band != expected:
            wrong.append(f"{who}; the network should have become {expected}")
        elif expected == "reliant" and result.level() < 3:
            wrong.append(f"{who}; a cue that the network follows was missed")
        elif expected == "clean" and result.level() >= 3:
            wrong.append(f"{who}; {', '.join(result.flags(3))} was raised without reason")
    return wrong
