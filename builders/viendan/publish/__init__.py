"""Turn rows of the store into pages and reports; no grammar, no decisions.

Floors: ``pages`` and ``reports`` over ``contexts`` over ``overview`` over ``actors`` over ``instruments`` over
``findings``, ``lineage``, ``network`` and ``search`` over ``statements`` over ``evidence`` over ``things`` over
``answers``, ``sheets`` and ``layout`` over ``rows`` and ``views`` over ``paths``, ``links`` and ``wording``.
"""
