"""A document as an answer to a browser; whose it is, the portal's view has asked before."""

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from .models import Document
from .operations.issue_document import open_document


def document_response(document: Document, as_attachment: bool = False) -> HttpResponse:
    """The PDF, shown in the browser or saved. DocumentAltered if it is not as it was issued.

    Only the reader's own browser may keep it, and asks again before it shows it again.
    """
    response = HttpResponse(open_document(document), content_type="application/pdf")
    disposition = content_disposition_header(as_attachment, document.file_name)
    if disposition:
        response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_cache=True)
    return response
