"""The website: plans every page as a value, renders and writes it, shows it on this machine.

`__init__.pyi` lists its parts; each is imported when it is first asked for (SPEC 1).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
