"""Who can be reached now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dosojin_web.components.shapes import Choice
from dosojin_web.directory.cards import draw_card
from dosojin_web.directory.mapping import list_contacts, list_editions
from dosojin_web.directory.zones import ZONES, find_zone, name_zone


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """The contacts of an edition, the newest unless another is asked for."""
    language = "ja" if get_language() == "ja" else "en"
    editions = dict(list_editions(language))
    edition = request.GET.get("edition") or next(iter(editions))
    if edition not in editions:
        raise Http404
    now, zone = timezone.now(), find_zone(request.GET.get("zone", ""))
    context = {
        "edition": edition,
        "title": editions[edition],
        "others": [(id, title) for id, title in editions.items() if id != edition],
        "now": now,
        "zone": zone.key if zone else "",
        "zones": [Choice(key, name_zone(key, language)) for key in ZONES],
        "cards": [draw_card(contact, now, zone) for contact in list_contacts(edition, language)],
    }
    return render(request, "directory/contacts.html", context)
