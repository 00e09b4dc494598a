"""The editors' desk: everything that `hdw` does, in the browser of this machine (`hdw desk`)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
