"""Turn rows of the store into pages and reports; no grammar, no decisions.

Floors: ``pages | reports`` over ``contexts`` over ``overview`` over ``actors`` over ``instruments`` over ``lineage`` and
``network | search`` over ``statements`` over ``evidence`` over ``things`` over ``rows | views | layout`` over
``paths | links | wording``.
"""
