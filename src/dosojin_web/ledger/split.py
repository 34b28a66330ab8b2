"""An amount in whole yen, shared out without losing one."""

from collections.abc import Sequence

Shares = Sequence[tuple[str, int]]


def split_yen(amount: int, shares: Shares, total: int) -> dict[str, int]:
    """What each of ``shares`` (name, parts of ``total``) gets of ``amount`` yen (D28).

    Each gets its part rounded down; what is left over goes to the largest share, among equals to
    the first listed. A negative amount is split as the positive one, with the sign turned. The
    parts add up to the amount. ValueError unless the shares add up to ``total``.
    """
    names = [name for name, _ in shares]
    if len(set(names)) != len(names):
        raise ValueError(f"A name stands twice among the shares: {', '.join(names)}")
    if any(share < 0 for _, share in shares):
        raise ValueError("A share is below zero")
    if total <= 0 or sum(share for _, share in shares) != total:
        raise ValueError(f"The shares add up to {sum(share for _, share in shares)}, not {total}")
    if amount < 0:
        return {name: -part for name, part in split_yen(-amount, shares, total).items()}
    parts = {name: amount * share // total for name, share in shares}
    # max() keeps the first of equals.
    largest, _ = max(shares, key=lambda each: each[1])
    parts[largest] += amount - sum(parts.values())
    return parts


def net_split_change(before_net: int, after_net: int, shares: Shares, total: int) -> dict[str, int]:
    """What each share gains when a net premium moves from one amount to another, in yen.

    The difference of the two splits and not the split of the difference: after any number of
    changes, what the shares hold is the split of the net premium, without yen that pile up.
    """
    before = split_yen(before_net, shares, total)
    after = split_yen(after_net, shares, total)
    return {name: after[name] - before[name] for name, _ in shares}
