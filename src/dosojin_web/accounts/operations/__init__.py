"""What changes accounts: opened, appointed, ended; each once, and each in the audit trail.

In:  names, roles, organisations, who acts, and when.
Out: users and appointments as they then stand.
Never: a deleted row: a user is made inactive, an appointment ends.
"""
