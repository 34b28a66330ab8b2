"""The pages of the workbench; one module for each.

In:  requests. Out: pages, made of the elements in ``dosojin_web/components``.
Never: more than reading the request, calling one operation and choosing a template.
"""
