"""The addresses of this slice."""

from django.urls import path

from .views import (
    applications,
    certificates,
    enter_extension,
    extensions,
    home,
    referrals,
    refunds,
    transfers,
    troubles,
)

app_name = "agency"

urlpatterns = [
    path("", home.home, name="home"),
    path("letters/<uuid:key>/", troubles.letter, name="letter"),
    path("letters/<uuid:key>/send/", troubles.send_again, name="send_letter"),
    path("deadlines/<int:number>/", troubles.deadline, name="deadline"),
    path("deadlines/<int:number>/again/", troubles.try_again, name="retry_deadline"),
    path("contacts/", home.contacts, name="contacts"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<uuid:key>/", referrals.referral, name="referral"),
    path("referrals/<uuid:key>/quote/", referrals.quote, name="quote_loading"),
    path("referrals/<uuid:key>/check/", referrals.check, name="check_loading"),
    path("referrals/<uuid:key>/refuse/", referrals.refuse, name="refuse"),
    path("extensions/", extensions.extensions, name="extensions"),
    path("extensions/new/", certificates.find_caller, name="find_caller"),
    path("extensions/new/<str:number>/", enter_extension.enter_extension, name="enter_extension"),
    path("changes/<uuid:key>/", extensions.change, name="change"),
    path("changes/<uuid:key>/review/", extensions.review, name="review_change"),
    path("changes/<uuid:key>/refuse/", extensions.refuse, name="refuse_change"),
    path("changes/<uuid:key>/premium/", extensions.receive, name="receive_premium"),
    path("refunds/", refunds.refunds, name="refunds"),
    path("refunds/<int:number>/", refunds.refund, name="refund"),
    path("refunds/<int:number>/replace/", refunds.replace, name="replace_refund"),
    path("refunds/<int:number>/transfer/", refunds.transfer, name="transfer_refund"),
    path("refunds/<int:number>/decide/", refunds.decide, name="decide_refund"),
    path("transfers/<uuid:key>/", transfers.transfer, name="transfer"),
    path("transfers/<uuid:key>/prepare/", transfers.prepare, name="prepare_transfer"),
    path("transfers/<uuid:key>/settle/", transfers.settle, name="settle_transfer"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
    path("certificates/<str:number>/send/", certificates.send, name="send_certificate"),
    path("certificates/<str:number>/english/", certificates.english, name="english_certificate"),
    path("documents/<uuid:key>/", certificates.document, name="document"),
    path("applications/", applications.applications, name="applications"),
]
