from .opening import open_desk
from .starters import write_starter

__all__ = ["open_desk", "write_starter"]
