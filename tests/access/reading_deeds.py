"""What the people of a state machine can do: each deed as likely as any other, so that a short run has them all.

Hypothesis leaves some rules out of each example (it calls that swarm testing), which twelve examples cannot afford.
"""

from hypothesis import strategies as st
from hypothesis.stateful import rule

# Stands for what a deed draws from by itself.
DATA = object()


def deed(**draws):
    """Have the people do this, with arguments drawn from these strategies."""

    def mark(method):
        method.draws = draws
        return method

    return mark


class Deeds:
    """Lets people do one thing after another."""

    @classmethod
    def deeds(cls):
        """Give all that there is to do, by name."""
        return [name for name in dir(cls) if hasattr(getattr(cls, name), "draws")]

    @rule(data=st.data())
    def somebody_does_something(self, data):
        name = data.draw(st.sampled_from(self.deeds()), label="deed")
        method = getattr(self, name)
        method(
            **{
                argument: data if strategy is DATA else data.draw(strategy, label=argument)
                for argument, strategy in method.draws.items()
            }
        )
