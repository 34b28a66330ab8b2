"""From the invitation to the certificate and its endorsements.

In:  programmes, rosters, applications, requests to change.
Out: certificates in versions with effective dates, premiums, refunds.
Never: an edited version: an endorsement is a new one.
"""
