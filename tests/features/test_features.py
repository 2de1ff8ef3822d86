"""Every scenario of the features, through the application and through HTTP."""

import pytest
from pytest_bdd import scenarios

pytestmark = pytest.mark.usefixtures("driver")

scenarios(".")
