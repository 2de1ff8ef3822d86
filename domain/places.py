"""Regions, districts and the offices that work there."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from domain.catalogue.title import Title
from domain.refusals import InvalidValue

REPUBLICAN_OFFICE = "KZ"
CAPITAL_ZONE = "Asia/Almaty"


class UnknownRegion(InvalidValue):
    """There is no region of that code."""

    code = "unknown-region"


class UnknownDistrict(InvalidValue):
    """There is no district of that code."""

    code = "unknown-district"


class DistrictOfAnotherRegion(InvalidValue):
    """The district exists, in another region."""

    code = "district-of-another-region"


class UnknownOffice(InvalidValue):
    """There is no office of that code."""

    code = "unknown-office"


class Region(Struct, frozen=True, kw_only=True):
    """A region: an oblast or a city of republican significance."""

    code: str
    kato: str
    kind: str
    title: Title
    centre: str | None
    valid_from: date | None
    zone: str


class District(Struct, frozen=True, kw_only=True):
    """A district, a city, or a district of a city."""

    code: str
    region: str
    kind: str
    title: Title
    valid_from: date | None
    former_names: str | None


class Places(Struct, frozen=True):
    """The reference table of regions and districts, by code."""

    regions: Mapping[str, Region]
    districts: Mapping[str, District]

    def check_region(self, code: str) -> Region:
        """Return the region of the code."""
        if code not in self.regions:
            raise UnknownRegion("region", code)
        return self.regions[code]

    def check_district(self, region: str, code: str) -> District:
        """Return the district of the code, which has to be in the region."""
        self.check_region(region)
        district = self.check_district_code(code)
        if district.region != region:
            raise DistrictOfAnotherRegion(
                "district", code, region=region, district_region=district.region
            )
        return district

    def check_district_code(self, code: str) -> District:
        """Return the district of the code, in whatever region it is."""
        if code not in self.districts:
            raise UnknownDistrict("district", code)
        return self.districts[code]

    def check_office(self, code: str, field: str = "office") -> str:
        """Return the code of the office: a region's own, or the republican one's."""
        if code != REPUBLICAN_OFFICE and code not in self.regions:
            raise UnknownOffice(field, code)
        return code

    def zone(self, office: str) -> str:
        """Return the time zone in which the office works, by its IANA name."""
        return CAPITAL_ZONE if office == REPUBLICAN_OFFICE else self.regions[office].zone
