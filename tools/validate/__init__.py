"""`make validate`: a simulated organisation whose truth is known goes through the whole pipeline.

questions   what is asked and how it is scored, written down a second time, by hand
people      invented people: what they feel, and so what they would answer
truth       what figures of everybody would be, had everybody answered
site        the product: programmes and waves opened, envelopes stored, waves closed, figures exported
scenarios   what is planted, and what is compared with what
findings    from comparisons to rows of the table
table       rows, limits and words
"""
