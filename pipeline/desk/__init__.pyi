from .opening import open_desk
from .starters import write_starters

__all__ = ["open_desk", "write_starters"]
