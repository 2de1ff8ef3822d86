"""Accounts of the staff: who may work at which office, in which roles, and since when."""

from domain.staff_account.account import StaffAccount

__all__ = ["StaffAccount"]
