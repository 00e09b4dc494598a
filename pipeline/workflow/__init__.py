"""The order of the steps, each a function over a house; only the front doors stand above it.

`__init__.pyi` lists them. A step is imported when it is first asked for (SPEC 1): `hdw status` does not wait
for what builds and recognises.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
