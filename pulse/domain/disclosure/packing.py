"""Bin covering: put small pieces together so that as many groups as possible reach the threshold."""

from bisect import bisect_left
from collections.abc import Sequence


def cover(sizes: Sequence[int], k: int) -> list[list[int]]:
    """Split 0 .. len(sizes) - 1 into groups whose sizes each sum to k or more; every index is used once.

    The problem is NP-hard; this fills each group with the largest piece left and then the smallest that
    completes it (else again the largest). What cannot fill a group joins the smallest one. Ties go to the
    earlier index, so equal input gives equal groups. Needs sum(sizes) >= k > 0; O(m log m) for m pieces.
    """
    left = sorted(range(len(sizes)), key=lambda i: (sizes[i], -i))
    weights = [sizes[i] for i in left]
    remaining = sum(weights)
    groups: list[list[int]] = []
    while remaining >= k:
        chosen, total = [left.pop()], weights.pop()
        while total < k:
            at = min(bisect_left(weights, k - total), len(weights) - 1)
            chosen.append(left.pop(at))
            total += weights.pop(at)
        groups.append(chosen)
        remaining -= total
    smallest = min(groups, key=lambda group: sum(sizes[i] for i in group))
    smallest.extend(left)
    return [sorted(group) for group in groups]
