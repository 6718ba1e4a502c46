"""Places on a status list: each given out once, in an order that only the list's secret tells (MC-5).

A counter says how many places are taken; the next place is the counter's image under a secret permutation of the list,
so that two people of one batch do not stand side by side, no place is ever drawn twice, and nothing has to be remembered.
"""

import hmac

ROUNDS = 6


def place(secret: bytes, number: int, size: int) -> int:
    """The place of the `number`-th entry (from 0) on a list of `size` bits. Raises ValueError outside the list.

    A Feistel network over the smallest even power of two that holds the list, walked until it lands inside.
    """
    if not 0 <= number < size:
        raise ValueError(f"place {number} of {size}")
    half = max(1, ((size - 1).bit_length() + 1) // 2)
    found = number
    while True:
        found = _shuffled(secret, found, half)
        if found < size:
            return found


def _shuffled(secret: bytes, value: int, half: int) -> int:
    mask = (1 << half) - 1
    left, right = value >> half, value & mask
    for turn in range(ROUNDS):
        digest = hmac.digest(secret, bytes((turn,)) + right.to_bytes(4, "big"), "sha256")
        left, right = right, left ^ (int.from_bytes(digest[:4], "big") & mask)
    return (left << half) | right
