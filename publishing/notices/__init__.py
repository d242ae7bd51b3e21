"""Who is told what, and by which way: the bell, letters, a message gateway, Telegram."""
