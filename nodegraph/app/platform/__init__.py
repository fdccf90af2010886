"""The program around a window: settings, appearance, icons, keys, background work, and guards."""
