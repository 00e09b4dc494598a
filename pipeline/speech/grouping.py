"""Embeddings → groups: which of them belong to one voice, and how many voices there are. Values only.

How far apart two voices lie differs from recording to recording (room, microphone, kinship), so no fixed
distance decides: the number of voices is the one whose groups are the most compact for how far apart they
lie (Rousseeuw 1987, silhouettes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float32]
    Groups = npt.NDArray[np.int64]

MOST = 8  # voices that are looked for where nobody says how many take part
APART = 0.3  # silhouette; below, it is one voice that sounds now so, now so
LEAST = 0.05  # of the time; where nobody says how many take part, a voice with less is none
AS_GOOD = 0.9  # of the best silhouette: then more voices are believed
EXPECTED = 0.5  # the same for as many voices as people take part: mostly all of them speak
ROUNDS = 5


def group(embeddings: Numbers, seconds: Numbers, most: int) -> Groups:
    """A group's number (from 0) for every embedding (rows of length 1); at most `most`, 0: as many as heard.

    `seconds` weighs: a long sentence says more about a voice than a short one.
    """
    import numpy as np  # noqa: PLC0415 (heavy)

    rows = len(embeddings)
    if rows < 3 or most == 1:  # noqa: PLR2004 (two sentences never tell one voice from two)
        return np.zeros(rows, np.int64)
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415

    distances = np.clip(1.0 - embeddings @ embeddings.T, 0.0, 2.0)
    tree = linkage(embeddings, "ward")
    best: dict[int, tuple[float, Groups]] = {}
    for count in range(2, min(most or MOST, rows - 1) + 1):
        made = settled(embeddings, seconds, fcluster(tree, count, "maxclust") - 1)
        if most or _smallest(seconds, made) >= LEAST:
            best[count] = silhouette(distances, made), made
    top = max((value for value, _ in best.values()), default=-1.0)
    if top < APART:
        return np.zeros(rows, np.int64)
    if most in best and best[most][0] >= max(APART, EXPECTED * top):
        return best[most][1]
    return best[max(count for count, (value, _) in best.items() if value >= AS_GOOD * top)][1]


def _smallest(seconds: Numbers, groups: Groups) -> float:
    """The share of the time that the rarest voice has."""
    import numpy as np  # noqa: PLC0415

    return float(np.bincount(groups, seconds).min() / seconds.sum())


def settled(embeddings: Numbers, seconds: Numbers, groups: Groups) -> Groups:
    """Every embedding to the group whose middle is nearest, until nothing moves."""
    import numpy as np  # noqa: PLC0415

    for _ in range(ROUNDS):
        nearest: Groups = np.argmax(embeddings @ centres(embeddings, seconds, groups).T, axis=1)
        _, nearest = np.unique(nearest, return_inverse=True)
        if np.array_equal(nearest, groups):
            break
        groups = nearest
    return groups


def centres(embeddings: Numbers, seconds: Numbers, groups: Groups) -> Numbers:
    """The middle of every group, of length 1."""
    import numpy as np  # noqa: PLC0415

    sums = np.stack([
        (embeddings[groups == one] * seconds[groups == one, None]).sum(axis=0)
        for one in range(int(groups.max()) + 1)
    ])  # fmt: skip
    made: Numbers = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return made


def silhouette(distances: Any, groups: Groups) -> float:
    """Mean silhouette, −1 to 1; a group of one counts 0."""
    import numpy as np  # noqa: PLC0415

    count = int(groups.max()) + 1
    if count < 2:  # noqa: PLR2004
        return -1.0
    members = np.eye(count)[groups]
    sizes = members.sum(axis=0)
    sums = distances @ members
    own = sums[np.arange(len(groups)), groups] / np.maximum(sizes[groups] - 1, 1)
    others = np.where(members > 0, np.inf, sums / sizes).min(axis=1)
    values = np.where(sizes[groups] > 1, (others - own) / np.maximum(np.maximum(own, others), 1e-9), 0.0)
    return float(values.mean())
