"""The addresses of this slice."""

from django.urls import path

from .views.home import home
from .views.member import invite as invite_member
from .views.member import member, put_back
from .views.member import withdraw as withdraw_member
from .views.members import export, members
from .views.programme import approve, invite, programme, withdraw
from .views.programmes import edit_programme, new_programme, programmes
from .views.rosters import not_taken, progress, roster, sample, send

app_name = "university"

PROGRAMME, ROSTER, MEMBER = "programmes/<uuid:key>/", "rosters/<uuid:key>/", "members/<uuid:key>/"

urlpatterns = [
    path("", home, name="home"),
    path("programmes/", programmes, name="programmes"),
    path("programmes/new/", new_programme, name="programme_new"),
    path(PROGRAMME, programme, name="programme"),
    path(f"{PROGRAMME}edit/", edit_programme, name="programme_edit"),
    path(f"{PROGRAMME}approve/", approve, name="programme_approve"),
    path(f"{PROGRAMME}withdraw/", withdraw, name="programme_withdraw"),
    path(f"{PROGRAMME}invite/", invite, name="programme_invite"),
    path(f"{PROGRAMME}roster/", send, name="roster_send"),
    path("rosters/sample/<str:language>/", sample, name="roster_sample"),
    path(ROSTER, roster, name="roster"),
    path(f"{ROSTER}progress/", progress, name="roster_progress"),
    path(f"{ROSTER}not-taken/", not_taken, name="roster_not_taken"),
    path("members/", members, name="members"),
    path("members/export/", export, name="members_export"),
    path(MEMBER, member, name="member"),
    path(f"{MEMBER}invite/", invite_member, name="member_invite"),
    path(f"{MEMBER}withdraw/", withdraw_member, name="member_withdraw"),
    path(f"{MEMBER}put-back/", put_back, name="member_put_back"),
]
