"""Each loss of money with the receipts that suffered it, for prose."""

from __future__ import annotations

from dataclasses import dataclass

from dosojin.adjudication.claim_run import plain_run
from dosojin.adjudication.payout import Run
