"""How documents arrive: one file a kind, and one ``open`` that tells them apart by content."""

from cda_tools.carriers.base import Carried
from cda_tools.carriers.opening import is_xdm_folder, kind_of, kind_of_file, open_bytes, open_path

__all__ = ["Carried", "is_xdm_folder", "kind_of", "kind_of_file", "open_bytes", "open_path"]
