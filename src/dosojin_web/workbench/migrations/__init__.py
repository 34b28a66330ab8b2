"""The history of the workbench's tables."""
