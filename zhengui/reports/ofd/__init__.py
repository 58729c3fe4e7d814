"""The printed page as OFD (GB/T 33190), the layout format of government networks: the same pages as the PDF."""

from zhengui.reports.ofd.write import ofd_bytes

__all__ = ["ofd_bytes"]
