"""No POST of an auditor does anything, at any address of any portal."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from dosojin_web.audit.models import Event
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.tests.conftest import World
from dosojin_web.portals.tests.reading import Reader, ask_to_cancel

PORTALS = ("my", "university", "policyholder", "agency", "insurer", "auditor")
SAMPLES = {
    "uuid": str(UUID(int=7)), "int": "2027", "str": "G26-000001-3", "slug": "gakkensai-2026",
    "path": "a/b",
}  # fmt: skip


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every address below, its parts filled in."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, route)
        elif isinstance(each, URLPattern):
            for name, converter in each.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower()
                kind = {"string": "str"}.get(kind, kind)
                route = route.replace(f"<{kind}:{name}>", SAMPLES[kind])
            yield f"/{route}"


ADDRESSES = [address for address in addresses(get_resolver()) if address.split("/")[1] in PORTALS]


def test_the_list_is_not_empty() -> None:
    assert {address.split("/")[1] for address in ADDRESSES} == set(PORTALS)
    assert not any("<" in address for address in ADDRESSES)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_every_writing_method_is_refused(
    world: World, enrolled: Certificate, reader: Reader, method: str
) -> None:
    change = ask_to_cancel(world, enrolled)
    own = [f"/auditor/requests/{change.key}/", f"/policyholder/requests/{change.key}/"]
    before = Event.objects.count()
    for address in [*ADDRESSES, *own]:
        sent = getattr(reader.client, method)(address, {"action": "confirm"})
        # A page that only takes POST may send other methods to the page around it, which refuses.
        status = sent.status_code
        if status == 302 and method != "post":
            status = reader.get(sent.headers["Location"]).status_code
        assert status in (403, 404, 405), (address, status)
        if address.startswith("/auditor/"):
            assert status == 405, address
    assert Event.objects.count() == before


@pytest.mark.parametrize("address", [each for each in ADDRESSES if "/auditor/" not in each])
def test_no_other_portal_opens(world: World, reader: Reader, address: str) -> None:
    assert reader.client.get(address, follow=True).status_code in (403, 405)
