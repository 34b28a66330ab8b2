"""The addresses of the student portal."""

from django.urls import path

from .views.certificate import certificate, take_back
from .views.check import check
from .views.consents import consents
from .views.disclosure import no_return, question, questions
from .views.documents import document, english_certificate
from .views.early_end import early_end
from .views.extension import extension
from .views.home import application, give_up, home, start
from .views.late_return import late_return
from .views.matters import matters
from .views.payment import payment
from .views.plans import plans
from .views.privacy import privacy
from .views.profile import details
from .views.trip import trip

app_name = "student"

urlpatterns = [
    path("", home, name="home"),
    path("trips/<uuid:key>/", application, name="application"),
    path("trips/<uuid:key>/start/", start, name="start"),
    path("trips/<uuid:key>/trip/", trip, name="trip"),
    path("trips/<uuid:key>/plans/", plans, name="plans"),
    path("trips/<uuid:key>/matters/", matters, name="matters"),
    path("trips/<uuid:key>/questions/", questions, name="questions"),
    path("trips/<uuid:key>/questions/no-return/", no_return, name="no_return"),
    path("trips/<uuid:key>/questions/<slug:slug>/", question, name="question"),
    path("trips/<uuid:key>/details/", details, name="details"),
    path("trips/<uuid:key>/consents/", consents, name="consents"),
    path("trips/<uuid:key>/check/", check, name="check"),
    path("trips/<uuid:key>/payment/", payment, name="payment"),
    path("trips/<uuid:key>/give-up/", give_up, name="give_up"),
    path("certificates/<str:number>/", certificate, name="certificate"),
    path("certificates/<str:number>/take-back/<uuid:key>/", take_back, name="take_back"),
    path("certificates/<str:number>/english/", english_certificate, name="english_certificate"),
    path("certificates/<str:number>/extension/", extension, name="extension"),
    path("certificates/<str:number>/early-end/", early_end, name="early_end"),
    path("certificates/<str:number>/late-return/", late_return, name="late_return"),
    path("documents/<uuid:key>/", document, name="document"),
    path("privacy/", privacy, name="privacy"),
]
