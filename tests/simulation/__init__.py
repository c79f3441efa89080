"""Years of surveys that run by themselves, in minutes: a faked clock, real databases, a real mail server.

Workers are processes that are killed, restarted and switched off for days; the mail server refuses some
people, puts others off and is away for days; people answer at random. What happened is then counted from
outside: from the letters that the mail server took, from the database, and by a calendar of its own.
"""
