"""`comity newsletter`: every module of this folder adds its own command on import."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    if _module.name != "app" and not _module.name.startswith("_"):
        import_module(f"{__name__}.{_module.name}")
