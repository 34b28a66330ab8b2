"""What is wrong with what somebody entered, field by field."""

from collections.abc import Mapping


class Faults(Exception):
    """``faults`` has, for each field that is wrong, what is wrong and what to do."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in faults.items()))
        self.faults = dict(faults)


class PersonChanged(Exception):
    """Somebody else changed the person in between; ``current`` is the version that stands now."""

    def __init__(self, current: int) -> None:
        super().__init__(f"the person is at version {current} by now")
        self.current = current
