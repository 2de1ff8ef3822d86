"""Time goes on while the service runs, and what it makes due is recorded."""

from datetime import timedelta
from threading import Event

from office import Office

from application.case_types import VERIFICATION
from application.streams import CaseNotFound
from domain.catalogue.codes import VerificationStatus
from web.upkeep import tidied_up


def test_a_verification_that_runs_out_is_recorded_while_the_service_runs(services, clock):
    office = Office(services)
    verified = office.verified(office.organization().id)
    clock.now += timedelta(days=800)
    with tidied_up(services, seconds=0.001):
        while (
            services.front_office.case(VERIFICATION, verified.id).state.status
            is not VerificationStatus.EXPIRED
        ):
            pass
    assert services.front_office.case(VERIFICATION, verified.id).version == verified.version + 1


def test_a_hindrance_does_not_end_the_upkeep(services, monkeypatch):
    tried, again = [], Event()

    def hindered():
        tried.append(True)
        if len(tried) > 1:
            again.set()
        raise CaseNotFound

    monkeypatch.setattr(type(services), "tidy_up", lambda _: hindered())
    with tidied_up(services, seconds=0.001):
        assert again.wait(60)
