"""The verbs of the worker: claim a lane, prepare, intend, call, record, look (engine.md 4).

Nothing is ever sent twice on a guess. Only this package and `workflow` write a status.
"""
