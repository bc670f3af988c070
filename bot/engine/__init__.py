"""The durable engine: collecting, briefing, digests, delivery and retention as workflows on our own database.

- `durable`: DBOS on the database's own engine: queues, the one schedule, enqueueing in our transactions
- `workflows`: tick, collect, decide, drain; each a few lines that call the stage
- `heart`: the heartbeat, the election of one recoverer, and what it does for the dead
- `sending`: one bot's sends: claimed ahead, sent side by side, marked in batches
- `service`: all of it beside the application, in one loop
"""
