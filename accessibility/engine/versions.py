"""The versions on which a result depends. Results of different versions are not compared as if they were one."""

from importlib import metadata

from accessibility.engine.axe_script import VERSION as AXE_VERSION
from accessibility.engine.component import KEY_VERSION


def engine_versions() -> dict[str, str]:
    """Name to version: axe-core, our own checks (they are of the version of this package), and the component key."""
    return {"axe-core": AXE_VERSION, "campus": metadata.version("campus"), "component key": str(KEY_VERSION)}
