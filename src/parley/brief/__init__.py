"""Brief: the answer for a person, in the terminal, as HTML and as JSON."""

from __future__ import annotations

from parley.brief._assemble import make_brief as make_brief
from parley.brief._assemble import require_language as require_language
from parley.brief._brief import Brief as Brief
from parley.brief._brief import brief_schema as brief_schema
from parley.brief._brief import decode_brief as decode_brief
from parley.brief._brief import encode_brief as encode_brief
from parley.brief._from_record import by_party as by_party
from parley.brief._from_record import duties_on as duties_on
from parley.brief._from_record import duties_since as duties_since
from parley.brief._html import charts_of as charts_of
from parley.brief._html import to_html as to_html
from parley.brief._options import Options as Options
from parley.brief._terminal import to_terminal as to_terminal
