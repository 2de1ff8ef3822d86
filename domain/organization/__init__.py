"""Volunteer organizations and initiative groups, as an office knows them."""

from domain.organization.details import OrganizationDetails, OrganizationDetailsChange
from domain.organization.organization import Organization

__all__ = ["Organization", "OrganizationDetails", "OrganizationDetailsChange"]
