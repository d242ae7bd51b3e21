"""Who is told what, and how it reaches them. Workflow and delivery know nothing of it."""
