"""The durable engine: collecting, briefing, digests, delivery and retention as workflows on our own database.

- `durable`: DBOS on the database's own engine: queues, the one schedule, enqueueing in our transactions
- `workflows`: tick, collect, decide, drain; each a few lines that call the stage
- `heart`: the heartbeat, the election of one recoverer, and what it does for the dead
- `desk`: what the bots of a process claim and mark, in one transaction a turn
- `sending`: one bot's sends, side by side
- `service`: all of it beside the application, in one loop
"""
