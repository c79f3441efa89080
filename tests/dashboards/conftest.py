"""The application on a database that a whole module reads."""

from tests.results.conftest import shared_app as shared_app
