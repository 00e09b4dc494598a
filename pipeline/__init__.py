"""The podcast pipeline of the Haus des Wissens: recording → transcript → website and feed."""

__version__ = "0.1.0"
