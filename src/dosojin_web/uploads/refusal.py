"""Why a file is not taken."""


class UploadRefused(Exception):
    """The message says, in the reader's language, what is wrong and what to do."""
