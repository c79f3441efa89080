"""Passwords that are quick to hash: dozens of sign-ins are tried here, and each is slow on purpose."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from pulse.accounts import passwords


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    passwords._dummy_hash.cache_clear()
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    yield
    passwords._dummy_hash.cache_clear()
