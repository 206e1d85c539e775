"""Who carries a duty, and is therefore asked for more when signing in.

Learning partners, stewards and admins can open more than their own notebook, so their computer is always
taken for a shared one, and they sign in with a second step. What a duty is, the apps above know: each
registers its rule in `apps.py`.
"""

from collections.abc import Callable

from .models import User

Rule = Callable[[User], bool]

_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Add a rule that says whether somebody carries a duty."""
    _rules.append(rule)


def has_duties(user: User) -> bool:
    """Say whether the person carries any duty; a site admin does."""
    return user.is_staff or any(rule(user) for rule in _rules)
