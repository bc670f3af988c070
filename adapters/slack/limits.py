"""What Slack allows, counted in UTF-16 units where Slack counts characters (never too few).

From the Block Kit reference; `slackblocks` states the same figures and is asked in the tests.
"""

BLOCKS = 50  # a message
HOME_BLOCKS = 100  # a view
TEXT = 3000  # a text object; we hold rich text to the same
HEADER = 150
ACTIONS = 25  # buttons in one block
LABEL = 75
URL = 3000
IDENTIFIER = 255
ALT = 2000
TITLE = 2000  # of a picture
MESSAGE = 10_000  # all text of one message's blocks: with the fallback below the 13,200 that Slack takes
FALLBACK = 3000  # what notifications and screen readers get
