"""The pure core: Arabic text in, relevance, stories, origins, statements and briefs out.

No I/O, no clock, no SDK. Whatever needs the time is given it as an argument.
"""
