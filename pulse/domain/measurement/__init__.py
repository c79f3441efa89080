"""Scores, indices, intervals and change: what every published number means, as pure functions.

Two kinds of number never mix. "How things are now" (`intervals.NowInterval`, `gaps.NowGap`) knows the
headcount and uses the finite population correction. "Has it changed?" and "is this unit different?"
(`intervals.LevelInterval`, `change.Change`, `gaps.GeneralGap`) never do: with the correction a change test
raises false alarms, always so at full response. Functions on one side do not take the other's type.

The docstring at the head of each module is its section of the method page, so it is written for readers.
"""
