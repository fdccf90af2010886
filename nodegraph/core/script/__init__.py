"""The mathematics as JavaScript: functions and records of this program, translated from their source."""
