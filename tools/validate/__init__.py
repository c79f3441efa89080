"""`make validate`: a simulated organisation whose truth is known goes through the whole pipeline.

questions   what is asked and how it is scored, written down a second time, by hand
people      invented people: what they feel, and so what they would answer
truth       what figures of everybody would be, had everybody answered
site        the product: programmes and waves opened, envelopes stored, waves closed, figures exported
scenarios   what is planted, and what is compared with what; shapes and between have more of them
findings    from comparisons to rows of the table, with findings_planted
rows        names, limits, and what bias and coverage are
table       limits and words
"""
