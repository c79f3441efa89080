"""Scores, indices, intervals and change: what every published number means, as pure functions.

Two kinds of number never mix. "How things are now" (`intervals.NowInterval`) knows the headcount and uses
the finite population correction. "Has it changed?" and "is this unit different?" (`intervals.LevelInterval`,
`change.Change`) never do: with the correction a change test raises false alarms, always so at full response.
"""
