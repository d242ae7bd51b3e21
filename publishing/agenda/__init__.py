"""The calendar as it is read: periods, days, chips, hints, the tray, and feeds for other apps."""
