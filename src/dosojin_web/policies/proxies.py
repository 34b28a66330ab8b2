"""Who acts in Japan for a student who is abroad (003 l.820-832)."""

import json
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from dosojin_web.components.shapes import Fault

from .models import CertificateVersion, ChangeRequest


@dataclass(frozen=True, slots=True)
class Proxy:
    """Who acts in Japan for a student abroad (003 l.820-832).

    ``returns_on`` is the day of return that the proxy told the agency, as 2027-08-30, or "".
    """

    name: str
    relation: str
    phone: str
    email: str
    returns_on: str = ""

    @classmethod
    def of(cls, change: ChangeRequest) -> "Proxy | None":
        """The proxy of a request, if it has one."""
        return cls(**json.loads(change.proxy)) if change.proxy else None


NOBODY = Proxy("", "", "", "")


def needs_proxy(version: CertificateVersion, today: date) -> bool:
    """Whether somebody in Japan has to act: nothing can be extended from abroad (003 l.826)."""
    return today >= version.inception


def find_proxy_faults(proxy: Proxy) -> list[Fault]:
    """What has to be said of who acts in Japan, and is not: ``proxy_name`` and so on."""
    faults = []
    if not proxy.name.strip():
        faults.append(Fault("proxy_name", gettext("Name the person who acts for you in Japan.")))
    if not proxy.relation.strip():
        faults.append(Fault("proxy_relation", gettext("Say how this person is related to you.")))
    if not (proxy.phone.strip() or proxy.email.strip()):
        faults.append(Fault("proxy_phone", gettext("Give a telephone number or a mail address.")))
    return faults
