"""What tests about photos on sessions ask for."""

from tests.records.conftest import files_folder, opened_here

__all__ = ["files_folder", "opened_here"]
