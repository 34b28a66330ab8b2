"""The addresses of this slice."""

from django.urls import path

from .views import home, member, members, programme, programmes, rosters

app_name = "university"

PROGRAMME, ROSTER, MEMBER = "programmes/<uuid:key>/", "rosters/<uuid:key>/", "members/<uuid:key>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.new_programme, name="programme_new"),
    path(PROGRAMME, programme.programme, name="programme"),
    path(f"{PROGRAMME}edit/", programmes.edit_programme, name="programme_edit"),
    path(f"{PROGRAMME}approve/", programme.approve, name="programme_approve"),
    path(f"{PROGRAMME}withdraw/", programme.withdraw, name="programme_withdraw"),
    path(f"{PROGRAMME}invite/", programme.invite, name="programme_invite"),
    path(f"{PROGRAMME}roster/", rosters.send, name="roster_send"),
    path("rosters/sample/<str:language>/", rosters.sample, name="roster_sample"),
    path(ROSTER, rosters.roster, name="roster"),
    path(f"{ROSTER}progress/", rosters.progress, name="roster_progress"),
    path(f"{ROSTER}not-taken/", rosters.not_taken, name="roster_not_taken"),
    path("members/", members.members, name="members"),
    path("members/export/", members.export, name="members_export"),
    path(MEMBER, member.member, name="member"),
    path(f"{MEMBER}invite/", member.invite, name="member_invite"),
    path(f"{MEMBER}withdraw/", member.withdraw, name="member_withdraw"),
    path(f"{MEMBER}put-back/", member.put_back, name="member_put_back"),
]
